package handlers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"newsroom.example/cards/internal/store"
)

// TestReadersAreRedirectedWhateverTheDiskTakes: a click that cannot be stored turns nobody away.
func TestReadersAreRedirectedWhateverTheDiskTakes(t *testing.T) {
	for _, err := range []error{
		store.ErrDeferred, fmt.Errorf("count clicks: %w", store.ErrUnavailable), errors.New("store is closed"), context.DeadlineExceeded,
	} {
		for path, to := range map[string]string{"/s/abcdefg": "https://news.example/storm", "/s/abcdefg/facebook": "https://www.facebook.com/"} {
			h := newHouse(t)
			h.clicks.err = err
			resp := h.do(t, request("GET", path, ""))
			if resp.StatusCode != 302 || !strings.HasPrefix(resp.Header.Get("Location"), to) || len(h.clicks.taps) != 1 {
				t.Errorf("%s, %v: %d to %q, %d taps", path, err, resp.StatusCode, resp.Header.Get("Location"), len(h.clicks.taps))
			}
		}
	}
}

// stuckClicks never answers by itself, as a disk that hangs.
type stuckClicks struct{ fakeClicks }

func (*stuckClicks) AddClick(ctx context.Context, _ store.Click) (bool, error) {
	<-ctx.Done()
	return false, ctx.Err()
}

func TestNoReaderWaitsForAStuckDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.deps.Clicks = &stuckClicks{}
		began := time.Now()
		if resp := h.do(t, request("GET", "/s/abcdefg", "")); resp.StatusCode != 302 {
			t.Errorf("%d", resp.StatusCode)
		}
		if waited := time.Since(began); waited != clickWait {
			t.Errorf("the reader waited %s", waited)
		}
	})
}

func TestADeferredShareIsCounted(t *testing.T) {
	h := newHouse(t)
	h.clicks.err = store.ErrDeferred
	if resp := h.do(t, request("POST", "/s/abcdefg/link", "")); resp.StatusCode != 204 {
		t.Errorf("%d", resp.StatusCode)
	}
}

func TestUncountedClicksAreLoggedOnceAMinute(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(slog.NewTextHandler(&out, nil))
	var u uncounted
	at := noon
	for range 100 {
		u.note(log, store.ErrDeferred, at)
		u.note(log, store.ErrUnavailable, at)
		u.note(log, context.Canceled, at) // the reader left: nothing is at fault
		at = at.Add(time.Second)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], "deferred=1 lost=0") || !strings.Contains(lines[1], "deferred=60 lost=60") {
		t.Errorf("%q", lines)
	}
}
