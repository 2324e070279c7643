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
		if waited := time.Since(began); waited != time.Second {
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

// TestUncountedClicksAreLogged, those that were lost apart from those that are only deferred, and none of
// readers who have left.
func TestUncountedClicksAreLogged(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string
	}{
		{store.ErrDeferred, "code=deferred count=1"},
		{store.ErrUnavailable, "code=lost count=1"},
		{context.Canceled, ""},
	} {
		var out bytes.Buffer
		h := newHouse(t)
		h.deps.Log = slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelWarn}))
		h.clicks.err = tt.err
		h.do(t, request("GET", "/s/abcdefg", ""))
		if got := out.String(); !strings.Contains(got, tt.want) || (got == "") != (tt.want == "") {
			t.Errorf("%v: %s", tt.err, got)
		}
	}
}
