package metrics

import (
	"strconv"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// requestTimes are the bounds of the buckets of requests: a redirect takes less than 0.2 ms, a picture whose photo
// comes slowly up to 10 s.
var requestTimes = [...]time.Duration{
	200 * time.Microsecond, 500 * time.Microsecond, time.Millisecond, 2500 * time.Microsecond, 5 * time.Millisecond,
	10 * time.Millisecond, 25 * time.Millisecond, 50 * time.Millisecond, 100 * time.Millisecond, 250 * time.Millisecond,
	500 * time.Millisecond, time.Second, 2500 * time.Millisecond, 5 * time.Second, 10 * time.Second,
}

// codes are the statuses that the service sends. Others are counted as Other.
var codes = [...]int{
	200, 201, 202, 204, 206, 301, 302, 303, 304, 400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 416, 417, 422, 429, 431,
	500, 501, 503, 504,
}

// codeAt is the position of each status in codes; of others len(codes).
var codeAt = func() (at [600]uint8) {
	for status := range at {
		at[status] = uint8(len(codes))
	}
	for i, code := range codes {
		at[code] = uint8(i)
	}
	return at
}()

// Requests are the requests that the service answers: their rate, errors and duration for each route. A redirect takes
// a few microseconds, so they are counted in plain numbers: a histogram of Prometheus takes ten times as long.
type Requests struct {
	inFlight atomic.Int64
	routes   map[route]*answered // never changed after the first request
	others   answered            // requests for what is no route

	answered, took, flying *prometheus.Desc
}

// route is a method and the pattern of a path.
type route struct{ method, path string }

// answered are the answers of a route.
type answered struct {
	codes [len(codes) + 1]atomic.Uint64        // by codeAt
	times [len(requestTimes) + 1]atomic.Uint64 // of each bucket alone; the last is above all bounds
	nanos atomic.Int64                         // of all
}

func newRequests(m *Metrics) *Requests {
	desc := func(kind, name, help string, labels ...string) *prometheus.Desc {
		o := m.describe(kind, name, help, labels...)
		return prometheus.NewDesc(o.Name, o.Help, labels, nil)
	}
	r := &Requests{
		routes:   map[route]*answered{},
		answered: desc("counter", "http_requests_total", "Requests that were answered.", "method", "route", "code"),
		took: desc("histogram", "http_request_duration_seconds", "Time from a request's header to the end of its answer.",
			"method", "route"),
		flying: desc("gauge", "http_requests_in_flight", "Requests that are being answered."),
	}
	m.registry.MustRegister(r)
	return r
}

// Route adds a route: a method, and the pattern of a path, which becomes a label. All routes must be added before the
// first request.
func (r *Requests) Route(method, path string) { r.routes[route{method, path}] = new(answered) }

// Begin counts a request that is being answered. Each must be followed by Done.
func (r *Requests) Begin() { r.inFlight.Add(1) }

// Done counts a request that was answered. path is the pattern of its route. A request for what is no route is counted
// as one with the method and the route Other. began is when it came.
func (r *Requests) Done(method, path string, status int, began time.Time) {
	took := time.Since(began)
	r.inFlight.Add(-1)
	a := r.routes[route{method, path}]
	if a == nil {
		a = &r.others
	}
	a.count(status)
	at := 0
	for at < len(requestTimes) && took > requestTimes[at] { // most are in the first
		at++
	}
	a.times[at].Add(1)
	a.nanos.Add(int64(took))
}

// Refused counts a request that net/http has refused before any route was looked for.
func (r *Requests) Refused(status int) { r.others.count(status) }

func (a *answered) count(status int) {
	if status < 0 || status >= len(codeAt) {
		status = 0
	}
	a.codes[codeAt[status]].Add(1)
}

// Describe implements prometheus.Collector.
func (r *Requests) Describe(to chan<- *prometheus.Desc) {
	to <- r.answered
	to <- r.took
	to <- r.flying
}

// Collect implements prometheus.Collector. It leaves out what has not happened yet.
func (r *Requests) Collect(to chan<- prometheus.Metric) {
	to <- prometheus.MustNewConstMetric(r.flying, prometheus.GaugeValue, float64(r.inFlight.Load()))
	for at, a := range r.routes {
		r.collect(to, at, a)
	}
	r.collect(to, route{Other, Other}, &r.others)
}

func (r *Requests) collect(to chan<- prometheus.Metric, at route, a *answered) {
	for i := range a.codes {
		n, code := a.codes[i].Load(), Other
		if n == 0 {
			continue
		}
		if i < len(codes) {
			code = strconv.Itoa(codes[i])
		}
		to <- prometheus.MustNewConstMetric(r.answered, prometheus.CounterValue, float64(n), at.method, at.path, code)
	}
	seconds := time.Duration(a.nanos.Load()).Seconds()
	buckets, all := map[float64]uint64{}, uint64(0)
	for i := range a.times {
		all += a.times[i].Load()
		if i < len(requestTimes) {
			buckets[requestTimes[i].Seconds()] = all
		}
	}
	if all > 0 {
		to <- prometheus.MustNewConstHistogram(r.took, all, seconds, buckets, at.method, at.path)
	}
}

// Connections are the connections that are not served at once.
type Connections struct{ refused counts }

func newConnections(m *Metrics, v Values) *Connections {
	return &Connections{m.counts("http_connections_refused_total",
		"New connections that had to wait, or were closed, because a bound was reached.", "bound", v.Bounds)}
}

// Refused counts a connection that reached the bound.
func (c *Connections) Refused(bound string) { c.refused.of(bound).Inc() }
