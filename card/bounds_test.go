package card_test

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/card"
)

// TestSizes: networks require exactly these sizes.
func TestSizes(t *testing.T) {
	want := map[string]card.Size{
		"": {W: 1200, H: 630}, "og": {W: 1200, H: 630}, "twitter": {W: 1200, H: 600}, "kakao": {W: 800, H: 400},
		"square": {W: 1200, H: 1200}, "portrait": {W: 1080, H: 1350}, "story": {W: 1080, H: 1920},
		"200x200": {W: 200, H: 200}, "2400x2400": {W: 2400, H: 2400}, "200x2400": {W: 200, H: 2400},
		"199x200": {}, "200x199": {}, "2401x200": {}, "200x2401": {},
		"x300": {}, "300x": {}, "300": {}, "300x300x300": {}, "0300x300": {}, "300x0300": {}, "ax300": {}, "300xa": {},
	}
	for name, size := range want {
		got, err := card.ParseSize(name)
		if (err == nil) != (size != card.Size{}) || err == nil && got != size {
			t.Errorf("%q: %v, %v", name, got, err)
		}
	}
	for _, n := range card.Sizes {
		if n.Size.String() != n.Name || !n.Size.Named() {
			t.Errorf("%s prints as %s", n.Name, n.Size)
		}
	}
	if free := (card.Size{W: 300, H: 400}); free.String() != "300x400" || free.Named() {
		t.Errorf("a free size prints as %s", free)
	}
}

func TestFocalPoints(t *testing.T) {
	for text, ok := range map[string]bool{
		"0,0": true, "1,1": true, "0.5, 0.25": true, "1.01,0": false, "0,1.01": false, "-0.01,0": false, "0,-0.01": false,
		"0": false, "": false, "a,0": false, "0,a": false, "NaN,0": false,
	} {
		if _, err := card.ParseFocal(text); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestLimits: each field may have as many characters as the API's contract says, and not one more.
func TestLimits(t *testing.T) {
	for field, most := range map[string]int{
		"headline": 1000, "caption": 2000, "credit": 300, "byline": 300, "kicker": 300, "site": 300, "badge": 24,
	} {
		for _, n := range []int{most, most + 1} {
			q := url.Values{"headline": {"A"}}
			q.Set(field, strings.Repeat("가", n))
			if _, err := card.Parse(q); (err == nil) != (n == most) {
				t.Errorf("%d characters of %s: %v", n, field, err)
			}
		}
	}
	for step := -3; step <= 3; step++ {
		_, err := card.Parse(url.Values{"headline": {"A"}, "font_step": {strconv.Itoa(step)}})
		if (err == nil) != (step != -3 && step != 3) {
			t.Errorf("font step %d: %v", step, err)
		}
	}
}

// TestNormalizeChecksValues: a card that was built in Go is checked like one that was parsed from a query.
func TestNormalizeChecksValues(t *testing.T) {
	photo := card.Photo{URL: "https://news.example/a.jpg", Focal: &card.Focal{X: 2}}
	for field, c := range map[string]card.Card{
		"size":      {Headline: "A", Size: card.Size{W: 199, H: 630}},
		"focal":     {Headline: "A", Photo: photo},
		"font_step": {Headline: "A", FontStep: 3},
	} {
		_, err := c.Normalize()
		if faults := card.FieldErrors(err); len(faults) != 1 || faults[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// TestAFieldAtFaultStays: an invalid field is not changed, and a field that is too long is cleaned.
func TestAFieldAtFaultStays(t *testing.T) {
	var f card.Fields
	invalid, long := "a\x00b", "  a   b  "
	f.Line("caption", &invalid, 10)
	f.Line("caption", &long, 2)
	if f.Err() == nil || invalid != "a\x00b" || long != "a b" {
		t.Errorf("%q, %q, %v", invalid, long, f.Err())
	}
}

// TestSigningAgain: signing a signed URL again gives the same result as signing the original.
func TestSigningAgain(t *testing.T) {
	const path = "/v1/card.jpg"
	s := signer(t, oldKey)
	once := s.Sign(path, url.Values{"headline": {"A"}}, time.Time{})
	again := s.Sign(path, once, time.Time{})
	if again.Encode() != once.Encode() || s.Verify(path, again, noon) != nil {
		t.Errorf("%s, then %s", once.Encode(), again.Encode())
	}
}

func TestKeysHaveALeastLength(t *testing.T) {
	if _, err := card.NewSigner(bytes.Repeat([]byte{1}, 32)); err != nil {
		t.Error(err)
	}
	const want = "signing key 2 has 31 bytes; at least 32 are needed"
	if _, err := card.NewSigner(oldKey, bytes.Repeat([]byte{1}, 31)); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

// TestKeyWith: each photo of a card, and each card with one photo, has its own key.
func TestKeyWith(t *testing.T) {
	a, b := card.Card{Headline: "A"}.Key("1", "png"), card.Card{Headline: "B"}.Key("1", "png")
	seen := map[card.Key]bool{a: true, b: true}
	for _, k := range []card.Key{a.With("upload:1"), a.With("upload:2"), b.With("upload:1"), b.With("upload:2")} {
		if seen[k] || len(k) != len(a) {
			t.Error(k)
		}
		seen[k] = true
	}
}

func TestByURL(t *testing.T) {
	for url, want := range map[string]bool{"": false, "upload:1": false, "https://a.example/upload:1": true, "http://a.example/": true} {
		if got := (card.Photo{URL: url}).ByURL(); got != want {
			t.Errorf("%q: %t", url, got)
		}
	}
}

// TestETag: 144 bits of the key, in quotes.
func TestETag(t *testing.T) {
	tag := card.Card{Headline: "A"}.Key("1", "png").ETag()
	if len(tag) != 26 || tag[0] != '"' || tag[25] != '"' || strings.Contains(tag[1:25], `"`) {
		t.Error(tag)
	}
}
