package s3

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"newsroom.example/cards/internal/blob"
)

// hang is a call that is never answered.
func hang(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }

// TestBreaker: which results of calls make a breaker refuse the next one.
func TestBreaker(t *testing.T) {
	refused := errors.New("refused")
	for _, tt := range []struct {
		why   string
		calls []error
		open  bool
	}{
		{"nothing", nil, false},
		{"two failures", []error{refused, refused}, false},
		{"three failures", []error{refused, refused, refused}, true},
		{"failures, but not in a row", []error{refused, refused, nil, refused, refused}, false},
		{"answers", []error{blob.ErrNotFound, errTaken, blob.ErrNotFound, errLarge, blob.ErrNotFound}, false},
		{"failures between answers", []error{refused, refused, blob.ErrNotFound, refused}, false},
	} {
		b := newBreaker(hang, time.Hour, func(error, time.Duration) {})
		for _, err := range tt.calls {
			if got := b.do(t.Context(), time.Minute, func(context.Context) error { return err }); !errors.Is(got, err) {
				t.Errorf("%s: %v, want %v", tt.why, got, err)
			}
		}
		called := false
		err := b.do(t.Context(), time.Minute, func(context.Context) error { called = true; return nil })
		if called == tt.open || errors.Is(err, errOpen) != tt.open {
			t.Errorf("%s: called %t, %v", tt.why, called, err)
		}
		b.end()
	}
}

// TestBreakerTimes: a caller waits for the limit once; the next ones wait for nothing, also while the store is probed,
// at once and then each second; when it answers, calls are made again.
func TestBreakerTimes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began, events, probes := time.Now(), []string{}, []time.Duration{}
		probe := func(ctx context.Context) error {
			probes = append(probes, time.Since(began))
			if time.Since(began) < 3*time.Second {
				ctx, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
				defer cancel()
				return hang(ctx)
			}
			return nil
		}
		b := newBreaker(probe, time.Second, func(err error, after time.Duration) { events = append(events, fmt.Sprint(err, " ", after)) })
		defer b.end()
		if err := b.do(t.Context(), 100*time.Millisecond, hang); !errors.Is(err, errSlow) || time.Since(began) != 100*time.Millisecond {
			t.Errorf("the first: %v after %s", err, time.Since(began))
		}
		for range 20 {
			before := time.Now()
			if err := b.do(t.Context(), 100*time.Millisecond, hang); !errors.Is(err, errOpen) || time.Since(before) != 0 {
				t.Errorf("after %s: %v after %s", before.Sub(began), err, time.Since(before))
			}
			time.Sleep(100 * time.Millisecond)
		}
		time.Sleep(2 * time.Second)
		if err := b.do(t.Context(), time.Second, func(context.Context) error { return nil }); err != nil {
			t.Errorf("afterwards: %v", err)
		}
		synctest.Wait()
		if fmt.Sprint(probes) != "[100ms 1.2s 2.3s 3.4s]" || fmt.Sprint(events) != "[no answer in time 0s <nil> 3.3s]" {
			t.Errorf("probed %v; %q", probes, events)
		}
	})
}

// TestCallersThatLeave: a caller that leaves gets its own error, and says nothing about the store.
func TestCallersThatLeave(t *testing.T) {
	b := newBreaker(hang, time.Hour, func(error, time.Duration) {})
	defer b.end()
	for range 2 * maxFailures {
		ctx, leave := context.WithCancel(t.Context())
		err := b.do(ctx, time.Minute, func(ctx context.Context) error { leave(); return hang(ctx) })
		if !errors.Is(err, context.Canceled) || b.isOpen() {
			t.Errorf("%v, open %t", err, b.isOpen())
		}
		if err := b.do(ctx, time.Minute, func(context.Context) error { t.Error("called"); return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("one that has left: %v", err)
		}
	}
}
