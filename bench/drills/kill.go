package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// killDrills kill the service under load, again and again.
var killDrills = []drill{
	{"kill -9 on a file (SQLite)", func(ctx context.Context, b *bench) error { return b.killed(ctx) }},
	{"kill -9 on PostgreSQL, whose server is killed in each fifth round", func(ctx context.Context, b *bench) error {
		return b.onPostgres(postgresOptions{}, func() error { return b.killed(ctx) })
	}},
}

// killHead is the head of their table.
var killHead = []string{
	"kill -9 of the service", "rounds", "ready after the start: median, slowest", "acknowledged: articles, clicks, photos",
	"lost", "clicks counted that nobody was told of",
}

// Of a round.
const (
	killPace   = 3 // the load, in times of that of other drills
	killAfter  = 150 * time.Millisecond
	killLatest = 2 * time.Second // if nothing was acknowledged until then
	serverEach = 5               // in how many rounds the server of the database is killed once
)

// killed kills the service again and again, at another moment of its work each time. What was acknowledged in a round
// is looked for in the next, and everything at the end.
func (b *bench) killed(ctx context.Context) error {
	s, l, err := b.startLoaded(ctx)
	if err != nil {
		return err
	}
	l.pace = killPace
	var starts []time.Duration
	lost := 0
	for round := range b.rounds {
		began := time.Now()
		err := b.loaded(ctx, l, func() error {
			time.Sleep(killAfter + time.Duration(round%20)*7*time.Millisecond)
			for time.Since(began) < killLatest && !l.acknowledgedSince(began) {
				time.Sleep(time.Millisecond)
			}
			if b.database != nil && round%serverEach == 0 {
				b.database.Kill()
			}
			return s.Kill()
		})
		if err != nil {
			return err
		}
		if b.database != nil && round%serverEach == 0 {
			if err := b.restart(); err != nil {
				return err
			}
		}
		start := time.Now()
		if s, err = b.startWith(ctx, b.program); err != nil {
			return err
		}
		starts = append(starts, time.Since(start))
		l.move(s)
		l.cutOff = l.failed("redirect")
		lost += b.missing(ctx, l, began)
		if (round+1)%20 == 0 {
			fmt.Printf("  %d of %d rounds, %d lost\n", round+1, b.rounds, lost)
		}
	}
	b.hold("lost in the round after", lost == 0, "none", "%d in %d rounds", lost, b.rounds)
	slowest := percentileOf(starts, 100)
	b.hold("ready after the start", slowest <= mostRecovery, "5 s at most", "%v, %v",
		percentileOf(starts, 50).Round(time.Millisecond), slowest.Round(time.Millisecond))
	wrong := l.unexpected()
	b.hold("answers that must not happen", len(wrong) == 0, "none but of killed requests", "%d%s", len(wrong),
		first(wrong))
	b.acknowledged(ctx, l, fault{}, "after the last round")
	unknown := l.counted(ctx, len(l.clicks)) - len(l.clicks)
	b.out.row = []string{
		strconv.Itoa(b.rounds), milliseconds(percentileOf(starts, 50)) + ", " + milliseconds(slowest),
		fmt.Sprintf("%s, %s, %s", thousands(b.out.articles), thousands(b.out.clicks), thousands(b.out.photos)),
		strconv.Itoa(b.out.lost + lost), fmt.Sprintf("%d of %d", max(unknown, 0), l.cutOff),
	}
	return s.Stop()
}

// loaded runs the load until f returns.
func (b *bench) loaded(ctx context.Context, l *load, f func() error) error {
	loading, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); l.run(loading) }()
	err := f()
	stop()
	<-done
	return err
}

// acknowledgedSince reports whether an article, a photo and a click were acknowledged after the time.
func (l *load) acknowledgedSince(t time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, what := range []string{"article", "photo", "redirect"} {
		found := false
		for _, a := range slices.Backward(l.times[what]) { // hardly any are older
			if found = a.good; found || a.sent.Before(t) {
				found = found && a.sent.After(t)
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// missing returns how much of what was acknowledged since the time is not there.
func (b *bench) missing(ctx context.Context, l *load, since time.Time) (n int) {
	for id, a := range l.articles {
		if a.at.After(since) && !l.has(ctx, id, a) {
			n++
		}
	}
	for id, at := range l.photos {
		if at.After(since) && !wholePhoto(b.photoFile("photo-"+strings.TrimPrefix(id, "upload:"))) {
			n++
		}
	}
	if stored := l.counted(ctx, len(l.clicks)); stored < len(l.clicks) || stored > len(l.clicks)+l.cutOff {
		n += max(len(l.clicks)-stored, stored-len(l.clicks)-l.cutOff)
	}
	return n
}

// unexpected returns the wrong answers, without those of requests that were sent to a service that was killed.
func (l *load) unexpected() (all []string) {
	for _, text := range l.wrong {
		if !strings.Contains(text, ": 0 ") {
			all = append(all, text)
		}
	}
	return all
}

// first returns the first of texts, behind a colon.
func first(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return ": " + texts[0]
}

// restart starts the server of the database after it was killed. Its processes may need a moment to end.
func (b *bench) restart() (err error) {
	for began := time.Now(); time.Since(began) < 20*time.Second; time.Sleep(50 * time.Millisecond) {
		if err = b.database.Start(); err == nil {
			return nil
		}
	}
	return errors.Join(errors.New("PostgreSQL does not start again"), err)
}
