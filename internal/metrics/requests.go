package metrics

import (
	"strconv"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// requestSeconds are the bounds of the buckets of requests: a redirect takes 0.2 ms, a picture that must be drawn from a
// slow source up to 10 s.
var requestSeconds = []float64{
	.0002, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10,
}

// Requests are the requests that the service answers: their rate, errors and duration for each route.
type Requests struct {
	answered *prometheus.CounterVec
	took     *prometheus.HistogramVec
	inFlight atomic.Int64

	routes map[route]*answered // never changed after the first request
	others *answered           // requests for what is no route
}

// route is a method and the pattern of a path.
type route struct{ method, path string }

// codes are the statuses that the service sends. Others are counted as Other.
var codes = [...]int{
	200, 201, 202, 204, 206, 301, 302, 303, 304, 400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 416, 417, 422, 429, 431,
	500, 501, 503, 504,
}

// codeAt is the position of each status in codes, plus one.
var codeAt = func() (at [600]uint8) {
	for i, code := range codes {
		at[code] = uint8(i + 1)
	}
	return at
}()

// answered are the answers of a route. Its series are made when they are needed: most statuses never are.
type answered struct {
	route

	took  atomic.Pointer[prometheus.Observer]
	codes [len(codes) + 1]atomic.Pointer[prometheus.Counter] // by codeAt; 0: Other
}

func newRequests(m *Metrics) *Requests {
	r := &Requests{
		answered: m.counterVec("http_requests_total", "Requests that were answered.", "method", "route", "code"),
		took: m.histogramVec("http_request_duration_seconds",
			"Time from a request's header to the end of its answer.", requestSeconds, "method", "route"),
		routes: map[route]*answered{}, others: &answered{route: route{Other, Other}},
	}
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts(m.describe("gauge", "http_requests_in_flight",
		"Requests that are being answered.")), func() float64 { return float64(r.inFlight.Load()) }))
	return r
}

// Route adds a route: a method, and the pattern of a path, which becomes a label. All routes must be added before the
// first request.
func (r *Requests) Route(method, path string) {
	at := route{method, path}
	r.routes[at] = &answered{route: at}
}

// Begin counts a request that is being answered. Each must be followed by Done.
func (r *Requests) Begin() { r.inFlight.Add(1) }

// Done counts a request that was answered. path is the pattern of its route. A request for what is no route is counted
// as one with the method and the route Other.
func (r *Requests) Done(method, path string, status int, took time.Duration) {
	r.inFlight.Add(-1)
	a := r.routes[route{method, path}]
	if a == nil {
		a = r.others
	}
	r.timeOf(a).Observe(took.Seconds())
	r.countOf(a, status).Inc()
}

// Refused counts a request that net/http has refused before any route was looked for.
func (r *Requests) Refused(status int) { r.countOf(r.others, status).Inc() }

func (r *Requests) timeOf(a *answered) prometheus.Observer {
	if known := a.took.Load(); known != nil {
		return *known
	}
	made := r.took.WithLabelValues(a.method, a.path)
	a.took.Store(&made)
	return made
}

func (r *Requests) countOf(a *answered, status int) prometheus.Counter {
	at := uint8(0)
	if status >= 0 && status < len(codeAt) {
		at = codeAt[status]
	}
	if known := a.codes[at].Load(); known != nil {
		return *known
	}
	code := Other
	if at > 0 {
		code = strconv.Itoa(codes[at-1])
	}
	made := r.answered.WithLabelValues(a.method, a.path, code)
	a.codes[at].Store(&made)
	return made
}

// Connections are the connections that are not served at once.
type Connections struct{ delayed counts }

func newConnections(m *Metrics, v Values) *Connections {
	return &Connections{m.counts("http_connections_refused_total",
		"New connections that had to wait, or were closed, because a bound was reached.", "bound", v.Bounds)}
}

// Refused counts a connection that reached the bound.
func (c *Connections) Refused(bound string) { c.delayed.of(bound).Inc() }
