package icc

import (
	"fmt"
	"reflect"
	"sync"
	"testing"

	"newsroom.example/cards/internal/icc/icctest"
)

// TestCache: the cache returns what parsing does, for profiles that can be used and others, and is bounded.
func TestCache(t *testing.T) {
	cache := NewCache()
	long := append(icctest.DisplayP3(), make([]byte, maxCachedBytes)...)
	for why, raw := range map[string][]byte{
		"of a screen": icctest.DisplayP3(), "sRGB": icctest.SRGB(), "grey": icctest.Gray(),
		"of a press": icctest.Press(icctest.LUT8), "broken": icctest.DisplayP3()[:150], "long": long,
	} {
		want := usable(raw)
		first, again := cache.Profile(raw), cache.Profile(raw)
		if !reflect.DeepEqual(first, want) || !reflect.DeepEqual(again, want) {
			t.Errorf("%s: another profile", why)
		}
		if len(raw) <= maxCachedBytes && first != again {
			t.Errorf("%s: parsed twice", why)
		}
	}
	if n := len(cache.parsed); n != 5 {
		t.Errorf("%d are cached", n)
	}
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for k := range 3 * maxCached {
				cache.Profile(append(icctest.DisplayP3(), fmt.Sprint(i, k)...))
			}
		})
	}
	wg.Wait()
	if n := len(cache.parsed); n != maxCached {
		t.Errorf("%d are cached", n)
	}
}

func BenchmarkProfile(b *testing.B) {
	for name, raw := range map[string][]byte{
		"screen": icctest.DisplayP3(), "sRGB": icctest.SRGB(), "press": icctest.Press(icctest.LUT8),
	} {
		b.Run(name+"/parsed", func(b *testing.B) {
			for b.Loop() {
				usable(raw)
			}
		})
		b.Run(name+"/cached", func(b *testing.B) {
			cache := NewCache()
			for b.Loop() {
				cache.Profile(raw)
			}
		})
	}
}
