package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/photo"
)

// TestAskedNow: a fresh request asks a source that has just failed, and its answer replaces the failure.
func TestAskedNow(t *testing.T) {
	var asked atomic.Int64
	fails := true
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1); fails {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		_, _ = w.Write(onePixel())
	}))
	defer server.Close()
	o := patient()
	o.Forget = time.Hour
	f := newClient(t, o)
	for range 2 {
		if _, err := f.Media(t.Context(), server.URL, Request{}); !errors.Is(err, ErrUnavailable) {
			t.Error(err)
		}
	}
	fails = false
	if _, err := f.Media(t.Context(), server.URL, Request{Fresh: true}); err != nil || asked.Load() != 2 {
		t.Errorf("after a failure: asked %d times, %v", asked.Load(), err)
	}
	if _, err := f.Media(t.Context(), server.URL, Request{}); err != nil {
		t.Errorf("the failure is remembered: %v", err)
	}
}

// TestOutage distinguishes a source that is out of order from one that has no such photo.
func TestOutage(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var status int
		if _, err := fmt.Sscanf(r.URL.Path, "/%d", &status); err != nil {
			panic(err)
		}
		w.WriteHeader(status)
	}))
	f := newClient(t, patient())
	for status, want := range map[int]bool{
		204: false, 301: false, 304: false, 400: false, 401: false, 403: false, 404: false, 410: false, 451: false,
		408: true, 425: true, 429: true, 500: true, 502: true, 503: true, 504: true, 599: true,
	} {
		_, err := f.Media(t.Context(), fmt.Sprint(server.URL, "/", status), Request{})
		if !errors.Is(err, ErrUnavailable) || Outage(err) != want {
			t.Errorf("%d: an outage %t, %v", status, Outage(err), err)
		}
	}
	server.Close()
	if _, err := f.Media(t.Context(), server.URL+"/200", Request{}); !Outage(err) {
		t.Errorf("a closed port: %v", err)
	}
	for kind, want := range map[error]bool{
		ErrTimeout: true, fault.ErrPhotoOverloaded: true, fault.ErrSourceIncomplete: true,
		photo.ErrInvalid: false, photo.ErrUnsupported: false, fault.ErrImageTooLarge: false,
	} {
		if Outage(fmt.Errorf("fetch: %w", kind)) != want {
			t.Errorf("%s is an outage: %t", kind, !want)
		}
	}
}

// TestDatesThatTellNothing: a photo that was just modified may be modified again within the second, and a
// 304 that names another version confirms nothing.
func TestDatesThatTellNothing(t *testing.T) {
	const date = "Mon, 02 Jan 2006 15:04:05 GMT"
	for _, tt := range []struct{ now, want string }{
		{"Mon, 02 Jan 2006 15:04:05 GMT", ""}, {"Mon, 02 Jan 2006 15:05:04 GMT", ""}, {"Mon, 02 Jan 2006 15:05:05 GMT", date},
		{"Mon, 02 Jan 2006 15:00:00 GMT", ""}, {"", date}, {"noon", date},
	} {
		h := http.Header{"Last-Modified": {date}, "Date": {tt.now}}
		if got := validatorsOf(h).LastModified; got != tt.want {
			t.Errorf("at %q: %q", tt.now, got)
		}
	}
	if got := validatorsOf(http.Header{"Last-Modified": {"yesterday"}}); got != (Validators{}) {
		t.Errorf("no date: %+v", got)
	}
	for _, tt := range []struct {
		known     Validators
		tag, date string
		want      bool
	}{
		{Validators{`"a"`, date}, "", "", false}, {Validators{`"a"`, date}, `"a"`, "another", false},
		{Validators{`W/"a"`, ""}, `"a"`, "", false},
		{Validators{`"a"`, date}, `"b"`, date, true}, {Validators{"", date}, `"b"`, date, false},
		{Validators{"", date}, "", "another", true},
		{Validators{`"a"`, ""}, "", "another", false},
	} {
		h := http.Header{"Etag": {tt.tag}, "Last-Modified": {tt.date}}
		if got := tt.known.contradictedBy(h); got != tt.want {
			t.Errorf("%+v, answered %q, %q: %t", tt.known, tt.tag, tt.date, got)
		}
	}
}

// TestAnOlderFileUnderTheSameAddress: many servers answer 304 for any file that is older than the date
// they are asked with.
func TestAnOlderFileUnderTheSameAddress(t *testing.T) {
	modified := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	whole := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Last-Modified", modified.Format(http.TimeFormat))
		w.Header().Set("Date", "Tue, 24 Nov 2026 12:00:00 GMT")
		if since, err := http.ParseTime(r.Header.Get("If-Modified-Since")); err == nil && !modified.After(since) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		whole++
		_, _ = w.Write(onePixel())
	}))
	defer server.Close()
	f := newClient(t, patient())
	first, err := f.Media(t.Context(), server.URL, Request{})
	if err != nil {
		t.Fatal(err)
	}
	if a, err := f.Media(t.Context(), server.URL, Request{Known: first.Validators}); err != nil || !a.NotModified {
		t.Errorf("the same file: %+v, %v", a, err)
	}
	modified = modified.Add(-time.Hour)
	a, err := f.Media(t.Context(), server.URL, Request{Known: first.Validators})
	if err != nil || a.NotModified || whole != 2 {
		t.Errorf("an older file: not modified %t, fetched %d times, %v", a.NotModified, whole, err)
	}
}
