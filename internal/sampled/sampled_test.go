package sampled

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestOneLineAMinute: each message and code has one line a minute, with the number of events since the last line.
func TestOneLineAMinute(t *testing.T) {
	var out bytes.Buffer
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	l := New(slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{ReplaceAttr: withoutTime})), func() time.Time { return at })
	for range 61 {
		l.Log(t.Context(), slog.LevelWarn, "refused", "overloaded", errors.New("full"))
		l.Log(t.Context(), slog.LevelError, "refused", "unavailable", errors.New("disk"), "of", "a")
		at = at.Add(time.Second)
	}
	want := `level=WARN msg=refused code=overloaded count=1 error=full
level=ERROR msg=refused code=unavailable count=1 error=disk of=a
level=WARN msg=refused code=overloaded count=60 error=full
level=ERROR msg=refused code=unavailable count=60 error=disk of=a`
	if got := strings.TrimSpace(out.String()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestTheLastEventsAreCounted: events after the last line have a line when the minute is over, although none follows.
func TestTheLastEventsAreCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		l := New(slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{ReplaceAttr: withoutTime})), time.Now)
		ctx, cancel := context.WithCancel(t.Context())
		for n := range 5 {
			l.Log(ctx, slog.LevelError, "refused", "unavailable", fmt.Errorf("disk %d", n))
			time.Sleep(time.Second)
		}
		cancel()
		time.Sleep(3 * Interval)
		synctest.Wait()
		want := `level=ERROR msg=refused code=unavailable count=1 error="disk 0"
level=ERROR msg=refused code=unavailable count=4 error="disk 4"`
		if got := strings.TrimSpace(out.String()); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	})
}

// TestEventsAreBounded: ever more different events take no more memory.
func TestEventsAreBounded(t *testing.T) {
	l := New(slog.New(slog.DiscardHandler), time.Now)
	for i := range 10 * maxEvents {
		l.Log(t.Context(), slog.LevelWarn, "refused", strconv.Itoa(i), errors.New("full"))
	}
	if len(l.seen) > maxEvents {
		t.Errorf("%d events are counted", len(l.seen))
	}
}

func withoutTime(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}
