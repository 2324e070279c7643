package metrics

import (
	"maps"
	"slices"

	"github.com/prometheus/client_golang/prometheus"
)

// Cache counts what became of the requests to a cache of pictures since the start.
type Cache struct {
	Memory, Stored, Missed, Failed uint64 // found in memory; found behind it; not found; not readable
}

// Slots are the drawings of this moment.
type Slots struct {
	All, Used                 int // slots
	Waiting, WaitSpare, Plain int // waiting for a slot; waiting until nobody else needs one; waiting without their photo
}

// Backlog are the clicks that are not in the database yet.
type Backlog struct {
	Waiting  int64 // clicks
	Bytes    int64 // of their files
	Deferred bool  // the database cannot be written
}

// JobsIn are the jobs of a kind in a state.
type JobsIn struct {
	Kind, State string
	Number      int
}

// Queued are the jobs of the database, of all processes.
type Queued struct {
	Jobs   []JobsIn
	Oldest float64 // seconds since the job that waits longest could be done; 0: none waits
}

// Readings are read whenever Prometheus asks. Each function is fast, or bounded in time, and safe for concurrent use.
type Readings struct {
	Pictures  func() Cache
	Responses func() (hits, misses uint64)
	Slots     func() Slots
	Backlog   func() Backlog
	Queued    func() (q Queued, ok bool) // not ok: the database does not answer; the series are missing then
	Limited   func() map[string]uint64   // requests refused by each rate limit
	Away      func() map[string]bool     // what of the bucket cannot be used; empty: there is no bucket
	Ready     func() map[string]bool     // which parts work
}

// readings hands out the Readings.
type readings struct {
	read Readings
	desc map[string]*prometheus.Desc
}

// Read adds the readings. Call it once.
func (m *Metrics) Read(r Readings) {
	c := &readings{read: r, desc: map[string]*prometheus.Desc{}}
	for _, d := range []Described{
		{"picture_cache_requests_total", "counter", []string{"result"},
			"Requests to the cache of pictures: found in memory, found on the disk or in the bucket (stored), missed, failed."},
		{"response_cache_requests_total", "counter", []string{"result"},
			"Requests for pictures whose answer was remembered (hit), or had to be looked up (miss)."},
		{"drawing_slots", "gauge", nil, "Drawings that may run at a time."},
		{"drawing_slots_used", "gauge", nil, "Slots in use."},
		{"drawings_waiting", "gauge", []string{"queue"},
			"Drawings that wait for a slot: that somebody waits for, in the background (spare), without their photo (plain)."},
		{"clicks_waiting", "gauge", nil, "Clicks that are not in the database yet."},
		{"clicks_waiting_bytes", "gauge", nil, "Size of the files with clicks."},
		{"clicks_deferred", "gauge", nil, "1 while the database cannot take the clicks, otherwise 0."},
		{"jobs", "gauge", []string{"kind", "state"}, "Jobs in the database, of all processes."},
		{"jobs_oldest_waiting_seconds", "gauge", nil, "For how long the oldest job has waited that could be done; 0: none does."},
		{"rate_limited_total", "counter", []string{"limit"}, "Requests that were refused because a network sent too many."},
		{"object_store_away", "gauge", []string{"what"},
			"1 while the bucket does not answer and is not asked, otherwise 0. Missing without a bucket."},
		{"part_ready", "gauge", []string{"part"}, "1 if the part of the service works, otherwise 0."},
	} {
		o := m.describe(d.Type, d.Name, d.Help, d.Labels...)
		c.desc[d.Name] = prometheus.NewDesc(o.Name, o.Help, d.Labels, nil)
	}
	m.registry.MustRegister(c)
}

// Describe implements prometheus.Collector.
func (c *readings) Describe(to chan<- *prometheus.Desc) {
	for _, name := range slices.Sorted(maps.Keys(c.desc)) {
		to <- c.desc[name]
	}
}

// Collect implements prometheus.Collector.
func (c *readings) Collect(to chan<- prometheus.Metric) {
	count := func(name string, n uint64, labels ...string) {
		to <- prometheus.MustNewConstMetric(c.desc[name], prometheus.CounterValue, float64(n), labels...)
	}
	gauge := func(name string, v float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(c.desc[name], prometheus.GaugeValue, v, labels...)
	}
	p := c.read.Pictures()
	for result, n := range map[string]uint64{
		"memory": p.Memory, "stored": p.Stored, "missed": p.Missed, "failed": p.Failed,
	} {
		count("picture_cache_requests_total", n, result)
	}
	hits, misses := c.read.Responses()
	count("response_cache_requests_total", hits, "hit")
	count("response_cache_requests_total", misses, "miss")
	for limit, n := range c.read.Limited() {
		count("rate_limited_total", n, limit)
	}
	s := c.read.Slots()
	gauge("drawing_slots", float64(s.All))
	gauge("drawing_slots_used", float64(s.Used))
	for queue, n := range map[string]int{"waited_for": s.Waiting, "spare": s.WaitSpare, "plain": s.Plain} {
		gauge("drawings_waiting", float64(n), queue)
	}
	b := c.read.Backlog()
	gauge("clicks_waiting", float64(b.Waiting))
	gauge("clicks_waiting_bytes", float64(b.Bytes))
	gauge("clicks_deferred", oneIf(b.Deferred))
	c.collectStates(gauge)
}

// collectStates collects what other machines and the disk are asked for.
func (c *readings) collectStates(gauge func(name string, v float64, labels ...string)) {
	for what, away := range c.read.Away() {
		gauge("object_store_away", oneIf(away), what)
	}
	for part, ready := range c.read.Ready() {
		gauge("part_ready", oneIf(ready), part)
	}
	if q, ok := c.read.Queued(); ok {
		for _, j := range q.Jobs {
			gauge("jobs", float64(j.Number), j.Kind, j.State)
		}
		gauge("jobs_oldest_waiting_seconds", q.Oldest)
	}
}

func oneIf(is bool) float64 {
	if is {
		return 1
	}
	return 0
}
