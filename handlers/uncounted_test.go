package handlers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
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

func (*stuckClicks) AddClick(ctx context.Context, _ store.Click) error {
	<-ctx.Done()
	return ctx.Err()
}

func (*stuckClicks) DailyKey(ctx context.Context, _ time.Time) ([32]byte, error) {
	<-ctx.Done()
	return [32]byte{}, ctx.Err()
}

// TestALeavingReaderTakesNoKey: the key of the day is for all, so it is read even if the first reader has left.
func TestALeavingReaderTakesNoKey(t *testing.T) {
	h := newHouse(t)
	gone, leave := context.WithCancel(t.Context())
	leave()
	handler, err := newService(t, h.deps)
	if err != nil {
		t.Fatal(err)
	}
	for _, ctx := range []context.Context{gone, t.Context()} {
		handler.ServeHTTP(httptest.NewRecorder(), request("GET", "/s/abcdefg", "").WithContext(ctx))
	}
	if n := h.clicks.taps; len(n) != 2 || n[0].Visitor != n[1].Visitor {
		t.Errorf("%+v", n)
	}
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

// TestUncountedRequestsAreLogged when they cannot even be summed, and readers who are recognized by one process alone.
func TestUncountedRequestsAreLogged(t *testing.T) {
	for _, tt := range []struct {
		why, agent  string
		err, keyErr error
		want        string
	}{
		{"a robot whose sum is full", "curl/8.0", store.ErrUnavailable, nil, `msg="uncounted requests are missing from the statistics" code=lost count=1`},
		{"a robot", "curl/8.0", nil, nil, ""},
		{"a reader without the key of the day", "Mozilla/5.0", nil, store.ErrUnavailable, `msg="readers are recognized by this process alone for a minute" code=daily_key count=1`},
		{"a reader", "Mozilla/5.0", nil, nil, ""},
	} {
		var out bytes.Buffer
		h := newHouse(t)
		h.deps.Log = slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelWarn}))
		h.clicks.err, h.clicks.keyErr = tt.err, tt.keyErr
		if resp := h.do(t, request("GET", "/s/abcdefg", "", "User-Agent", tt.agent)); resp.StatusCode != 302 {
			t.Errorf("%s: %d", tt.why, resp.StatusCode)
		}
		if got := out.String(); !strings.Contains(got, tt.want) || (got == "") != (tt.want == "") {
			t.Errorf("%s: %s", tt.why, got)
		}
	}
}

// TestHEADIsNotCounted, not even among the requests that are not counted.
func TestHEADIsNotCounted(t *testing.T) {
	for _, agent := range []string{"Mozilla/5.0 Safari/605.1.15", "curl/8.0", "Twitterbot/1.0"} {
		for _, path := range []string{"/s/abcdefg", "/s/abcdefg/mail"} {
			h := newHouse(t)
			h.do(t, request("HEAD", path, "", "User-Agent", agent))
			if len(h.clicks.taps) != 0 || len(h.clicks.uncounted) != 0 {
				t.Errorf("%s to %s: %v, %v", path, agent, h.clicks.taps, h.clicks.uncounted)
			}
		}
	}
}

// TestReadersHaveNetworks: the same network for neighbours, on this machine too.
func TestReadersHaveNetworks(t *testing.T) {
	h := newHouse(t)
	handler, err := newService(t, h.deps)
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"198.51.100.1:1", "198.51.100.2:1", "203.0.113.1:1", "[2001:db8:1:1::1]:1", "[2001:db8:1:2::1]:1", "127.0.0.1:1", "127.0.0.9:1"} {
		r := request("GET", "/s/abcdefg", "")
		r.RemoteAddr = address
		handler.ServeHTTP(httptest.NewRecorder(), r)
	}
	var n []store.Network
	for _, tap := range h.clicks.taps {
		n = append(n, tap.Network)
	}
	if len(n) != 7 || n[0] != n[1] || n[0] == n[2] || n[0].Wide == 0 || n[3].Wide != n[4].Wide || n[3].Narrow == n[4].Narrow ||
		n[5] != n[6] || n[5].Wide == 0 {
		t.Errorf("%+v", n)
	}
}

func TestStatsHaveRawCounts(t *testing.T) {
	resp := newHouse(t).do(t, authorized("GET", "/v1/articles/storm-1/stats", ""))
	want := `{"by":{"mail":1},"clicks":2,"confirmed":{},"id":"storm-1","raw":12,"shares":1,"uncounted":{"crawler":4,"network":5},"window":"24h"}`
	if got := strings.TrimSpace(text(t, resp)); got != want {
		t.Errorf("%s", got)
	}
}
