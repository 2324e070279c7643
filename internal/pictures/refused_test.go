package pictures_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/pictures"
)

// counted is a gate that counts how often a photo is loaded.
type counted struct {
	*gate
	loads atomic.Int32
}

func (c *counted) Load(ctx context.Context, ref string) error {
	c.loads.Add(1)
	return c.gate.Load(ctx, ref)
}

// TestNothingIsLoadedInVain: a card that is refused because too many wait costs no photo: not its bytes from the disk,
// and no request to its source.
func TestNothingIsLoadedInVain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		photos := &counted{gate: newGate()}
		s := newService(t, photos, 1, 2)
		draw := func(i int) error {
			c := newCard(t, true)
			c.Headline = fmt.Sprint("Card ", i)
			_, err := s.Preview(t.Context(), c, "jpg", pictures.Options{})
			return err
		}
		taken := make(chan error, 3)
		for i := range 3 { // one is drawn, two wait
			go func() { taken <- draw(i) }()
			synctest.Wait()
		}
		loads := photos.loads.Load()
		for i := range 20 {
			if err := draw(100 + i); !errors.Is(err, pictures.ErrOverloaded) {
				t.Errorf("one too many: %v", err)
			}
		}
		c := newCard(t, true)
		if _, err := s.Figures(t.Context(), c, []card.Size{card.OpenGraph}); !errors.Is(err, pictures.ErrOverloaded) {
			t.Errorf("figures: %v", err)
		}
		if n := photos.loads.Load() - loads; loads != 3 || n > 0 {
			t.Errorf("%d photos loaded for those that are drawn, %d for those that are refused", loads, n)
		}
		close(photos.open)
		for range 3 {
			if err := <-taken; err != nil {
				t.Error(err)
			}
		}
	})
}
