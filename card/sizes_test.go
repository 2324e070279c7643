package card_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"newsroom.example/cards/card"
)

// TestPublicSizes: the public sizes are few, and every other one needs a signature.
func TestPublicSizes(t *testing.T) {
	public := 0
	for w := card.MinSide; w <= card.MaxSide; w++ {
		for h := card.MinSide; h <= card.MaxSide; h++ {
			if (card.Size{W: w, H: h}).Public() {
				public++
			}
		}
	}
	if want := len(card.Sizes) + len(card.Thumbnails); public != want || want > 16 {
		t.Errorf("%d sizes are public, want %d", public, want)
	}
	for i, size := range card.Thumbnails {
		if parsed, err := card.ParseSize(size.String()); err != nil || parsed != size || size.Named() {
			t.Errorf("thumbnail %v: %v, %v", size, parsed, err)
		}
		if i > 0 && (size.W <= card.Thumbnails[i-1].W || size.H <= card.Thumbnails[i-1].H) {
			t.Errorf("thumbnail %v is no larger than the one before", size)
		}
	}
}

// TestSignedSizesOfAnArticle: the signature of an article's picture is for its article, version, size and format.
func TestSignedSizesOfAnArticle(t *testing.T) {
	const path = "/cards/storm-1/5fnay3p9jmkxqv0d/640x480.jpg"
	s := signer(t, oldKey)
	q := s.Sign(path, nil, noon.Add(time.Hour))
	if err := s.Verify(path, q, noon); err != nil || len(q) != 2 {
		t.Errorf("%v, %v", q, err)
	}
	if err := s.Verify(path, q, noon.Add(time.Hour)); !errors.Is(err, card.ErrExpired) {
		t.Errorf("at its end: %v", err)
	}
	for _, other := range []string{
		"/cards/storm-2/5fnay3p9jmkxqv0d/640x480.jpg", "/cards/storm-1/5fnay3p9jmkxqv0e/640x480.jpg",
		"/cards/storm-1/5fnay3p9jmkxqv0d/640x481.jpg", "/cards/storm-1/5fnay3p9jmkxqv0d/640x480.png",
		"/cards/storm-1/640x480.jpg", "/v1/card.jpg",
	} {
		if err := s.Verify(other, q, noon); !errors.Is(err, card.ErrSignature) {
			t.Errorf("%s: %v", other, err)
		}
	}
}

// TestThumbnailsAreSmallCards: each thumbnail is a named size made smaller, to the pixel, and larger than the one before.
func TestThumbnailsAreSmallCards(t *testing.T) {
	before := 0
	for _, small := range card.Thumbnails {
		scaled := slices.ContainsFunc(card.Sizes, func(n card.NamedSize) bool {
			return small.W < n.Size.W && small.W*n.Size.H == small.H*n.Size.W
		})
		if !scaled || small.W <= before || small.W%200 != 0 {
			t.Errorf("%v", small)
		}
		before = small.W
	}
}
