package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsroom.example/cards/internal/fault"
)

// waits is a context that calls begun when a request begins to wait for its answer.
type waits struct {
	context.Context
	begun func()
}

func (w waits) Done() <-chan struct{} {
	w.begun()
	return w.Context.Done()
}

// TestManyAskNow: many fresh requests for one photo take two fetches, one that runs when they come and one
// after it, and all get what the source has then.
func TestManyAskNow(t *testing.T) {
	const many = 48
	var asked atomic.Int64
	asking, answer := make(chan struct{}), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", fmt.Sprintf(`"%d"`, asked.Add(1)))
		asking <- struct{}{}
		<-answer
		_, _ = w.Write(onePixel())
	}))
	defer server.Close()
	f := newClient(t, patient())
	var all, waiting sync.WaitGroup
	request := func(want string) {
		all.Add(1)
		waiting.Add(1)
		ctx := waits{t.Context(), sync.OnceFunc(waiting.Done)}
		go func() {
			defer all.Done()
			a, err := f.Media(ctx, server.URL, Request{Fresh: true})
			if err != nil || len(a.Data) == 0 || a.Validators.ETag != want {
				t.Errorf("answer %s, want %s: %v", a.Validators.ETag, want, err)
			}
		}()
	}
	request(`"1"`)
	<-asking
	for range many {
		request(`"2"`)
	}
	waiting.Wait()
	answer <- struct{}{}
	<-asking
	request(`"3"`)
	waiting.Wait()
	answer <- struct{}{}
	<-asking
	answer <- struct{}{}
	all.Wait()
	if n := asked.Load(); n != 3 {
		t.Errorf("asked %d times", n)
	}
	f.fresh.mu.Lock()
	defer f.fresh.mu.Unlock()
	if len(f.fresh.next) != 0 {
		t.Errorf("%d fetches are left", len(f.fresh.next))
	}
}

// TestSharedFreshFetch: requests that know different versions get the whole photo, and keys do not wait for
// each other.
func TestSharedFreshFetch(t *testing.T) {
	fetches := freshFetches{next: map[string]*flight{}}
	hold := make(chan struct{})
	fetch := func(known Validators) (Answer, error) {
		<-hold
		return Answer{Validators: known}, nil
	}
	a, b := Validators{ETag: `"a"`}, Validators{ETag: `"b"`}
	running := fetches.join("one", a, fetch)
	same, again := fetches.join("one", b, fetch), fetches.join("one", b, fetch)
	if running == same || same != again {
		t.Error("the ones that wait do not share the next fetch")
	}
	if mixed := fetches.join("one", a, fetch); mixed != same {
		t.Error("another version has a fetch of its own")
	}
	other := fetches.join("another", b, fetch)
	if other == running || other == same {
		t.Error("another photo shares the fetch")
	}
	close(hold)
	for name, tt := range map[string]struct {
		*flight
		want Validators
	}{"running": {running, a}, "mixed": {same, Validators{}}, "another": {other, b}} {
		if <-tt.done; tt.answer.Validators != tt.want {
			t.Errorf("%s: asked with %+v", name, tt.answer.Validators)
		}
	}
}

// TestWaitForAHost: waiting for a slot is not part of the source's time. A request that waits too long fails
// because of the load, which says nothing about the source: the next one asks it.
func TestWaitForAHost(t *testing.T) {
	server := httptest.NewServer(serves(onePixel()))
	defer server.Close()
	at, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	o := patient()
	o.PerHost, o.Forget, o.SlotWait = 1, time.Hour, time.Millisecond
	f := newClient(t, o)
	_, release, err := f.hosts.acquire(t.Context(), addressOf(at))
	if err != nil {
		t.Fatal(err)
	}
	for _, fresh := range []bool{false, true} {
		_, err := f.Media(t.Context(), server.URL, Request{Fresh: fresh})
		if !errors.Is(err, fault.ErrPhotoOverloaded) || errors.Is(err, ErrTimeout) || !Outage(err) {
			t.Errorf("fresh %t: %v", fresh, err)
		}
	}
	if _, err := f.Page(t.Context(), server.URL); !errors.Is(err, fault.ErrPhotoOverloaded) {
		t.Errorf("a page: %v", err)
	}
	f.opts.SlotWait, f.opts.Timeout = time.Minute, time.Second
	done := make(chan error, 1)
	var waiting sync.WaitGroup
	waiting.Add(1)
	go func() {
		_, err := f.Media(waits{t.Context(), sync.OnceFunc(waiting.Done)}, server.URL, Request{})
		done <- err
	}()
	waiting.Wait()
	time.Sleep(f.opts.Timeout + 100*time.Millisecond)
	release()
	if err := <-done; err != nil {
		t.Errorf("after the wait: %v", err)
	}
}

// TestWaitForMemory: a body for which there is no room in time is the load's fault, not the source's.
func TestWaitForMemory(t *testing.T) {
	server := httptest.NewServer(serves(onePixel()))
	defer server.Close()
	o := patient()
	o.Forget = time.Hour
	f := newClient(t, o)
	if !f.held.TryAcquire(o.HeldBytes) {
		t.Fatal("the memory is taken")
	}
	f.opts.Timeout = 100 * time.Millisecond
	_, err := f.MediaBytes(t.Context(), server.URL)
	if !errors.Is(err, fault.ErrPhotoOverloaded) || errors.Is(err, ErrTimeout) {
		t.Errorf("no room: %v", err)
	}
	f.held.Release(o.HeldBytes)
	f.opts.Timeout = o.Timeout
	if _, err := f.MediaBytes(t.Context(), server.URL); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
