package jpeg

import (
	"image"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"testing"

	"newsroom.example/cards/internal/scene"
)

// sameReading compares a reading of all scans by a crew of one and of three with a reading of one scan after the other.
// It returns whether the crew took the file.
func sameReading(t testing.TB, f *File, shrink int) (taken bool) {
	t.Helper()
	var r reader
	slow := newContent(f, shrink)
	err := slow.read(&r)
	for _, more := range []int{0, 2} {
		fast := newContent(f, shrink)
		w := newCrew(fast)
		if w == nil {
			return false
		}
		var group sync.WaitGroup
		for range more {
			group.Go(w.help)
		}
		taken = w.smooth(false)
		group.Wait()
		if !taken {
			return false
		}
		if err != nil {
			t.Fatalf("1/%d, %d helpers: %v", 1<<shrink, more, err)
		}
		if fast.Found != slow.Found {
			t.Fatalf("1/%d, %d helpers: %+v, want %+v", 1<<shrink, more, fast.Found, slow.Found)
		}
		for i := range slow.planes {
			if diff := sameCoefs(&fast.planes[i], &slow.planes[i], slow.points*slow.points); diff != "" {
				t.Fatalf("1/%d, %d helpers, component %d: %s", 1<<shrink, more, i, diff)
			}
		}
		fast.Release()
	}
	return true
}

// sameCoefs says what is different about the coefficients of a component.
func sameCoefs(a, b *plane, each int) string {
	for i := range b.kept {
		if i%each > 0 && a.kept[i] != b.kept[i] {
			return "a coefficient"
		}
	}
	switch {
	case !slices.Equal(a.means, b.means):
		return "a mean"
	case !slices.Equal(a.known, b.known):
		return "which are known"
	case !reflect.DeepEqual(a.quant, b.quant) || a.steps != b.steps:
		return "a quantiser"
	}
	return ""
}

// TestReadingsAreTheSame: undamaged files of every script are read by a crew, and any damage leads to the same
// coefficients or to the other reading.
func TestReadingsAreTheSame(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	photo := ppm(scene.Photo(203, 149, 9, 4))
	script := filepath.Join(t.TempDir(), "script")
	if err := os.WriteFile(script, []byte(scanScript), 0o600); err != nil {
		t.Fatal(err)
	}
	rounds := 60
	if testing.Short() {
		rounds = 6
	}
	for _, args := range [][]string{
		{"-progressive"}, {"-scans", script}, {"-progressive", "-restart", "3B"}, {"-progressive", "-restart", "1"},
		{"-progressive", "-sample", "1x1"}, {"-progressive", "-sample", "4x2"}, {"-progressive", "-grayscale"},
		{"-progressive", "-sample", "1x1,2x2,1x1"}, {"-scans", script, "-sample", "2x1", "-restart", "2"},
	} {
		data := tool(t, photo, "cjpeg", append([]string{"-quality", "93"}, args...)...)
		for round := range rounds {
			broken := slices.Clone(data)
			for range round % 5 {
				broken[r.IntN(len(broken))] ^= 1 << r.IntN(8)
			}
			f, err := OpenFile(broken)
			if err != nil || f.width*f.height > 1<<16 {
				continue
			}
			if taken := sameReading(t, f, round%4); !taken && round%5 == 0 {
				t.Errorf("%v: a sound file is read scan by scan", args)
			}
		}
	}
}

// TestSmallerPicturesOfTheSameContent: a picture made of more coefficients than it needs is that made of its own.
func TestSmallerPicturesOfTheSameContent(t *testing.T) {
	for _, sampling := range []string{"2x2", "1x1", "2x1", "1x2", "4x1", "3x1"} {
		data := tool(t, ppm(scene.Photo(203, 149, 9, 4)), "cjpeg", "-quality", "93", "-progressive", "-sample", sampling)
		f, err := OpenFile(data)
		if err != nil {
			t.Fatal(err)
		}
		var d Decoder
		all, err := NewReading(f, 0).Run(&d)
		if err != nil {
			t.Fatal(err)
		}
		for shrink := range 4 {
			want, _ := whole(t, data, shrink)
			size := f.Scaled(shrink)
			for _, region := range []image.Rectangle{{Max: size}, {Min: size.Div(3), Max: size.Div(2)}, {Min: size.Sub(image.Pt(1, 1)), Max: size}} {
				d.Pair = region.Min.X > 0
				got := d.Picture(all, region, shrink)
				if !region.In(got.Bounds()) {
					t.Errorf("%s, 1/%d: %v does not hold %v", sampling, 1<<shrink, got.Bounds(), region)
				}
				if diff := same(got, want, got.Bounds()); diff != "" {
					t.Errorf("%s, 1/%d, %v: %s", sampling, 1<<shrink, region, diff)
				}
			}
		}
	}
}
