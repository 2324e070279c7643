package fetch

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsroom.example/cards/internal/fault"
)

// TestMedia: a source that has another version sends it, and one that has the known version confirms it.
func TestMedia(t *testing.T) {
	pixel := onePixel()
	tag, date := `"v1"`, "Mon, 02 Jan 2006 15:04:05 GMT"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", tag)
		w.Header().Set("Last-Modified", date)
		w.Header().Set("Cache-Control", "max-age=120")
		if r.Header.Get("If-None-Match") == tag && r.Header.Get("If-Modified-Since") == date || r.URL.Path == "/always" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = w.Write(pixel)
	}))
	defer server.Close()
	f := newClient(t, patient())
	first, err := f.Media(t.Context(), server.URL, Request{})
	if err != nil || len(first.Data) != len(pixel) || first.NotModified ||
		first.Validators != (Validators{tag, date}) || first.Fresh != 2*time.Minute {
		t.Fatalf("first: %+v, %v", first, err)
	}
	again, err := f.Media(t.Context(), server.URL, Request{Known: first.Validators})
	if err != nil || !again.NotModified || again.Data != nil || again.Validators != first.Validators {
		t.Errorf("unchanged: %+v, %v", again, err)
	}
	old, err := f.Media(t.Context(), server.URL, Request{Known: Validators{ETag: `"v0"`}})
	if err != nil || old.NotModified || len(old.Data) != len(pixel) {
		t.Errorf("changed: %+v, %v", old, err)
	}
	if _, err := f.Media(t.Context(), server.URL+"/always", Request{}); err == nil {
		t.Error("a 304 to an unconditional request is accepted")
	}
}

// TestKeptOnce: many wait for one fetch, and its bytes are kept once; a store that fails does not
// take them away.
func TestKeptOnce(t *testing.T) {
	const waiting = 8
	pixel, release := onePixel(), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		<-release
		_, _ = w.Write(pixel)
	}))
	defer server.Close()
	f := newClient(t, patient())
	errFull := errors.New("full")
	var kept atomic.Int64
	var wg sync.WaitGroup
	var joined sync.WaitGroup
	joined.Add(waiting)
	for range waiting {
		wg.Go(func() {
			joined.Done()
			a, err := f.Media(t.Context(), server.URL, Request{Keep: Keep{"full", func(_ context.Context, a Answer) error {
				kept.Add(1)
				return errFull
			}}})
			if !errors.Is(err, errFull) || len(a.Data) != len(pixel) {
				t.Errorf("%d bytes, %v", len(a.Data), err)
			}
		})
	}
	joined.Wait()
	time.Sleep(20 * time.Millisecond) // one that comes later begins a fetch of its own
	close(release)
	wg.Wait()
	if n := kept.Load(); n < 1 || n > 2 {
		t.Errorf("kept %d times", n)
	}
}

// TestHeldBytes: what is being read is bounded over all fetches; one that finds no room in time fails with a
// timeout, and the room is released.
func TestHeldBytes(t *testing.T) {
	pixel, stop := onePixel(), make(chan struct{})
	reading := make(chan struct{}, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			w.Header().Set("Content-Length", "1000000")
			_, _ = w.Write(pixel[:len(pixel)-10])
			w.(http.Flusher).Flush()
			reading <- struct{}{}
			<-stop
			return
		}
		_, _ = w.Write(pixel)
	}))
	defer server.Close()
	o := patient()
	o.HeldBytes, o.MaxBytes = 1<<20, 1<<20
	f := newClient(t, o)
	first := make(chan error, 1)
	go func() { _, err := f.MediaBytes(t.Context(), server.URL+"/slow"); first <- err }()
	<-reading
	for f.held.TryAcquire(100_000) {
		f.held.Release(100_000) // until the first has taken its room
		time.Sleep(time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	big := server.URL + "/slow?another"
	if _, err := f.MediaBytes(ctx, big); !errors.Is(err, ErrTimeout) {
		t.Errorf("no room: %v", err)
	}
	close(stop)
	if err := <-first; !errors.Is(err, fault.ErrSourceIncomplete) {
		t.Errorf("the first: %v", err)
	}
	if _, err := f.MediaBytes(t.Context(), server.URL+"/pixel"); err != nil {
		t.Errorf("after it: %v", err)
	}
}

// TestOneHostLeavesRoom: bodies without a length are reckoned as the longest; a host that lets many
// of them hang takes no room from another host.
func TestOneHostLeavesRoom(t *testing.T) {
	pixel, stop := onePixel(), make(chan struct{})
	var reading atomic.Int64
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.(http.Flusher).Flush() // no length
		reading.Add(1)
		<-stop
	}))
	defer slow.Close()
	other := httptest.NewServer(serves(pixel))
	defer other.Close()
	o := patient()
	o.HeldBytes = 4 * o.MaxBytes
	f := newClient(t, o)
	var wg sync.WaitGroup
	for i := range o.PerHost {
		wg.Go(func() { _, _ = f.MediaBytes(t.Context(), slow.URL+"/"+strings.Repeat("a", i)) })
	}
	for reading.Load() < int64(o.PerHost) {
		time.Sleep(time.Millisecond)
	}
	for f.held.TryAcquire(o.HeldBytes/2 + 1) { // until half is taken
		f.held.Release(o.HeldBytes/2 + 1)
		time.Sleep(time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := f.MediaBytes(ctx, other.URL); err != nil {
		t.Errorf("another host: %v", err)
	}
	close(stop)
	wg.Wait()
}

func TestFreshness(t *testing.T) {
	for _, tt := range []struct {
		cache, age string
		want       time.Duration
	}{
		{"", "", time.Minute}, {"max-age=40", "", 40 * time.Second}, {"public, Max-Age=90, immutable", "", 90 * time.Second},
		{"max-age=90", "50", 40 * time.Second}, {"max-age=90", "100", minFresh}, {"max-age=31536000", "", maxFresh},
		{"no-store", "", minFresh}, {"max-age=60, no-cache", "", minFresh}, {"max-age=-1", "", minFresh},
		{"max-age=x", "", minFresh}, {"max-age=99999999999999999999", "", minFresh},
		{`max-age="40"`, "", 40 * time.Second},
		{"max-age=90", "-5", 90 * time.Second},
	} {
		h := http.Header{"Cache-Control": {tt.cache}, "Age": {tt.age}}
		if got := freshness(h); got != tt.want {
			t.Errorf("%q, age %q: %v, want %v", tt.cache, tt.age, got, tt.want)
		}
	}
	long := http.Header{"Etag": {strings.Repeat("x", 1000)}, "Last-Modified": {strings.Repeat("x", 1000)}}
	if v := validatorsOf(long); v != (Validators{}) {
		t.Errorf("%d bytes are remembered", len(v.ETag)+len(v.LastModified))
	}
}

// TestPanicIsAnError: what breaks while a photo is kept is the error of that fetch, and the next one works.
func TestPanicIsAnError(t *testing.T) {
	server := httptest.NewServer(serves(onePixel()))
	defer server.Close()
	f := newClient(t, patient())
	broken := Keep{Way: "broken", Do: func(context.Context, Answer) error { panic("a shelf fell") }}
	_, err := f.Media(t.Context(), server.URL, Request{Keep: broken})
	if !errors.Is(err, ErrUnavailable) || !strings.Contains(err.Error(), "a shelf fell") {
		t.Errorf("%v", err)
	}
	if data, err := f.MediaBytes(t.Context(), server.URL); err != nil || !bytes.Equal(data, onePixel()) {
		t.Errorf("afterwards: %v", err)
	}
}
