package stories

import (
	"bytes"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/pictures"
)

// TestReplacedAfterAWithdrawal: when the source of a signed card has replaced a photo that was withdrawn, the card has
// another entity tag, in all processes. An article's picture has the tag of its key, before and after.
func TestReplacedAfterAWithdrawal(t *testing.T) {
	h := newHouse(t)
	h.put(t, PutOptions{})
	tagged := func(h *house) {
		t.Helper()
		c, err := h.Card(t.Context(), PictureRequest{ID: "storm-1", Size: "og", Format: "jpg"})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := h.picture(t, "").ETag, h.previews.Key(c.Card, "jpg").ETag(); got != want {
			t.Errorf("the article's tag: %s, want %s", got, want)
		}
	}
	tagged(h)
	before, err := h.drawSigned(t, h.url, card.OpenGraph)
	if err != nil || before.Photo != photoID(1) || before.ETag == "" {
		t.Fatalf("%+v, %v", before, err)
	}
	h.withdraw(t)
	h.source.replace(2)
	other := h.another(t) // has nothing in memory
	after, err := other.drawSigned(t, h.url, card.OpenGraph)
	if err != nil || after.Photo != photoID(2) || bytes.Equal(after.Bytes, before.Bytes) {
		t.Fatalf("%+v, %v", after, err)
	}
	if after.ETag == before.ETag || after.ETag == "" {
		t.Errorf("two pictures with the tags %s and %s", before.ETag, after.ETag)
	}
	c := card.Card{Headline: "Storm front stalls", Photo: card.Photo{URL: h.url}, Size: card.OpenGraph}
	for why, s := range map[string]*pictures.Service{"the process that withdrew it": h.previews, "the other": other.previews} {
		if img, ok := s.Cached(t.Context(), s.Key(c, "jpg"), "jpg", true); !ok || img.ETag != after.ETag || !bytes.Equal(img.Bytes, after.Bytes) {
			t.Errorf("%s: cached %t with the tag %s, want %s", why, ok, img.ETag, after.ETag)
		}
	}
	if _, err := other.Refresh(t.Context(), "storm-1", PutOptions{}); err != nil {
		t.Fatal(err)
	}
	tagged(other)
}
