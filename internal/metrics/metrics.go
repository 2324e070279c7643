// Package metrics counts and times what the service does, and hands that out to Prometheus. It owns the names of the
// metrics; other packages tell it what happened by plain calls, and know nothing of Prometheus.
//
// No label has values from outside: a value that a metric does not know is counted as [Other], so that the number of
// series is bounded, whatever clients send.
package metrics

import (
	"net/http"
	"runtime"
	"slices"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// prefix begins the names of the service's own metrics. Those of the Go runtime and of the process have their usual
// names.
const prefix = "cards_"

// Other is the value of a label in place of each that the metric does not know.
const Other = "other"

// Described is a metric of the service's own.
type Described struct {
	Name   string
	Type   string   // "counter", "gauge" or "histogram"
	Labels []string // in the order of their declaration; nil: none
	Help   string   // what it says, in one sentence
}

// Metrics are the metrics of one service, in a registry of their own. They are safe for concurrent use.
type Metrics struct {
	Requests    *Requests
	Connections *Connections
	Drawings    *Drawings
	Fetches     *Fetches
	Clicks      *Clicks
	Jobs        *Jobs
	Store       *Operations
	Objects     *Operations
	SignIns     *SignIns

	registry  *prometheus.Registry
	described []Described
}

// Values are the values that labels may have beside Other.
type Values struct {
	Formats  []string // of pictures
	Stages   []string // of drawing
	Degraded []string // error codes of a photo or portrait that is missing from a picture
	Fetched  []string // what is fetched
	Outcomes []string // of fetches
	Reasons  []string // why requests to short links are not counted
	Kinds    []string // of jobs
	Results  []string // of jobs
	Store    []string // operations of the database
	Objects  []string // operations of the object store
	SignIns  []string // ways to sign in
	Bounds   []string // of connections
}

// New returns the metrics of a service of the version.
func New(version string, v Values) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry()}
	m.registry.MustRegister(collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts(m.describe("gauge", "build_info",
		"Always 1. The labels say which version of cards runs, and which version of Go built it.",
		"version", "goversion")), []string{"version", "goversion"})
	build.WithLabelValues(version, runtime.Version()).Set(1)
	m.registry.MustRegister(build)
	m.Requests, m.Connections = newRequests(m), newConnections(m, v)
	m.Drawings, m.Fetches = newDrawings(m, v), newFetches(m, v)
	m.Clicks, m.Jobs, m.SignIns = newClicks(m, v), newJobs(m, v), newSignIns(m, v)
	m.Store = newOperations(m, "store", "the database", v.Store)
	m.Objects = newOperations(m, "object_store", "the bucket of pictures", v.Objects)
	return m
}

// Described lists the metrics of the service's own, by their names.
func (m *Metrics) Described() []Described {
	all := slices.Clone(m.described)
	slices.SortFunc(all, func(a, b Described) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Handler answers Prometheus. At most a few answers are made at a time: each asks the database for the jobs.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorHandling: promhttp.ContinueOnError, MaxRequestsInFlight: maxScrapes,
	})
}

const maxScrapes = 4

// describe records a metric. The name is without the prefix.
func (m *Metrics) describe(kind, name, help string, labels ...string) prometheus.Opts {
	m.described = append(m.described, Described{Name: prefix + name, Type: kind, Labels: labels, Help: help})
	return prometheus.Opts{Name: prefix + name, Help: help}
}

// counter makes a counter without labels.
func (m *Metrics) counter(name, help string) prometheus.Counter {
	c := prometheus.NewCounter(prometheus.CounterOpts(m.describe("counter", name, help)))
	m.registry.MustRegister(c)
	return c
}

func (m *Metrics) histogramOpts(name, help string, buckets []float64, labels ...string) prometheus.HistogramOpts {
	o := m.describe("histogram", name, help, labels...)
	return prometheus.HistogramOpts{Name: o.Name, Help: o.Help, Buckets: buckets}
}

func (m *Metrics) counterVec(name, help string, labels ...string) *prometheus.CounterVec {
	c := prometheus.NewCounterVec(prometheus.CounterOpts(m.describe("counter", name, help, labels...)), labels)
	m.registry.MustRegister(c)
	return c
}

func (m *Metrics) histogramVec(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	h := prometheus.NewHistogramVec(m.histogramOpts(name, help, buckets, labels...), labels)
	m.registry.MustRegister(h)
	return h
}

// counts are the counters of the values of one label. All exist from the start, so that the first event is an increase.
type counts map[string]prometheus.Counter

// counts makes a counter with one label that has the values, and Other.
func (m *Metrics) counts(name, help, label string, values []string) counts {
	vec, all := m.counterVec(name, help, label), counts{}
	for _, v := range append([]string{Other}, values...) {
		all[v] = vec.WithLabelValues(v)
	}
	return all
}

// of returns the counter of a value.
func (c counts) of(value string) prometheus.Counter {
	if known, ok := c[value]; ok {
		return known
	}
	return c[Other]
}

// times are the histograms of the values of one label.
type times map[string]prometheus.Observer

// times makes a histogram with one label that has the values, and Other.
func (m *Metrics) times(name, help string, buckets []float64, label string, values []string) times {
	vec, all := m.histogramVec(name, help, buckets, label), times{}
	for _, v := range append([]string{Other}, values...) {
		all[v] = vec.WithLabelValues(v)
	}
	return all
}

// of returns the histogram of a value.
func (t times) of(value string) prometheus.Observer {
	if known, ok := t[value]; ok {
		return known
	}
	return t[Other]
}
