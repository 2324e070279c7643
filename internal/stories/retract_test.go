package stories

import (
	"bytes"
	"testing"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
)

// TestRetract: the pictures of earlier versions are gone at once, in every process; those of the current version and of
// later ones stay, also when they are earlier ones in turn.
func TestRetract(t *testing.T) {
	h := newRightsHouse(t)
	say := func(headline string, retract bool) (version, before string) {
		t.Helper()
		a := h.story()
		a.Headline = headline
		r, err := h.Put(t.Context(), a, PutOptions{Retract: retract})
		if err != nil {
			t.Fatal(err)
		}
		return r.Record.Version, r.Replaced
	}
	gone := func(version string, want bool) {
		t.Helper()
		for _, service := range []*house{h.house, h.another(t)} {
			p, err := service.Card(t.Context(), PictureRequest{ID: "storm-1", Version: version, Size: "og", Format: "jpg"})
			if is := fault.KindOf(err) == fault.PhotoGone; is != want || err != nil && !is {
				t.Errorf("%s: %v %v, want gone %t", version, p.Latest, err, want)
			}
		}
	}
	first, before := say("The mayor took money", false)
	if before != "" {
		t.Errorf("a new article replaced %s", before)
	}
	kept := h.picture(t, first).Bytes
	second, before := say("The mayor gave money", false)
	if before != first {
		t.Errorf("replaced %s, want %s", before, first)
	}
	gone(first, false)
	if p, err := h.Card(t.Context(), PictureRequest{ID: "storm-1", Version: first, Size: "og"}); err != nil || p.Latest != second {
		t.Errorf("the latest version is %s, want %s (%v)", p.Latest, second, err)
	}
	if !bytes.Equal(h.picture(t, first).Bytes, kept) {
		t.Error("the picture of the earlier version has changed")
	}
	third, _ := say("The mayor denies it", true) // within the same millisecond of this clock
	gone(first, true)
	gone(second, true)
	gone(third, false)
	fourth, _ := say("The mayor is silent", false)
	gone(third, false)
	asked := h.source.asked
	r, err := h.Retract(t.Context(), "storm-1", nil)
	if err != nil || r.Record.Version != fourth || r.Replaced != "" || h.source.asked != asked {
		t.Errorf("%+v %v", r, err)
	}
	gone(third, true)
	gone(fourth, false)
	fifth, _ := say("The mayor resigns", false)
	gone(fourth, false)
	gone(fifth, false)
	if err := h.Delete(t.Context(), "storm-1"); err != nil {
		t.Fatal(err)
	}
	say("The mayor resigns", false)
	gone(first, true)
	if _, err := h.Retract(t.Context(), "nobody", nil); fault.KindOf(err) != fault.NotFound {
		t.Error(err)
	}
}

// TestRightsBesideRetractions: the rights of photos are kept with what was retracted.
func TestRightsBesideRetractions(t *testing.T) {
	h := newRightsHouse(t)
	first, _ := h.say(t, "One", article.Rights{})
	h.say(t, "Two", article.Rights{NotSocial: true})
	if _, err := h.Retract(t.Context(), "storm-1", nil); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Card(t.Context(), PictureRequest{ID: "storm-1", Version: first.Version, Size: "og"}); fault.KindOf(err) != fault.PhotoGone {
		t.Error(err)
	}
}
