package timed

import (
	"context"
	"errors"
	"testing"
	"time"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
)

// broken is a store whose calls fail with an error.
type broken struct {
	store.Store

	err error
}

func (b broken) Article(context.Context, string) (store.Record, error) { return store.Record{}, b.err }

// TestFailures: an answer is no failure of the store.
func TestFailures(t *testing.T) {
	for err, want := range map[error]bool{
		nil: false, store.ErrNotFound: false, store.ErrGone: false, store.ErrCodeTaken: false, context.Canceled: false,
		store.ErrUnavailable: true, context.DeadlineExceeded: true, errors.New("disk"): true,
		fault.New(fault.Precondition, "changed"): false,
	} {
		told := 0
		s := New(broken{err: err}, func(operation string, took time.Duration, failed bool) {
			if told++; operation != "article" || took < 0 || failed != want {
				t.Errorf("%v: %s failed: %v", err, operation, failed)
			}
		})
		if _, got := s.Article(t.Context(), "a"); !errors.Is(got, err) || told != 1 {
			t.Errorf("%v: %v, told %d times", err, got, told)
		}
	}
}
