package metrics

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// text is what the metrics tell Prometheus.
func text(m *Metrics) string {
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return w.Body.String()
}

func has(t *testing.T, all, line string) {
	t.Helper()
	if !strings.Contains(all, line+"\n") {
		t.Errorf("no line %s", line)
	}
}

// TestUnknownValues: values that a metric does not know are counted together.
func TestUnknownValues(t *testing.T) {
	m := New("v1", Values{Reasons: []string{"robot"}, Fetched: []string{"media"}, Outcomes: []string{"dns"}})
	for _, reason := range []string{"", "robot", "made up", "another"} {
		m.Clicks.Judged(reason)
	}
	m.Fetches.Fetched("media", "dns", time.Second)
	m.Fetches.Fetched("media", "http://evil.example", time.Second)
	m.Fetches.Fetched("made up", "dns", time.Second)
	m.Jobs.Attempted("made up", "made up", time.Second)
	m.Store.Took("made up", time.Second, true)
	got := text(m)
	for _, line := range []string{
		"cards_clicks_counted_total 1", `cards_clicks_uncounted_total{reason="robot"} 1`,
		`cards_clicks_uncounted_total{reason="other"} 2`, `cards_fetches_total{outcome="dns",what="media"} 1`,
		`cards_fetches_total{outcome="other",what="media"} 1`, `cards_fetches_total{outcome="dns",what="other"} 1`,
		`cards_job_attempts_total{kind="other",result="other"} 1`, `cards_store_errors_total{operation="other"} 1`,
	} {
		has(t, got, line)
	}
	if strings.Contains(got, "made up") || strings.Contains(got, "evil") {
		t.Error("a value from outside is a label")
	}
}

// TestRequests: requests are counted by route and status, with their times in buckets.
func TestRequests(t *testing.T) {
	m := New("v1", Values{})
	m.Requests.Route("GET", "/s/:code")
	answer := func(method, path string, status int, took time.Duration) {
		m.Requests.Begin()
		m.Requests.Done(method, path, status, time.Now().Add(-took))
	}
	answer("GET", "/s/:code", 302, 0)
	answer("GET", "/s/:code", 302, 3*time.Second)
	answer("GET", "/s/:code", 299, time.Minute)
	answer("GET", "/made/up", 404, 0)
	answer("MADE", "/s/:code", 405, 0)
	m.Requests.Refused(400)
	m.Requests.Refused(-1)
	m.Requests.Refused(1000)
	m.Requests.Begin()
	got := text(m)
	const of = `{method="GET",route="/s/:code"`
	for _, line := range []string{
		`cards_http_requests_total{code="302",method="GET",route="/s/:code"} 2`,
		`cards_http_requests_total{code="other",method="GET",route="/s/:code"} 1`,
		`cards_http_requests_total{code="404",method="other",route="other"} 1`,
		`cards_http_requests_total{code="405",method="other",route="other"} 1`,
		`cards_http_requests_total{code="400",method="other",route="other"} 1`,
		`cards_http_requests_total{code="other",method="other",route="other"} 2`,
		`cards_http_request_duration_seconds_bucket` + of + `,le="2.5"} 1`,
		`cards_http_request_duration_seconds_bucket` + of + `,le="5"} 2`,
		`cards_http_request_duration_seconds_bucket` + of + `,le="+Inf"} 3`,
		`cards_http_request_duration_seconds_count` + of + `} 3`, `cards_http_requests_in_flight 1`,
	} {
		has(t, got, line)
	}
}
