package app

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestWatch: a part that fails is logged once for each reason, and once when it works again.
func TestWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gone, other := errors.New("gone"), errors.New("damaged")
		answers := []error{nil, gone, gone, gone, other, other, nil, nil, gone, nil}
		var out bytes.Buffer
		ctx, stop := context.WithCancel(t.Context())
		began := time.Now()
		watched{"database", func(context.Context) error {
			next := answers[0]
			if answers = answers[1:]; len(answers) == 0 {
				stop()
			}
			return next
		}}.watch(ctx, slog.New(slog.NewTextHandler(&out, nil)))
		want := []string{
			"level=ERROR removed part=database error=gone", "level=ERROR yet part=database error=damaged",
			"level=WARN part=database back seconds=2.5", "level=ERROR removed part=database error=gone",
		}
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		if len(lines) != len(want) {
			t.Fatalf("log:\n%s", out.String())
		}
		for i, line := range lines {
			for part := range strings.FieldsSeq(want[i]) {
				if !strings.Contains(line, part) {
					t.Errorf("line %d is %s, want %s", i, line, want[i])
				}
			}
		}
		if took := time.Since(began); took != 9*watchEvery {
			t.Errorf("10 checks in %s", took)
		}
	})
}
