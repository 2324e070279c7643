package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"time"
)

// termLanes is the number of concurrent requests: one is drawn and one waits for each processor.
var termLanes = 2 * runtime.NumCPU()

const (
	termAfter = 2 * time.Second
	mostExit  = 20 * time.Second
)

// terminate stops the service while it draws cards. All requests must be answered until it accepts no connections.
func terminate(ctx context.Context, c *crowd, p *promises) {
	fmt.Fprintf(p.out, "SIGTERM with %d requests in flight\n", termLanes)
	loading, cancel := context.WithCancel(ctx)
	defer cancel()
	var mu sync.Mutex
	var all []answer
	var wg sync.WaitGroup
	for range termLanes {
		wg.Go(func() {
			for loading.Err() == nil {
				a := c.get(ctx, c.card())
				mu.Lock()
				all = append(all, a)
				mu.Unlock()
				if a.status == 0 {
					return // the service has stopped
				}
			}
		})
	}
	time.Sleep(termAfter)
	asked := time.Now()
	readiness := make(chan int, 1)
	go func() { time.Sleep(20 * time.Millisecond); readiness <- c.ready() }()
	exit := c.s.Stop()
	took := time.Since(asked)
	cancel()
	wg.Wait()
	p.ending(all, asked, took, <-readiness, exit)
}

// ending judges the end of the service, which was asked for at a time and took so long.
func (p *promises) ending(all []answer, asked time.Time, took time.Duration, ready int, exit error) {
	inFlight, later := after(all, asked)
	failed := append(slices.Clone(inFlight), later...)
	failed = slices.DeleteFunc(failed, func(a answer) bool { return a.status == http.StatusOK })
	why := ""
	if len(failed) > 0 {
		why = fmt.Sprintf(": status %d %v", failed[0].status, failed[0].err)
	}
	p.hold("requests in flight, or sent later, that failed", len(failed) == 0 && len(inFlight) > 0 && len(later) > 0,
		"none", "%d of %d and %d%s", len(failed), len(inFlight), len(later), why)
	said := fmt.Sprintf("status %d", ready)
	if ready == 0 {
		said = "refused"
	}
	p.hold("readiness 20 ms later, on a new connection", ready == http.StatusServiceUnavailable,
		"503 at once", "%s", said)
	p.hold("exit", exit == nil && took <= mostExit, "status 0 within 20 s", "%v, after %v", status(exit),
		took.Round(time.Millisecond))
}

// after returns the answers to requests that were in flight at a time, and to those that were sent later, except those
// to which the listener was closed already.
func after(all []answer, asked time.Time) (inFlight, later []answer) {
	for _, a := range all {
		switch {
		case a.began.Add(a.took).Before(asked):
		case a.began.Before(asked):
			inFlight = append(inFlight, a)
		case !errors.Is(a.err, syscall.ECONNREFUSED):
			later = append(later, a)
		}
	}
	return inFlight, later
}

func status(exit error) string {
	if exit == nil {
		return "status 0"
	}
	return exit.Error()
}
