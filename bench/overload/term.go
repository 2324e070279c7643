package main

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"sync"
	"time"
)

// termLanes is the number of concurrent requests: one is drawn and one waits for each processor.
var termLanes = 2 * runtime.NumCPU()

const (
	termAfter = 2 * time.Second
	mostExit  = 20 * time.Second
)

// terminate stops the service while it draws cards. All requests sent before that must be answered.
func terminate(ctx context.Context, c *crowd, p *promises) error {
	fmt.Printf("SIGTERM with %d requests in flight\n", termLanes)
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
	return nil
}

func (p *promises) ending(all []answer, asked time.Time, took time.Duration, ready int, exit error) {
	inFlight, failed := 0, 0
	why := ""
	for _, a := range all {
		if a.began.Before(asked) && a.began.Add(a.took).After(asked) {
			inFlight++
			if a.status != http.StatusOK {
				failed++
				why = fmt.Sprintf(": status %d %v", a.status, a.err)
			}
		}
	}
	p.hold("requests in flight that failed", failed == 0 && inFlight > 0, "none", "%d of %d%s", failed, inFlight, why)
	said := fmt.Sprintf("status %d", ready)
	if ready == 0 {
		said = "refused"
	}
	p.hold("readiness 20 ms later, on a new connection", ready == http.StatusServiceUnavailable,
		"503 at once", "%s", said)
	p.hold("exit", exit == nil && took <= mostExit, "status 0 within 20 s", "%v, after %v", status(exit),
		took.Round(time.Millisecond))
}

func status(exit error) string {
	if exit == nil {
		return "status 0"
	}
	return exit.Error()
}
