package app

import (
	"context"
	"slices"
	"time"

	"newsroom.example/cards/handlers"
	"newsroom.example/cards/handlers/studio"
	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/blob/s3"
	"newsroom.example/cards/internal/clicks"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/later"
	"newsroom.example/cards/internal/metrics"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/queue"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/timed"
	"newsroom.example/cards/render"
)

// Bounds of connections, as labels.
const (
	boundAll    = "all"
	boundClient = "client"
)

// newMetrics returns the metrics of a service of the version.
func newMetrics(version string) *metrics.Metrics {
	reasons := make([]string, len(store.Reasons))
	for i, r := range store.Reasons {
		reasons[i] = string(r)
	}
	return metrics.New(version, metrics.Values{
		Formats: []string{string(render.JPEG), string(render.PNG)}, Stages: pictures.Stages, Degraded: fault.PhotoCodes(),
		Fetched: fetch.Whats, Outcomes: fetch.Outcomes, Reasons: reasons, Kinds: later.Kinds, Results: queue.Results,
		Store: timed.Operations, Objects: s3.Operations, SignIns: studio.Ways, Bounds: []string{boundAll, boundClient},
	})
}

// requests adapts metrics to handlers.Watch.
type requests struct {
	*metrics.Requests

	signIns *metrics.SignIns
}

// SignInFailed implements handlers.Watch.
func (r requests) SignInFailed(way string) { r.signIns.Failed(way) }

// watchRequests has the handlers tell the metrics of requests.
func (a *App) watchRequests(deps *handlers.Deps) {
	if a.metrics == nil {
		return
	}
	deps.Watch = requests{a.metrics.Requests, a.metrics.SignIns}
	deps.Sources = func(s handlers.Sources) {
		a.readings.Responses, a.readings.Limited = s.Responses, s.Limited
	}
}

// watchStore returns the store with its calls measured, if there are metrics.
func (a *App) watchStore(s store.Store) store.Store {
	if a.metrics == nil {
		return s
	}
	return timed.New(s, a.metrics.Store.Took)
}

// watchDrawings returns what is told of drawings; nil without metrics.
func (a *App) watchDrawings() pictures.Watch {
	if a.metrics == nil {
		return nil
	}
	return a.metrics.Drawings
}

// watchFetches returns what is told of fetches; nil without metrics.
func (a *App) watchFetches() func(what, outcome string, took time.Duration) {
	if a.metrics == nil {
		return nil
	}
	return a.metrics.Fetches.Fetched
}

// watchClicks returns what is told of requests to short links; nil without metrics.
func (a *App) watchClicks() func(against store.Reason) {
	if a.metrics == nil {
		return nil
	}
	return func(against store.Reason) { a.metrics.Clicks.Judged(string(against)) }
}

// watchJobs returns what is told of jobs; nil without metrics.
func (a *App) watchJobs() func(kind, result string, took time.Duration) {
	if a.metrics == nil {
		return nil
	}
	return a.metrics.Jobs.Attempted
}

// watchBucket returns what is told of calls of the object store; nil without metrics.
func (a *App) watchBucket() func(operation string, took time.Duration, failed bool) {
	if a.metrics == nil {
		return nil
	}
	return a.metrics.Objects.Took
}

// read says what the metrics read of the parts, whenever they are asked for.
func (a *App) read(s stored, drawn *pictures.Service) {
	if a.metrics == nil {
		return
	}
	r := &a.readings
	r.Pictures = func() metrics.Cache { return cacheCounts(s.cards) }
	r.Slots = func() metrics.Slots { return slotsOf(drawn.Load()) }
	r.Backlog = func() metrics.Backlog { return backlogOf(s.clicks) }
	r.Away = func() map[string]bool { return awayOf(s.bucket) }
	r.Queued = a.queued
	r.Ready = func() map[string]bool {
		ready := map[string]bool{}
		for _, p := range a.state.check(context.Background()) {
			ready[p.Name] = p.OK
		}
		return ready
	}
}

func cacheCounts(c *blob.Cache) metrics.Cache {
	n := c.Counts()
	return metrics.Cache{Memory: n.Memory, Stored: n.Stored, Missed: n.Missed, Failed: n.Failed}
}

func slotsOf(l pictures.Load) metrics.Slots {
	return metrics.Slots{All: l.Slots, Used: l.Used, Waiting: l.Waiting, WaitSpare: l.Patient, Plain: l.Plain}
}

func backlogOf(c *clicks.Counter) metrics.Backlog {
	b := c.Backlog()
	return metrics.Backlog{Waiting: b.Events, Bytes: b.Bytes, Deferred: b.Deferred}
}

func awayOf(b *s3.Bucket) map[string]bool {
	if b == nil {
		return nil
	}
	cards, photos := b.Away()
	return map[string]bool{"cards": cards, "photos": photos}
}

// tallyTime is how long Prometheus waits for the number of jobs.
const tallyTime = time.Second

// queued counts the jobs of the database.
func (a *App) queued() (q metrics.Queued, ok bool) {
	ctx, cancel := context.WithTimeout(context.Background(), tallyTime)
	defer cancel()
	t, err := a.queue.Tally(ctx)
	if err != nil {
		return q, false
	}
	known := map[string]bool{}
	for _, kind := range later.Kinds {
		known[kind] = true
	}
	number := map[[2]string]int{}
	for _, kind := range append(slices.Clip(later.Kinds), metrics.Other) {
		for _, state := range queue.States {
			number[[2]string{kind, state}] = 0
		}
	}
	for _, c := range t.Counts {
		if !known[c.Kind] { // of another release
			c.Kind = metrics.Other
		}
		number[[2]string{c.Kind, c.State}] += c.Number
	}
	for of, n := range number {
		q.Jobs = append(q.Jobs, metrics.JobsIn{Kind: of[0], State: of[1], Number: n})
	}
	q.Oldest = t.Oldest
	return q, true
}
