package blob

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

func ring(t testing.TB, size int64) *Ring {
	t.Helper()
	r, err := NewRing(t.TempDir(), size)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

// TestRing puts blobs of all sizes under recurring keys. Get returns the latest blob of a key or none, and the most
// recent blobs are there.
func TestRing(t *testing.T) {
	const size = 1000
	r := ring(t, size)
	rng := rand.New(rand.NewPCG(1, 2))
	want := map[string][]byte{}
	var last []string
	for i := range 3000 {
		name := fmt.Sprint("b", rng.IntN(40))
		data := bytes.Repeat([]byte{byte(i), byte(i >> 8)}, 1+rng.IntN(150))
		if err := r.Put(name, data); err != nil {
			t.Fatal(err)
		}
		want[name], last = data, append(last, name)
		for name, data := range want {
			got, ok := r.Get(name)
			if ok != r.Has(name) || ok && !bytes.Equal(got, data) {
				t.Fatalf("after %d: %s has %d bytes, %t", i, name, len(got), ok)
			}
		}
		if _, ok := r.Get(name); !ok {
			t.Fatalf("after %d: %s is not there", i, name)
		}
		if before := last[max(0, i-1)]; !r.Has(before) { // the ring has room for two of the largest
			t.Fatalf("after %d: %s, put before, is not there", i, before)
		}
	}
	if n := int64(len(r.order)); n > size/2 {
		t.Errorf("%d blobs are remembered", n)
	}
	if err := r.Put("large", make([]byte, size+1)); err == nil {
		t.Error("a blob larger than the ring was taken")
	}
	if err := r.Put("whole", make([]byte, size)); err != nil || !r.Has("whole") || len(r.spans) != 1 {
		t.Errorf("a blob as large as the ring: %v, %d are there", err, len(r.spans))
	}
}

// TestTinyBlobsAreFew: the number of blobs is bounded too, and the newest are there.
func TestTinyBlobsAreFew(t *testing.T) {
	r := ring(t, 1<<20)
	for i := range maxBlobs + 100 {
		if err := r.Put(strconv.Itoa(i), []byte{1}); err != nil {
			t.Fatal(err)
		}
	}
	if len(r.spans) != maxBlobs || len(r.order) != maxBlobs || r.Has("99") || !r.Has("100") {
		t.Errorf("%d blobs, %d in order", len(r.spans), len(r.order))
	}
}

func TestRingSeesDamage(t *testing.T) {
	r := ring(t, 100)
	if err := r.Put("a", []byte("data")); err != nil {
		t.Fatal(err)
	}
	if _, err := r.file.WriteAt([]byte("x"), 2); err != nil {
		t.Fatal(err)
	}
	if got, ok := r.Get("a"); ok {
		t.Errorf("%q", got)
	}
}

func TestRingLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	r, err := NewRing(dir, 100)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "*")); len(files) != 0 {
		t.Errorf("left: %v", files)
	}
}

func TestRingIsSafeForConcurrentUse(t *testing.T) {
	r := ring(t, 10_000)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			name, data := fmt.Sprint("b", i), bytes.Repeat([]byte{byte(i)}, 900+i)
			for range 50 {
				if err := r.Put(name, data); err != nil {
					t.Error(err)
				}
				for k := range 8 {
					got, ok := r.Get(fmt.Sprint("b", k))
					if ok && (len(got) != 900+k || bytes.Count(got, []byte{byte(k)}) != len(got)) {
						t.Errorf("%d mixed bytes", len(got))
					}
				}
			}
		})
	}
	wg.Wait()
}

func BenchmarkRing(b *testing.B) {
	r, data := ring(b, 64<<20), make([]byte, 1_440_000)
	b.SetBytes(int64(len(data)))
	for i := 0; b.Loop(); i++ {
		if err := r.Put(strconv.Itoa(i), data); err != nil {
			b.Fatal(err)
		}
	}
}

// TestRingDeleteFunc: deleted blobs cannot be found in the file either. Others stay.
func TestRingDeleteFunc(t *testing.T) {
	r, err := NewRing(t.TempDir(), 100)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for _, key := range []string{"a", "b", "c"} {
		if err := r.Put(key, bytes.Repeat([]byte(key), 20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.DeleteFunc(func(data []byte) bool { return data[0] == 'b' }); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]bool{"a": true, "b": false, "c": true} {
		if data, ok := r.Get(key); ok != want || ok && string(data) != strings.Repeat(key, 20) {
			t.Errorf("%s: %q, %t", key, data, ok)
		}
	}
	raw := make([]byte, 60)
	if _, err := r.file.ReadAt(raw, 0); err != nil || bytes.ContainsRune(raw, 'b') || bytes.Count(raw, []byte("a")) != 20 {
		t.Errorf("%q, %v", raw, err)
	}
}
