package pictures_test

import (
	"testing"
	"testing/synctest"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/pictures"
)

// TestPlainCardsWaitForNone: a plain card is drawn while all slots are taken, is not kept, and is that without a photo.
// The whole picture is returned once it is there.
func TestPlainCardsWaitForNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		s := newService(t, g, 1, 2)
		c := newCard(t, true)
		whole := make(chan pictures.Image, 1)
		go func() {
			img, err := s.Preview(t.Context(), c, "jpg", pictures.Options{})
			if err != nil {
				t.Error(err)
			}
			whole <- img
		}()
		synctest.Wait()
		plain, err := s.Preview(t.Context(), c, "jpg", pictures.Options{Plain: true})
		if err != nil || len(plain.Bytes) == 0 || plain.ETag != "" || fault.KindOf(plain.Degraded) != fault.PhotoOverloaded {
			t.Errorf("%d bytes, %q, %v, %v", len(plain.Bytes), plain.ETag, plain.Degraded, err)
		}
		close(g.open)
		want := <-whole
		again, err := s.Preview(t.Context(), c, "jpg", pictures.Options{Plain: true})
		if err != nil || again.Degraded != nil || string(again.Bytes) != string(want.Bytes) {
			t.Errorf("with the picture cached: %v, %v", again.Degraded, err)
		}
		text := newCard(t, false)
		if img, err := s.Preview(t.Context(), text, "png", pictures.Options{Plain: true}); err != nil || img.Degraded != nil {
			t.Errorf("without a photo: %v, %v", img.Degraded, err)
		}
	})
}
