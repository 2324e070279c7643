package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/fault"
)

// TestReadinessNamesWhatFails: the parts at fault and no more of their errors, found out once a second.
func TestReadinessNamesWhatFails(t *testing.T) {
	h := newHouse(t)
	faults := map[string]error{}
	var asked atomic.Int32
	for _, name := range []string{"database", "pictures"} {
		h.deps.Parts = append(h.deps.Parts, Part{name, func(context.Context) error { asked.Add(1); return faults[name] }})
	}
	h.deps.Parts = h.deps.Parts[1:] // but the fake's
	now := noon
	h.deps.Now = func() time.Time { return now }
	service, err := newService(t, h.deps)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		wait    time.Duration
		broken  []string
		removed string
		status  int
		message string
		asked   int32
	}{
		{0, nil, "", 200, "", 2},
		{readyFor - 1, []string{"database"}, "", 200, "", 2},
		{1, []string{"database"}, "", 503, "not ready: cannot read and write the database", 4},
		{readyFor, []string{"database", "pictures"}, "", 503, "not ready: cannot read and write the database and the pictures", 6},
		{readyFor, []string{"pictures"}, "", 503, "not ready: cannot read and write the pictures", 8},
		{readyFor, nil, "pictures", 503, "not ready: the files of the pictures were removed or replaced", 10},
		{readyFor, []string{"pictures"}, "database", 503, "not ready: cannot read and write the pictures; the files of the database were removed or replaced", 12},
		{readyFor, nil, "", 200, "", 14},
	} {
		now = now.Add(step.wait)
		clear(faults)
		for _, name := range step.broken {
			faults[name] = errors.New("no space left on /secret/path")
		}
		if step.removed != "" {
			faults[step.removed] = fmt.Errorf("/secret/path: %w", fault.ErrRemoved)
		}
		w := httptest.NewRecorder()
		service.ServeHTTP(w, request("GET", "/readyz", ""))
		resp := w.Result()
		var body api.Error
		if raw := text(t, resp); step.status == 503 {
			if err := json.Unmarshal([]byte(raw), &body); err != nil {
				t.Fatal(raw)
			}
		}
		if resp.StatusCode != step.status || body.Error.Message != step.message || asked.Load() != step.asked ||
			(resp.Header.Get("Retry-After") != "") != (step.status == 503) {
			t.Errorf("%v broken: %d %q, asked %d times, %v", step.broken, resp.StatusCode, body.Error.Message, asked.Load(), resp.Header)
		}
	}
}

// TestReadinessNamesWhatHangs: a part that takes all the time is named, and no other.
func TestReadinessNamesWhatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.deps.Parts = []Part{
			{"database", func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }},
			{"pictures", func(ctx context.Context) error { return ctx.Err() }},
		}
		h.deps.Now = time.Now
		service, err := newService(t, h.deps)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // the first probe may end a moment before the check
			w := httptest.NewRecorder()
			service.ServeHTTP(w, request("GET", "/readyz", ""))
			if w.Code != 503 {
				t.Errorf("%d", w.Code)
			}
			if body := w.Body.String(); strings.Contains(body, "pictures") {
				t.Error(body)
			}
			synctest.Wait()
		}
	})
}

// TestReadinessDoesNotHang: while a part answers nothing, not even that its time is up, every probe is answered.
func TestReadinessDoesNotHang(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		stuck := make(chan struct{})
		var checks atomic.Int32
		h.deps.Parts = []Part{{"disk", func(context.Context) error { checks.Add(1); <-stuck; return nil }}}
		h.deps.Now = time.Now
		service, err := newService(t, h.deps)
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		for range 3 {
			w := httptest.NewRecorder()
			if service.ServeHTTP(w, request("GET", "/readyz", "")); w.Code != 503 {
				t.Errorf("%d", w.Code)
			}
		}
		if waited := time.Since(began); waited != 3*pingWait || checks.Load() != 1 {
			t.Errorf("waited %s, %d checks", waited, checks.Load())
		}
		close(stuck)
	})
}
