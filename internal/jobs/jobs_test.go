package jobs

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

// TestRun: a job runs at once and again after its interval, even if the run before failed or panicked. It does not run
// after the context ends.
func TestRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, end := context.WithCancel(t.Context())
		var out bytes.Buffer
		var runs []time.Duration
		began := time.Now()
		job := Job{Name: "tidy", Every: time.Hour, Run: func(context.Context) (int, error) {
			runs = append(runs, time.Since(began))
			switch len(runs) {
			case 1:
				return 3, nil
			case 2:
				return 0, errors.New("disk")
			case 3:
				panic("broken")
			case 5:
				end()
				return 1, context.Canceled
			}
			return 0, nil
		}}
		Run(ctx, slog.New(slog.NewTextHandler(&out, nil)), job)
		if len(runs) != 5 || runs[0] != 0 || runs[4] != 4*time.Hour {
			t.Errorf("runs at %v", runs)
		}
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		for i, want := range []string{`msg="job done" job=tidy changed=3`, `msg="job failed" job=tidy error=disk`, `error="panic: broken`} {
			if len(lines) != 3 || !strings.Contains(lines[i], want) {
				t.Fatalf("log:\n%s", out.String())
			}
		}
	})
}

// TestJobsDoNotWaitForEachOther: a slow job does not delay the others, and Run waits for all.
func TestJobsDoNotWaitForEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, end := context.WithCancel(t.Context())
		fast, ended := 0, false
		slow := Job{Name: "slow", Every: time.Hour, Run: func(ctx context.Context) (int, error) {
			<-ctx.Done()
			time.Sleep(time.Second) // it needs a moment to stop
			ended = true
			return 0, ctx.Err()
		}}
		quick := Job{Name: "quick", Every: time.Minute, Run: func(context.Context) (int, error) {
			if fast++; fast == 10 {
				end()
			}
			return 0, nil
		}}
		Run(ctx, slog.New(slog.DiscardHandler), slow, quick)
		if fast != 10 || !ended {
			t.Errorf("%d quick runs, the slow one has ended: %t", fast, ended)
		}
	})
}
