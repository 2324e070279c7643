package queue_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/internal/queue"
	"newsroom.example/cards/internal/store/postgres/pgtest"
)

// lines is a log that can be read while it is written.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lines) count(word string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.text.String(), word)
}

// TestTheDatabaseIsAway: while it is, the log says so with few lines; when it is back, jobs are done, also by a process
// that was started meanwhile.
func TestTheDatabaseIsAway(t *testing.T) {
	server := pgtest.New(t, pgtest.Options{})
	url := server.Database(t)
	e := onPostgresAt(t, url)
	var log lines
	w := queue.Worker{Kind: work, Do: func(context.Context, queue.Job) error { return nil }}
	c := queue.Config{Workers: []queue.Worker{w}, Log: slog.New(slog.NewTextHandler(&log, nil))}
	q, late := e.process(c), e.process(c)
	ctx, end := context.WithCancel(t.Context())
	var all sync.WaitGroup
	defer func() { end(); all.Wait() }()
	all.Go(func() { q.Run(ctx) })
	e.insert(true, about(work, "before"))
	e.reach(q, "completed", 1)
	server.Stop()
	all.Go(func() { late.Run(ctx) })
	for began := time.Now(); log.count("jobs are not done now") == 0 || log.count("the queue of jobs") == 0; time.Sleep(5 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatal("the log does not say so")
		}
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	onPostgresAt(t, url).insert(true, about(work, "after")) // the connections of e may be broken
	e.reach(q, "completed", 2)
	if n := log.count("\n"); n > 20 {
		t.Errorf("%d lines: %s", n, log.text.String())
	}
}
