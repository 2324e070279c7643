package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// partState is what an operator sees of a part of the service.
type partState struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Reason string `json:"reason,omitempty"` // why it does not work
	Detail string `json:"detail,omitempty"` // such as how much waits
}

// part is a part of the service that can be checked.
type part struct {
	name  string
	check func(ctx context.Context) (detail string, err error)
}

// state is the state of all parts. It is safe for concurrent use, once all parts are added.
type state struct {
	parts  []part
	flight singleflight.Group // by part: a check that hangs is not begun again

	mu   sync.Mutex
	at   time.Time
	last []partState
}

const (
	stateFor  = time.Second     // how long a result is used again: a check writes to the disk and the database
	stateWait = 2 * time.Second // limit of the check of a part
)

var errNoAnswer = errors.New("does not answer")

// add adds a part.
func (s *state) add(name string, check func(ctx context.Context) (detail string, err error)) {
	s.parts = append(s.parts, part{name, check})
}

// check checks all parts side by side, unless that was done a moment ago. It takes stateWait at most, whatever hangs.
func (s *state) check(ctx context.Context) []partState {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Since(s.at) < stateFor {
		return s.last
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stateWait)
	defer cancel()
	all := make([]partState, len(s.parts))
	var checking sync.WaitGroup
	for i, p := range s.parts {
		checking.Go(func() { all[i] = s.checkOne(ctx, p) })
	}
	checking.Wait()
	s.at, s.last = time.Now(), all
	return all
}

// checkOne checks a part until ctx ends.
func (s *state) checkOne(ctx context.Context, p part) partState {
	done := s.flight.DoChan(p.name, func() (any, error) {
		detail, err := p.check(ctx)
		return detail, err
	})
	select {
	case r := <-done:
		detail, _ := r.Val.(string)
		if r.Err != nil {
			return partState{Name: p.name, Reason: oneLine(r.Err.Error()), Detail: detail}
		}
		return partState{Name: p.name, OK: true, Detail: detail}
	case <-ctx.Done():
		return partState{Name: p.name, Reason: errNoAnswer.Error()}
	}
}

// maxReason is the length of the longest reason that is shown, in bytes.
const maxReason = 500

// oneLine returns a reason as one short line.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return strings.ToValidUTF8(s[:min(len(s), maxReason)], "")
}

// ServeHTTP answers an operator: 200 if all parts work, otherwise 503. With the parameter verbose it lists the parts,
// as text or, if the request accepts that, as JSON.
func (s *state) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	parts, status, ready := s.check(r.Context()), http.StatusOK, true
	for _, p := range parts {
		if !p.OK {
			status, ready = http.StatusServiceUnavailable, false
		}
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		answer := struct {
			Ready bool        `json:"ready"`
			Parts []partState `json:"parts,omitempty"`
		}{Ready: ready}
		if r.URL.Query().Has("verbose") {
			answer.Parts = parts
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(answer) // fails only if the client has gone
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	if r.URL.Query().Has("verbose") {
		for _, p := range parts {
			_, _ = fmt.Fprintln(w, p)
		}
	}
	_, _ = fmt.Fprintln(w, map[bool]string{true: "ready", false: "not ready"}[ready])
}

// String returns the line of a part.
func (p partState) String() string {
	said := "ok"
	if !p.OK {
		said = "failed: " + p.Reason
	}
	if p.Detail != "" {
		said += " (" + p.Detail + ")"
	}
	return p.Name + ": " + said
}
