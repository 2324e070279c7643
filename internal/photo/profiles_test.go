package photo

import (
	"fmt"
	"reflect"
	"sync"
	"testing"
)

// TestProfilesAreRemembered: what is remembered is what parsing gives, for profiles of use and of
// none, and there is a bound of them.
func TestProfilesAreRemembered(t *testing.T) {
	known := newProfiles()
	long := append(p3Profile(), make([]byte, longProfile)...)
	for why, raw := range map[string][]byte{
		"of a screen": p3Profile(), "sRGB": srgbProfile(), "grey": greyProfile(), "of a press": inkProfile(1), "broken": p3Profile()[:150], "long": long,
	} {
		want := usable(raw)
		first, again := known.of(raw), known.of(raw)
		if !reflect.DeepEqual(first, want) || !reflect.DeepEqual(again, want) {
			t.Errorf("%s: another profile", why)
		}
		if len(raw) <= longProfile && first != again {
			t.Errorf("%s: parsed twice", why)
		}
	}
	if n := len(known.known); n != 5 {
		t.Errorf("%d are remembered", n)
	}
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for k := range 3 * maxProfiles {
				known.of(append(p3Profile(), fmt.Sprint(i, k)...))
			}
		})
	}
	wg.Wait()
	if n := len(known.known); n != maxProfiles {
		t.Errorf("%d are remembered", n)
	}
}

func BenchmarkProfile(b *testing.B) {
	for name, raw := range map[string][]byte{"screen": p3Profile(), "sRGB": srgbProfile(), "press": inkProfile(1)} {
		b.Run(name+"/parsed", func(b *testing.B) {
			for b.Loop() {
				usable(raw)
			}
		})
		b.Run(name+"/known", func(b *testing.B) {
			known := newProfiles()
			for b.Loop() {
				known.of(raw)
			}
		})
	}
}
