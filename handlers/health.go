package handlers

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/fault"
)

// Part is something that the service needs: its database, the folder of its pictures.
type Part struct {
	Name string
	Ping func(context.Context) error // whether it can be read and written now
}

func (s *server) healthz(c echo.Context) error {
	return answer.Private(c).String(http.StatusOK, "ok\n")
}

// readyz says whether requests should come here: not while starting or draining, nor while a part of the
// service fails, which it names.
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
	readyFor = time.Second     // what was found holds: anyone may ask, and finding out writes to the disk
	pingWait = 2 * time.Second // the longest that a part may take to answer
)

// readiness remembers what was found of the parts. It is safe for concurrent use.
type readiness struct {
	mu  sync.Mutex
	at  time.Time
	err error
}

func (r *readiness) check(ctx context.Context, parts []Part, now func() time.Time) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now().Sub(r.at) < readyFor {
		return r.err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), pingWait)
	defer cancel()
	var names []string
	var causes []string
	for _, part := range parts {
		if err := part.Ping(ctx); err != nil {
			names, causes = append(names, part.Name), append(causes, part.Name+": "+err.Error())
		}
	}
	r.at, r.err = now(), nil
	if len(names) > 0 {
		r.err = fault.Public(fault.Unavailable, "not ready: "+strings.Join(causes, "; "),
			"not ready: cannot read and write the "+strings.Join(names, " and the "))
	}
	return r.err
}
