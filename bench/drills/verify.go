package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"newsroom.example/cards/bench/internal/instance"
)

// mostRecovery is the promised time from the end of a fault until the service is ready.
const mostRecovery = 5 * time.Second

// fault is how a drill breaks the service.
type fault struct {
	parts    []string           // that /readyz must name, the first is the one that is replaced; none: it may stay ready
	said     string             // must be in one line of the log; empty: nothing must
	begin    func() error       // breaks it
	end      func() error       // repairs it; nil: the service repairs itself
	replaced bool               // what was acknowledged before the repair is gone with the files
	lasts    time.Duration      // how long; 0: as long as all
	after    func(*load, fault) // checks what only this fault promises; nil: nothing
	calm     time.Duration      // of load before it; 0: a second
	pace     int                // of the load; 0: the usual one

	began, broken, ended, repaired time.Time // before and after begin, before and after end
}

// onItsWay is how long an answer may take to reach the client. Answers that come later after the files were removed
// acknowledge what was stored since.
const onItsWay = 250 * time.Millisecond

// during runs the service under load, breaks it, and checks what is promised.
func (b *bench) during(ctx context.Context, f fault) error {
	s, err := b.startWith(ctx, b.program)
	if err != nil {
		return err
	}
	l, err := newLoad(ctx, s)
	if err == nil {
		l.pace = max(f.pace, 1)
		err = b.suffer(ctx, l, &f)
	}
	if err != nil {
		return errors.Join(err, s.Kill())
	}
	b.meanwhile(l, f)
	if f.after != nil {
		f.after(l, f)
	}
	b.acknowledged(ctx, l, f, "afterwards")
	b.out.row = b.row(l, f)
	if err := s.Kill(); err != nil {
		return err
	}
	if len(l.wrong) > 0 {
		fmt.Printf("  the service has logged:\n%s\n", s.Said())
	}
	if f.said != "" {
		n := strings.Count(s.Said(), f.said)
		b.hold("lines about it in the log", n == 1, "one", "%d", n)
	}
	again, err := b.startWith(ctx, b.program)
	if err != nil {
		return err
	}
	l.move(again)
	b.acknowledged(ctx, l, f, "after kill -9 and a start")
	return again.Stop()
}

func (b *bench) startWith(ctx context.Context, program string) (*instance.Service, error) {
	s, err := instance.Start(ctx, program, b.data, b.settings()...)
	if err == nil {
		b.pid = s.PID()
	}
	return s, err
}

// settings are the flags of the service.
func (b *bench) settings() []string {
	return append([]string{"--click-window", "0s", "--drain", "0s"}, b.flags...)
}

// startLoaded starts the service with what the load needs.
func (b *bench) startLoaded(ctx context.Context) (*instance.Service, *load, error) {
	s, err := b.startWith(ctx, b.program)
	if err != nil {
		return nil, nil, err
	}
	l, err := newLoad(ctx, s)
	return s, l, err
}

// move continues with another process of the service.
func (l *load) move(s *instance.Service) { l.s = s }

// suffer breaks the service under load, and repairs it.
func (b *bench) suffer(ctx context.Context, l *load, f *fault) error {
	loading, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); l.run(loading) }()
	defer func() { stop(); <-done }()
	time.Sleep(max(f.calm, time.Second))
	f.began = time.Now()
	if err := f.begin(); err != nil {
		return err
	}
	f.broken = time.Now()
	f.ended, f.repaired = f.broken, f.broken
	if f.end != nil {
		time.Sleep(cmp.Or(f.lasts, b.length))
		f.ended = time.Now()
		if err := f.end(); err != nil {
			return err
		}
		f.repaired = time.Now()
	}
	for time.Since(f.repaired) < mostRecovery+time.Second && !l.worksSince(f.repaired) {
		time.Sleep(50 * time.Millisecond)
	}
	time.Sleep(time.Second)
	return nil
}

// worksSince reports whether the last answer of /readyz is of a second after the time or later, and 200, and everything
// was stored again since.
func (l *load) worksSince(t time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	last := l.readiness[len(l.readiness)-1]
	return last.at.After(t.Add(time.Second)) && last.status == http.StatusOK &&
		l.firstAfter("article", t) >= 0 && l.firstAfter("photo", t) >= 0
}

// meanwhile checks what happened during the load.
func (b *bench) meanwhile(l *load, f fault) {
	redirects, refused := len(l.clicks), l.failed("redirect")
	b.hold("redirects refused", refused == 0 && redirects > 0, "none", "%d of %d, slowest %v", refused,
		redirects+refused, l.slowest("redirect", time.Time{}, time.Now()).Round(time.Millisecond))
	b.hold("pictures refused or wrong, answers but 200, 503", len(l.wrong) == 0, "none", "%d of %d%s", len(l.wrong),
		sum(l.statuses), first(l.wrong))
	for _, what := range pictureKinds {
		b.show(what+", slowest before and during the fault", "%v and %v",
			l.slowest(what, time.Time{}, f.began).Round(time.Millisecond),
			l.slowest(what, f.began, f.repaired).Round(time.Millisecond))
	}
	b.show("articles and photos refused", "%d and %d", l.statuses["article"][http.StatusServiceUnavailable],
		l.statuses["photo"][http.StatusServiceUnavailable])
	b.ready(l, f)
	for _, what := range []string{"article", "photo"} {
		after := l.firstAfter(what, f.repaired)
		took := "never"
		if after >= 0 {
			took = after.Round(10 * time.Millisecond).String()
		}
		b.hold("a new "+what+" is stored again after", after >= 0 && after <= mostRecovery, "5 s at most", "%s", took)
	}
}

// pictureKinds are the requests for pictures.
var pictureKinds = []string{"cached picture", "new card", "new size"}

// firstAfter returns how long after the time the first request of a kind was sent that succeeded; -1: none was.
func (l *load) firstAfter(what string, t time.Time) time.Duration {
	for _, a := range l.times[what] { // in the order of the answers of one user
		if a.good && a.sent.After(t) {
			return a.sent.Add(a.took).Sub(t)
		}
	}
	return -1
}

func sum(statuses map[string]map[int]int) (n int) {
	for _, by := range statuses {
		for _, count := range by {
			n += count
		}
	}
	return n
}

// ready checks what /readyz said.
func (b *bench) ready(l *load, f fault) {
	var first, named, last ready
	between := 0 // answers of 200 during the fault, after the first 503
	for _, r := range l.readiness {
		if r.status == http.StatusOK && !first.at.IsZero() && r.at.Before(f.ended) {
			between++
		}
		if r.status == http.StatusOK || r.at.Before(f.broken) {
			continue
		}
		if last = r; first.at.IsZero() {
			first = r
		}
		if named.at.IsZero() && f.names(r) {
			named = r
		}
	}
	if len(f.parts) > 0 {
		after := "never"
		if !named.at.IsZero() {
			after = fmt.Sprintf("after %v: %s", named.at.Sub(f.broken).Round(10*time.Millisecond), messageOf(named))
		}
		b.hold("/readyz names the part", after != "never", strings.Join(f.parts, " and "), "%s", after)
		b.hold("/readyz says ready before the end", between == 0, "never", "%d times", between)
	}
	took := time.Duration(0)
	if last.at.After(f.repaired) {
		took = last.at.Sub(f.repaired)
	}
	b.out.named, b.out.again = named.at.Sub(f.broken), took
	b.hold("ready again after", took <= mostRecovery && len(l.readiness) > 0 &&
		l.readiness[len(l.readiness)-1].status == http.StatusOK, "5 s at most, no restart", "%v",
		took.Round(10*time.Millisecond))
}

// names reports whether an answer of /readyz names all parts that fail.
func (f fault) names(r ready) bool {
	for _, part := range f.parts {
		if !strings.Contains(r.message, part) {
			return false
		}
	}
	return true
}

func messageOf(r ready) string {
	var body struct{ Error struct{ Message string } }
	if err := json.Unmarshal([]byte(r.message), &body); err != nil {
		return fmt.Sprint("status ", r.status)
	}
	return strings.TrimPrefix(body.Error.Message, "not ready: ")
}

// startReading starts the service where it cannot be ready, and waits until it answers.
func (b *bench) startReading(ctx context.Context) (*instance.Service, error) {
	return instance.StartUnready(ctx, b.program, b.data, b.settings()...)
}

// untilReady waits until the service is ready.
func (b *bench) untilReady(ctx context.Context, l *load) {
	b.out.again = b.until(func() bool {
		_, _, err := l.s.Get(ctx, "/readyz")
		return err == nil
	})
	b.hold("ready again after", b.out.again <= mostRecovery, "5 s at most, no restart", "%v",
		b.out.again.Round(10*time.Millisecond))
}
