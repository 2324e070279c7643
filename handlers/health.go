package handlers

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/sync/singleflight"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/fault"
)

// Part is something that the service depends on: its database, or the folder of its pictures.
type Part struct {
	Name string
	Ping func(context.Context) error // checks that it can be read and written now
}

func (s *server) healthz(c echo.Context) error {
	return answer.Private(c).String(http.StatusOK, "ok\n")
}

// readyz answers 200 if the service should get requests. While it starts or drains, or while a part of it
// fails, it answers 503 and names the part.
func (s *server) readyz(c echo.Context) error {
	if !s.Ready() {
		return errNotReady
	}
	if err := s.readiness.check(c.Request().Context(), s.Parts, s.Now); err != nil {
		return err
	}
	return answer.Private(c).String(http.StatusOK, "ready\n")
}

const (
	readyFor = time.Second     // how long a result is cached: the route is public, and a check writes to the disk
	pingWait = 2 * time.Second // time limit of the check of a part
)

// readiness caches the result of checking the parts. It is safe for concurrent use.
type readiness struct {
	flight singleflight.Group
	mu     sync.Mutex
	at     time.Time
	err    error
}

// check returns the result of a check that is at most readyFor old. Concurrent requests share one check, and none
// waits longer than pingWait: a disk that hangs does not answer, whatever the time limit of its check.
func (r *readiness) check(ctx context.Context, parts []Part, now func() time.Time) error {
	r.mu.Lock()
	at, err := r.at, r.err
	r.mu.Unlock()
	if now().Sub(at) < readyFor {
		return err
	}
	checked := r.flight.DoChan("", func() (any, error) {
		return nil, r.renew(context.WithoutCancel(ctx), parts, now)
	})
	waiting, cancel := context.WithTimeoutCause(ctx, pingWait, errSlowParts)
	defer cancel()
	select {
	case result := <-checked:
		return result.Err
	case <-waiting.Done():
		return context.Cause(waiting)
	}
}

// renew checks the parts and caches the result.
func (r *readiness) renew(ctx context.Context, parts []Part, now func() time.Time) error {
	ctx, cancel := context.WithTimeout(ctx, pingWait)
	defer cancel()
	errs := make([]error, len(parts))
	var pinging sync.WaitGroup
	for i, part := range parts { // side by side: one that hangs takes no time from the others
		pinging.Go(func() { errs[i] = part.Ping(ctx) })
	}
	pinging.Wait()
	var failing, removed, causes []string
	for i, part := range parts {
		err := errs[i]
		switch {
		case err == nil:
			continue
		case errors.Is(err, fault.ErrRemoved):
			removed = append(removed, part.Name)
		default:
			failing = append(failing, part.Name)
		}
		causes = append(causes, part.Name+": "+err.Error())
	}
	var err error
	if len(causes) > 0 {
		err = fault.Public(fault.Unavailable, "not ready: "+strings.Join(causes, "; "),
			"not ready: "+sentence(failing, removed))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at, r.err = now(), err
	return err
}

// sentence says which parts fail, and of which the files were removed or replaced.
func sentence(failing, removed []string) string {
	var all []string
	if len(failing) > 0 {
		all = append(all, "cannot read and write the "+strings.Join(failing, " and the "))
	}
	if len(removed) > 0 {
		all = append(all, "the files of the "+strings.Join(removed, " and of the ")+" were removed or replaced")
	}
	return strings.Join(all, "; ")
}
