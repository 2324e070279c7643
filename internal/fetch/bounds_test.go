package fetch

import (
	"errors"
	"strconv"
	"testing"
	"time"
)

// TestFailuresAreBounded: the failures of ever more addresses take no more memory, and the last one is remembered.
func TestFailuresAreBounded(t *testing.T) {
	f := newFailures(time.Hour)
	for i := range 3*maxFailures + 7 {
		key := strconv.Itoa(i)
		f.remember(key, errors.New("refused"))
		if len(f.until) > maxFailures || f.recent(key) == nil {
			t.Fatalf("%d failures are remembered; the last: %v", len(f.until), f.recent(key))
		}
	}
}
