package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Bounds of buckets, in seconds.
var (
	stageSeconds = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}
	fetchSeconds = []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}
	jobSeconds   = []float64{.01, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60}
	callSeconds  = []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}
)

// Drawings are the pictures that are drawn.
type Drawings struct {
	stages   times
	drawn    counts
	degraded counts
	refused  prometheus.Counter
}

func newDrawings(m *Metrics, v Values) *Drawings {
	return &Drawings{
		stages: m.times("drawing_stage_duration_seconds", "Time that a stage of drawing a picture took.", stageSeconds,
			"stage", v.Stages),
		drawn: m.counts("pictures_drawn_total", "Pictures that were drawn, degraded ones too.", "format", v.Formats),
		degraded: m.counts("pictures_degraded_total",
			"Pictures that were drawn without their photo or portrait, or without a part of it.", "code", v.Degraded),
		refused: m.counter("drawings_refused_total", "Drawings that were refused because too many wait."),
	}
}

// Stage times a stage of a drawing.
func (d *Drawings) Stage(stage string, took time.Duration) {
	d.stages.of(stage).Observe(took.Seconds())
}

// Drawn counts a picture of the format. code is the error code of what is missing from it; empty: nothing is.
func (d *Drawings) Drawn(format, code string) {
	d.drawn.of(format).Inc()
	if code != "" {
		d.degraded.of(code).Inc()
	}
}

// Refused counts a drawing that was refused because too many wait.
func (d *Drawings) Refused() { d.refused.Inc() }

// Fetches are the photos and pages that are fetched from other machines.
type Fetches struct {
	outcomes map[string]counts
	took     times
}

func newFetches(m *Metrics, v Values) *Fetches {
	vec := m.counterVec("fetches_total", "Fetches of photos and pages from other machines, by how they ended.", "what",
		"outcome")
	f := &Fetches{outcomes: map[string]counts{}, took: m.times("fetch_duration_seconds",
		"Time that a fetch took, without the wait for its turn at the host.", fetchSeconds, "what", v.Fetched)}
	for _, what := range append([]string{Other}, v.Fetched...) {
		f.outcomes[what] = counts{}
		for _, outcome := range append([]string{Other}, v.Outcomes...) {
			f.outcomes[what][outcome] = vec.WithLabelValues(what, outcome)
		}
	}
	return f
}

// Fetched counts a fetch and how it ended.
func (f *Fetches) Fetched(what, outcome string, took time.Duration) {
	of, ok := f.outcomes[what]
	if !ok {
		of = f.outcomes[Other]
	}
	of.of(outcome).Inc()
	f.took.of(what).Observe(took.Seconds())
}

// Clicks are the requests to short links, as the database has judged them.
type Clicks struct {
	counted   prometheus.Counter
	uncounted counts
}

func newClicks(m *Metrics, v Values) *Clicks {
	return &Clicks{
		counted: m.counter("clicks_counted_total", "Clicks and shares that were counted."),
		uncounted: m.counts("clicks_uncounted_total", "Requests to short links that were not counted.", "reason",
			v.Reasons),
	}
}

// Judged counts a request to a short link. An empty reason says that it was counted.
func (c *Clicks) Judged(reason string) {
	if reason == "" {
		c.counted.Inc()
	} else {
		c.uncounted.of(reason).Inc()
	}
}

// Jobs are the attempts at jobs of the database, by this process.
type Jobs struct {
	ended map[string]counts
	took  times
}

func newJobs(m *Metrics, v Values) *Jobs {
	vec := m.counterVec("job_attempts_total", "Attempts at jobs by this process, by how they ended.", "kind", "result")
	j := &Jobs{ended: map[string]counts{}, took: m.times("job_duration_seconds", "Time that an attempt at a job took.",
		jobSeconds, "kind", v.Kinds)}
	for _, kind := range append([]string{Other}, v.Kinds...) {
		j.ended[kind] = counts{}
		for _, result := range append([]string{Other}, v.Results...) {
			j.ended[kind][result] = vec.WithLabelValues(kind, result)
		}
	}
	return j
}

// Attempted counts an attempt at a job and how it ended.
func (j *Jobs) Attempted(kind, result string, took time.Duration) {
	of, ok := j.ended[kind]
	if !ok {
		of = j.ended[Other]
	}
	of.of(result).Inc()
	j.took.of(kind).Observe(took.Seconds())
}

// SignIns are the sign-ins to the studio that were refused.
type SignIns struct{ failed counts }

func newSignIns(m *Metrics, v Values) *SignIns {
	return &SignIns{m.counts("sign_in_failures_total", "Sign-ins to the studio that were refused.", "way", v.SignIns)}
}

// Failed counts a sign-in that was refused.
func (s *SignIns) Failed(way string) { s.failed.of(way).Inc() }

// Operations are the calls of a store that keeps what the service needs.
type Operations struct {
	took   times
	failed counts
}

func newOperations(m *Metrics, name, what string, operations []string) *Operations {
	return &Operations{
		took: m.times(name+"_duration_seconds", "Time that a call of "+what+" took.", callSeconds, "operation", operations),
		failed: m.counts(name+"_errors_total", "Calls of "+what+" that failed. An answer such as \"not found\" is none.",
			"operation", operations),
	}
}

// Took times a call, and counts it if it failed.
func (o *Operations) Took(operation string, took time.Duration, failed bool) {
	o.took.of(operation).Observe(took.Seconds())
	if failed {
		o.failed.of(operation).Inc()
	}
}
