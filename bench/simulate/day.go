package main

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"newsroom.example/cards/bench/internal/sample"
)

// users is the number of requests at a time.
const users = 8

// sizes are the sizes that are looked at, the first most often.
var sizes = []string{"og", "square", thumbnails[0]}

// targets are those that the stories are shared to.
var targets = []string{"facebook", "x", "kakao", "mail", "link", "whatsapp"}

// event is something that happens in the day.
type event struct {
	second float64
	what   kind // put: also the upload before the first; picture: somebody looks at a card
	story  int
}

// simulated is a day in which each story is registered, changed, looked at, tapped and shared.
type simulated struct {
	*rig
	ctx    context.Context
	t      traffic
	photo  []byte
	random *rand.Rand
	pick   picker

	mu      sync.Mutex
	stories []*story
	ready   []chan struct{} // closed when the story is registered
	drawn   map[string]bool
	touched map[string]map[string]bool // keys by table
	views   int
	hits    int
	errs    []error
}

// newDay prepares the day. It is the same each time.
func newDay(ctx context.Context, r *rig, t traffic) (*simulated, error) {
	photo, _, err := sample.Detailed.JPEG()
	if err != nil {
		return nil, err
	}
	random := rand.New(rand.NewPCG(2026, 11))
	d := &simulated{rig: r, ctx: ctx, t: t, photo: photo, random: random, pick: newPicker(int(t.stories), random),
		drawn: map[string]bool{}, touched: map[string]map[string]bool{}}
	for range int(t.stories) {
		d.stories = append(d.stories, &story{})
		d.ready = append(d.ready, make(chan struct{}))
	}
	return d, nil
}

// hourly is how the views of a day are spread over its hours, in parts of the busiest.
var hourly = [24]float64{
	.2, .12, .08, .07, .1, .2, .4, .65, .85, .9, .85, .85, .95, .9, .8, .75, .8, .85, .9, 1, 1, .9, .65, .4,
}

// second returns a random second of the day.
func (d *simulated) second() float64 {
	for {
		s := d.random.Float64() * secondsOfDay
		if d.random.Float64() < hourly[int(s/3600)] {
			return s
		}
	}
}

// events returns all that happens, in its order.
func (d *simulated) events() (all []event) {
	published := make([]float64, len(d.stories))
	for i := range d.stories {
		published[i] = d.random.Float64() * secondsOfDay / 2
		all = append(all, event{published[i], put, i})
	}
	after := func(n float64, what kind, pick func() int) {
		for range int(n) {
			i, at := pick(), d.second()
			if at < published[i] { // what happens before is of yesterday's stories
				at = published[i] + d.random.Float64()*(secondsOfDay-published[i])
			}
			all = append(all, event{at, what, i})
		}
	}
	n := d.t.requests()
	anyStory := func() int { return d.random.IntN(len(d.stories)) }
	after(n[put]-d.t.stories, put, anyStory)
	after(d.t.views, picture, d.pick.pick)
	after(n[tap], tap, d.pick.pick)
	after(n[crawl], crawl, anyStory)
	slices.SortFunc(all, func(a, b event) int { return cmp.Compare(a.second, b.second) })
	return all
}

// run runs the day as fast as the services answer.
func (d *simulated) run() error {
	work := make(chan func() error, users)
	var working sync.WaitGroup
	for range users {
		working.Go(func() {
			for f := range work {
				if err := f(); err != nil {
					d.mu.Lock()
					d.errs = append(d.errs, err)
					d.mu.Unlock()
				}
			}
		})
	}
	for n, e := range d.events() {
		if d.ctx.Err() != nil {
			break
		}
		at, size := d.random.IntN(len(d.edges)), sizes[0]
		if d.random.Float64() < 0.4 {
			size = sizes[1+d.random.IntN(len(sizes)-1)]
		}
		target := ""
		if e.what == tap && d.random.Float64() < d.t.shares {
			target = targets[d.random.IntN(len(targets))]
		}
		work <- func() error { return d.happen(n, e, at, size, target) }
	}
	close(work)
	working.Wait()
	if len(d.errs) > 0 {
		return fmt.Errorf("%d requests failed, the first: %w", len(d.errs), d.errs[0])
	}
	return d.ctx.Err()
}

// happen sends what an event leads to.
func (d *simulated) happen(n int, e event, at int, size, target string) error {
	if e.what == put {
		return d.publish(e.story)
	}
	<-d.ready[e.story]
	d.mu.Lock()
	s := *d.stories[e.story]
	d.mu.Unlock()
	switch e.what {
	case picture:
		return d.look(s.pictures[size], at, e.second)
	case crawl:
		d.touch(s.id, "crawl", false)
		_, _, err := d.send(d.ctx, crawl, http.MethodGet, s.short, "", "User-Agent", crawler)
		return err
	}
	d.touch(s.id, target, true)
	d.mark("seen", strconv.Itoa(n))
	if err := d.tap(d.ctx, &s, target, n); err != nil {
		return err
	}
	_, err := d.edges[at].get("/v1/top", e.second, func() (http.Header, error) {
		_, header, err := d.send(d.ctx, top, http.MethodGet, "/v1/top", "")
		return header, err
	})
	return err
}

// publish registers a story, or its next version. Versions of one story come one after the other.
func (d *simulated) publish(i int) error {
	d.mu.Lock()
	next := *d.stories[i]
	d.mu.Unlock()
	if next.photo == "" {
		next.id, next.number = fmt.Sprint("story-", i), i
		parts := sample.Marked(d.photo, i)
		var err error
		if next.photo, err = d.photoOf(d.ctx, slices.Concat(parts[0], parts[1], parts[2])); err != nil {
			return err
		}
	} else {
		<-d.ready[i]
	}
	if err := d.put(d.ctx, &next); err != nil {
		return err
	}
	d.mark("articles", next.id)
	d.mark("versions", fmt.Sprint(next.id, next.pictures["og"]))
	d.mu.Lock()
	defer d.mu.Unlock()
	d.drawn[next.pictures["og"]], d.drawn[next.pictures["square"]] = true, true
	first := d.stories[i].photo == ""
	d.stories[i] = &next
	if first {
		close(d.ready[i])
	}
	return nil
}

// look looks at a picture, through an edge.
func (d *simulated) look(path string, at int, second float64) error {
	hit, err := d.edges[at].get(path, second, func() (http.Header, error) {
		what := picture
		d.mu.Lock()
		if !d.drawn[path] {
			what, d.drawn[path] = draw, true
		}
		d.mu.Unlock()
		_, header, err := d.send(d.ctx, what, http.MethodGet, path, "")
		return header, err
	})
	d.mu.Lock()
	defer d.mu.Unlock()
	d.views++
	if hit {
		d.hits++
	}
	return err
}

// touch notes the rows that a tap or a crawler's visit leads to.
func (d *simulated) touch(id, target string, counted bool) {
	now := time.Now().UTC()
	hour, minutes, day := now.Truncate(time.Hour), now.Truncate(5*time.Minute), now.Format(time.DateOnly)
	if !counted {
		d.mark("uncounted_1h", fmt.Sprint(id, hour))
		return
	}
	d.mark("story_1h", fmt.Sprint(id, hour))
	d.mark("story_1d", fmt.Sprint(id, day))
	d.mark("target_1h", fmt.Sprint(id, hour, target))
	d.mark("clicks", fmt.Sprint(id, minutes, target))
	d.mark("networks", fmt.Sprint(id, hour, target != ""))
}

func (d *simulated) mark(table, key string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.touched[table] == nil {
		d.touched[table] = map[string]bool{}
	}
	d.touched[table][key] = true
}
