package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"newsroom.example/cards/bench/internal/instance"
)

// mostRecovery is the promised time from the end of a fault until the service is ready.
const mostRecovery = 5 * time.Second

// fault is how a drill breaks the service.
type fault struct {
	parts    []string     // that /readyz must name, the first of them the one that is replaced; none: it may stay ready
	said     string       // must be in one line of the log; empty: nothing must
	begin    func() error // breaks it
	end      func() error // repairs it; nil: the service repairs itself
	replaced bool         // what was acknowledged before the repair is gone with the files

	began, broken, ended time.Time // before and after begin, and before end
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
		err = b.suffer(ctx, l, &f)
	}
	if err != nil {
		return errors.Join(err, s.Kill())
	}
	b.meanwhile(l, f)
	b.acknowledged(ctx, l, f, "afterwards")
	if err := s.Kill(); err != nil {
		return err
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
	s, err := instance.Start(ctx, program, b.data, "--click-window", "0s", "--drain", "0s")
	if err == nil {
		b.pid = s.PID()
	}
	return s, err
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
	time.Sleep(time.Second)
	f.began = time.Now()
	if err := f.begin(); err != nil {
		return err
	}
	f.broken = time.Now()
	if f.ended = f.broken; f.end != nil {
		time.Sleep(b.length)
		f.ended = time.Now()
		if err := f.end(); err != nil {
			return err
		}
	}
	for time.Since(f.ended) < mostRecovery+time.Second && !l.readySince(f.ended.Add(time.Second)) {
		time.Sleep(50 * time.Millisecond)
	}
	time.Sleep(time.Second)
	return nil
}

// readySince reports whether the last answer of /readyz is of after the time, and 200.
func (l *load) readySince(t time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	last := l.readiness[len(l.readiness)-1]
	return last.at.After(t) && last.status == http.StatusOK
}

// meanwhile checks what happened during the load.
func (b *bench) meanwhile(l *load, f fault) {
	redirects, refused := len(l.clicks), l.failed("redirect")
	b.hold("redirects refused", refused == 0 && redirects > 0, "none", "%d of %d, slowest %v", refused,
		redirects+refused, l.slowest.Round(time.Millisecond))
	why := ""
	if len(l.wrong) > 0 {
		why = ": " + l.wrong[0]
	}
	b.hold("pictures refused or wrong, answers but 200, 503", len(l.wrong) == 0, "none", "%d of %d%s", len(l.wrong),
		sum(l.statuses), why)
	b.show("articles and photos refused", "%d and %d", l.statuses["article"][http.StatusServiceUnavailable],
		l.statuses["photo"][http.StatusServiceUnavailable])
	b.ready(l, f)
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
		if r.status == http.StatusOK || r.at.Before(f.began) {
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
			after = fmt.Sprintf("after %v: %s", named.at.Sub(f.began).Round(10*time.Millisecond), messageOf(named))
		}
		b.hold("/readyz names the part", after != "never", strings.Join(f.parts, " and "), "%s", after)
		b.hold("/readyz says ready before the end", between == 0, "never", "%d times", between)
	}
	took := time.Duration(0)
	if last.at.After(f.ended) {
		took = last.at.Sub(f.ended)
	}
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

// acknowledged checks that everything that was acknowledged is stored. Of what was in files that were replaced, that is
// what was acknowledged since they were removed.
func (b *bench) acknowledged(ctx context.Context, l *load, f fault, when string) {
	lost, checked := 0, 0
	for id, a := range l.articles {
		if a.at.Before(f.removed(database)) {
			continue
		}
		checked++
		raw, _, err := l.s.Get(ctx, "/v1/articles/"+id)
		var answer struct{ Version string }
		if err != nil || json.Unmarshal(raw, &answer) != nil || answer.Version != a.version {
			lost++
		}
	}
	b.hold("acknowledged articles lost, "+when, lost == 0 && checked > 0, "none", "%d of %d", lost, checked)
	b.clicks(ctx, l, f.removed(database), when)
	b.photos(l, f.removed(pictures), when)
}

// removed returns when the files of the part were removed, or the zero time if they came back.
func (f fault) removed(part string) time.Time {
	if f.replaced && f.parts[0] == part {
		return f.broken.Add(onItsWay)
	}
	return time.Time{}
}

// clicks checks the sum of the clicks.
func (b *bench) clicks(ctx context.Context, l *load, since time.Time, when string) {
	raw, _, err := l.s.Get(ctx, "/v1/articles/"+story+"/stats")
	var answer struct{ Raw int } // also those over the share of a network
	if err == nil {
		err = json.Unmarshal(raw, &answer)
	}
	least := 0
	for _, at := range l.clicks {
		if !at.Before(since) {
			least++
		}
	}
	b.hold("acknowledged clicks, "+when, err == nil && answer.Raw >= least && answer.Raw <= len(l.clicks)+l.cutOff,
		"each stored once", "%d stored of %d", answer.Raw, least)
}

// photos checks the files of the uploads.
func (b *bench) photos(l *load, since time.Time, when string) {
	lost, checked := 0, 0
	for id, at := range l.photos {
		if at.Before(since) {
			continue
		}
		checked++
		if !wholePhoto(filepath.Join(b.data, "pictures"), "photo-"+strings.TrimPrefix(id, "upload:")) {
			lost++
		}
	}
	b.hold("acknowledged photos lost, "+when, lost == 0 && checked > 0, "none", "%d of %d", lost, checked)
}

// wholePhoto reports whether the folder has the photo as it was stored: behind its hash.
func wholePhoto(dir, name string) bool {
	folder := sha256.Sum256([]byte(name))
	raw, err := os.ReadFile(filepath.Join(dir, hex.EncodeToString(folder[:1]), name))
	if err != nil || len(raw) < sha256.Size {
		return false
	}
	sum := sha256.Sum256(raw[sha256.Size:])
	return bytes.Equal(sum[:], raw[:sha256.Size])
}

// startReading starts the service where it cannot be ready, and waits until it answers.
func (b *bench) startReading(ctx context.Context) (*instance.Service, error) {
	return instance.StartUnready(ctx, b.program, b.data, "--click-window", "0s", "--drain", "0s")
}

// untilReady waits until the service is ready.
func (b *bench) untilReady(ctx context.Context, l *load) {
	began := time.Now()
	for time.Since(began) < 2*mostRecovery {
		if _, _, err := l.s.Get(ctx, "/readyz"); err == nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	b.hold("ready again after", time.Since(began) <= mostRecovery, "5 s at most, no restart", "%v",
		time.Since(began).Round(10*time.Millisecond))
}
