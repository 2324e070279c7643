// Package blobtest is the test suite that every blob.Store must pass, and a file system that can fail.
package blobtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/internal/blob"
)

// Run runs the test suite. open must return an empty store with room for 1 MB.
func Run(t *testing.T, open func(t *testing.T) blob.Store) {
	for name, test := range map[string]func(*testing.T, blob.Store){
		"put and get":       putAndGet,
		"delete":            deletes,
		"list":              list,
		"list until":        listUntil,
		"keys":              keys,
		"canceled":          canceled,
		"one key at once":   oneKey,
		"many keys at once": manyKeys,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

func put(t *testing.T, s blob.Store, key string, data []byte) {
	t.Helper()
	if err := s.Put(t.Context(), key, data); err != nil {
		t.Fatal(err)
	}
}

func has(t *testing.T, s blob.Store, key string, want []byte) {
	t.Helper()
	if got, err := s.Get(t.Context(), key); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s has %d bytes, %v; want %d", key, len(got), err, len(want))
	}
}

func lacks(t *testing.T, s blob.Store, key string) {
	t.Helper()
	if data, err := s.Get(t.Context(), key); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("%s: %d bytes, %v", key, len(data), err)
	}
}

// putAndGet overwrites one blob by larger and smaller ones.
func putAndGet(t *testing.T, s blob.Store) {
	lacks(t, s, "card-1.jpg")
	for _, data := range []string{"one", "", "another", strings.Repeat("x", 30_000), "y"} {
		put(t, s, "card-1.jpg", []byte(data))
		has(t, s, "card-1.jpg", []byte(data))
	}
	lacks(t, s, "card-1.png")
	lacks(t, s, "card-1")
}

func deletes(t *testing.T, s blob.Store) {
	put(t, s, "card-1.jpg", []byte("one"))
	put(t, s, "card-2.jpg", []byte("two"))
	for range 2 { // the second time there is nothing to delete
		if err := s.Delete(t.Context(), "card-1.jpg"); err != nil {
			t.Error(err)
		}
		lacks(t, s, "card-1.jpg")
	}
	has(t, s, "card-2.jpg", []byte("two"))
	put(t, s, "card-1.jpg", []byte("again"))
	has(t, s, "card-1.jpg", []byte("again"))
}

// listed returns the sizes of the listed blobs by key.
func listed(t *testing.T, s blob.Store, prefix string) map[string]int64 {
	t.Helper()
	found := map[string]int64{}
	for info, err := range s.List(t.Context(), prefix) {
		if err != nil {
			t.Fatal(err)
		}
		if _, twice := found[info.Key]; twice {
			t.Errorf("%s is listed twice", info.Key)
		}
		if age := time.Since(info.Modified); age < -time.Hour || age > time.Hour {
			t.Errorf("%s was written %s ago", info.Key, age)
		}
		found[info.Key] = info.Size
	}
	return found
}

func list(t *testing.T, s blob.Store) {
	if found := listed(t, s, ""); len(found) != 0 {
		t.Errorf("an empty store has %v", found)
	}
	all := map[string]int64{}
	for i := range 40 {
		key := fmt.Sprintf("card-%d.jpg", i)
		put(t, s, key, make([]byte, 100+i))
		all[key] = int64(100 + i)
	}
	put(t, s, "photo-1", nil)
	all["photo-1"] = 0
	put(t, s, "card-7.jpg", make([]byte, 5))
	all["card-7.jpg"] = 5
	if err := s.Delete(t.Context(), "card-8.jpg"); err != nil {
		t.Fatal(err)
	}
	delete(all, "card-8.jpg")
	for _, prefix := range []string{
		"", "card-", "card-1", "card-11.", "card-11.jpg", "photo", "photo-1", "photo-12", "x",
	} {
		want := maps.Clone(all)
		maps.DeleteFunc(want, func(key string, _ int64) bool { return !strings.HasPrefix(key, prefix) })
		if found := listed(t, s, prefix); !maps.Equal(found, want) {
			t.Errorf("%q lists %v, want %v", prefix, found, want)
		}
	}
}

// listUntil: the caller of List may stop early, and may delete blobs during the listing.
func listUntil(t *testing.T, s blob.Store) {
	for i := range 10 {
		put(t, s, fmt.Sprint("a", i), []byte("x"))
	}
	n := 0
	for _, err := range s.List(t.Context(), "a") {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 3 {
			break
		}
	}
	for info, err := range s.List(t.Context(), "a") {
		if err == nil {
			err = s.Delete(t.Context(), info.Key)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if left := listed(t, s, ""); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

// hostile are invalid keys. As file names, most of them would leave the folder, be hidden, or collide with another.
var hostile = []string{
	"", ".", "..", "../x", "/x", "/etc/passwd", "a/b", "a/../b", `a\b`, `..\x`, "A", "a.B", "a.b.c", "a.", ".new-x", ".a",
	"-a", "a b", "a\n", "a\x00", "a%2fb", "é", "a.123456789", strings.Repeat("a", 129), strings.Repeat("a", 1<<20),
}

func keys(t *testing.T, s blob.Store) {
	for _, key := range []string{"a", "0", "a-", "a.b", strings.Repeat("a", 128), strings.Repeat("a", 128) + ".jpg"} {
		put(t, s, key, []byte(key))
		has(t, s, key, []byte(key))
	}
	before := listed(t, s, "")
	for _, key := range hostile {
		_, got := s.Get(t.Context(), key)
		for name, err := range map[string]error{
			"get": got, "put": s.Put(t.Context(), key, nil), "delete": s.Delete(t.Context(), key),
		} {
			if !errors.Is(err, blob.ErrKey) {
				t.Errorf("%s %.40q: %v", name, key, err)
			}
		}
	}
	for _, prefix := range []string{"..", "../", "a/", "A", ".new", "a.b.", "a*", strings.Repeat("a", 129)} {
		infos, err := first(t.Context(), s, prefix)
		if infos != 0 || !errors.Is(err, blob.ErrKey) {
			t.Errorf("list %.40q: %d, %v", prefix, infos, err)
		}
	}
	if after := listed(t, s, ""); !maps.Equal(before, after) {
		t.Errorf("there are %v", slices.Sorted(maps.Keys(after)))
	}
}

// first returns the number of listed blobs and the error. It checks that nothing follows the error.
func first(ctx context.Context, s blob.Store, prefix string) (infos int, failed error) {
	for _, err := range s.List(ctx, prefix) {
		if failed != nil {
			return infos, errors.New("the list goes on after an error")
		}
		if failed = err; err == nil {
			infos++
		}
	}
	return infos, failed
}

// canceled: methods do nothing if the context is canceled.
func canceled(t *testing.T, s blob.Store) {
	put(t, s, "a", []byte("one"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, got := s.Get(ctx, "a")
	_, listing := first(ctx, s, "")
	for name, err := range map[string]error{
		"get": got, "put": s.Put(ctx, "a", []byte("two")), "put another": s.Put(ctx, "b", nil),
		"delete": s.Delete(ctx, "a"), "list": listing,
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
	has(t, s, "a", []byte("one"))
	lacks(t, s, "b")
}

// oneKey: during concurrent Puts and Gets of one key, each Get returns the complete blob of one Put.
func oneKey(t *testing.T, s blob.Store) {
	var users sync.WaitGroup
	for i := range 8 {
		users.Go(func() {
			data := bytes.Repeat([]byte{byte(i)}, 20_000+i)
			for range 5 {
				if err := s.Put(t.Context(), "a", data); err != nil {
					t.Error(err)
				}
				got, err := s.Get(t.Context(), "a")
				if err != nil || len(got) == 0 || len(got) != 20_000+int(got[0]) || bytes.Count(got, got[:1]) != len(got) {
					t.Errorf("read %d mixed bytes, %v", len(got), err)
				}
			}
		})
	}
	users.Wait()
}

func manyKeys(t *testing.T, s blob.Store) {
	var users sync.WaitGroup
	for i := range 8 {
		users.Go(func() {
			key, data := fmt.Sprint("a", i), bytes.Repeat([]byte{byte(i)}, 1000)
			for n := range 10 {
				if err := s.Put(t.Context(), key, data[n:]); err != nil {
					t.Error(err)
				}
				got, err := s.Get(t.Context(), key)
				if err != nil || !bytes.Equal(got, data[n:]) {
					t.Errorf("%s has %d bytes, %v", key, len(got), err)
				}
				if n%2 == 1 {
					if err := s.Delete(t.Context(), key); err != nil {
						t.Error(err)
					}
				}
				if _, err := first(t.Context(), s, "a"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	users.Wait()
	if left := listed(t, s, ""); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}
