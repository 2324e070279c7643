package handlers

import (
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/store"
)

// TestOneRequestRenews: near the end of a hot picture's second one request asks the store, while others
// are answered as before; what it learns holds for the next second.
func TestOneRequestRenews(t *testing.T) {
	tag := card.Key(fakeKey).ETag()
	for _, tt := range []struct {
		why, target string
		headers     []string
		status      int
	}{
		{"whole", "/cards/storm-1/v/og.jpg", nil, 200},
		{"known", "/cards/storm-1/v/og.jpg", []string{"If-None-Match", tag}, 304},
		{"signed", signedAddress(t, time.Time{}), nil, 200},
		{"signed and known", signedAddress(t, time.Time{}), []string{"If-None-Match", tag}, 304},
	} {
		h, f, _ := hotHouse(t, slog.LevelError)
		now := noon
		f.Now = func() time.Time { return now }
		sent(f, "GET", tt.target)
		others := 0
		other := func() {
			others++
			if w := sent(f, "GET", tt.target); w.Code != 200 || w.Body.String() != "0123456789" {
				t.Errorf("%s: another gets %d %q", tt.why, w.Code, w.Body)
			}
		}
		h.articles.byID = func(string) (store.Record, error) { other(); return storm(), nil }
		h.pictures.look = other
		now = noon.Add(shownFor - renewEarly)
		if w := sent(f, "GET", tt.target, tt.headers...); w.Code != tt.status {
			t.Errorf("%s: %d", tt.why, w.Code)
		}
		p := f.hot.recall(tt.target)
		if p.until != now.Add(shownFor) || string(p.data) != "0123456789" || p.renewal.taken.Load() {
			t.Errorf("%s: renewed with %q until %v", tt.why, p.data, p.until)
		}
		if tt.why != "signed and known" && others == 0 {
			t.Errorf("%s: renewed without a look", tt.why)
		}
	}
}

// TestARenewalThatFails leaves what is believed as it is, and is not tried again until that ends.
func TestARenewalThatFails(t *testing.T) {
	const story = "/cards/storm-1/v/og.jpg"
	h, f, _ := hotHouse(t, slog.LevelError)
	now, asked := noon, 0
	f.Now = func() time.Time { return now }
	sent(f, "GET", story)
	h.articles.byID = func(string) (store.Record, error) { asked++; return store.Record{}, errors.New("the disk is gone") }
	now = noon.Add(shownFor - 1)
	for range 3 {
		if w := sent(f, "GET", story); w.Code != 200 || asked != 1 {
			t.Errorf("%d, asked %d times", w.Code, asked)
		}
	}
	if p := f.hot.recall(story); p.until != noon.Add(shownFor) {
		t.Errorf("believed until %v", p.until)
	}
}

// TestAnExpiryIsNotRenewed: close to a signature's end nothing is won by asking, which is done once.
func TestAnExpiryIsNotRenewed(t *testing.T) {
	h, f, _ := hotHouse(t, slog.LevelError)
	now, target := noon, signedAddress(t, noon.Add(time.Second))
	f.Now = func() time.Time { return now }
	sent(f, "GET", target)
	now = noon.Add(shownFor - 1)
	looks := 0
	h.pictures.look = func() { looks++ }
	for range 3 {
		sent(f, "GET", target)
	}
	if looks != 1 {
		t.Errorf("looked for %d times", looks)
	}
}

func TestOneTurn(t *testing.T) {
	var r renewal
	if until := noon.Add(shownFor); r.due(noon, until) || r.due(until.Add(-renewEarly-1), until) {
		t.Error("due too early")
	}
	var took atomic.Int32
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if r.due(noon, noon) {
				took.Add(1)
			}
		})
	}
	if wg.Wait(); took.Load() != 1 {
		t.Errorf("%d took the turn", took.Load())
	}
}
