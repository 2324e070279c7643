package app

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// observed starts a service with an admin address.
func observed(t *testing.T) *App {
	t.Helper()
	c := config(t)
	c.AdminAddr = "127.0.0.1:0"
	return serve(t, c)
}

// scrape returns the series that the service hands out, with their values.
func (a *App) scrape(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for line := range strings.Lines(get(t, a.AdminURL()+"/metrics")) {
		if series, value, ok := cutLast(strings.TrimSpace(line)); ok && !strings.HasPrefix(line, "#") {
			all[series] = value
		}
	}
	return all
}

func cutLast(line string) (series, value string, ok bool) {
	at := strings.LastIndexByte(line, ' ')
	if at < 0 {
		return "", "", false
	}
	return line[:at], line[at+1:], true
}

// TestMetricsAreForOperators: the public address has neither the metrics nor the parts.
func TestMetricsAreForOperators(t *testing.T) {
	a := observed(t)
	for _, path := range []string{"/metrics", "/debug/pprof/"} {
		if resp, _ := a.ask(t, http.MethodGet, path, ""); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, resp.Status)
		}
	}
	if _, text := a.ask(t, http.MethodGet, "/readyz?verbose", ""); text != "ready\n" {
		t.Errorf("the public /readyz says %q", text)
	}
	if text := get(t, a.AdminURL()+"/readyz?verbose"); !strings.Contains(text, "database: ok\n") ||
		!strings.HasSuffix(text, "\nready\n") {
		t.Errorf("the parts: %q", text)
	}
}

// TestNothingFromOutsideAddsSeries: neither paths, methods, hosts, codes, tokens nor photos that a client makes up become
// labels.
func TestNothingFromOutsideAddsSeries(t *testing.T) {
	a := observed(t)
	round := func(n int) {
		for _, ask := range []struct{ method, path, host, token string }{
			{"GET", fmt.Sprint("/made/up/", n), "", ""},
			{"GET", fmt.Sprint("/s/madeup", n), "", ""},
			{"GET", fmt.Sprint("/s/abcdefg/target", n), "", ""},
			{fmt.Sprint("MADE", n), "/", "", ""},
			{fmt.Sprint("MADE", n), "/v1/articles/a", "", ""},
			{"GET", "/v1/articles", "", fmt.Sprint("Bearer made-up-", n)},
			{"GET", "/healthz", fmt.Sprint("host", n, ".example"), ""},
			{"GET", fmt.Sprint("/cards/a", n, "/v", n, "/og.jpg"), "", ""},
			{"POST", fmt.Sprintf("/v1/articles:preview?x=%d", n), "", "Bearer " + a.Token},
		} {
			body := fmt.Sprintf(`{"url":"http://made%d.internal/a"}`, n)
			r, err := http.NewRequestWithContext(t.Context(), ask.method, a.URL+ask.path, strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			r.Host = ask.host
			r.Header.Set("Authorization", ask.token)
			resp, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
		}
	}
	for n := range 70 { // until unknown codes are rate-limited
		round(n)
	}
	before := slices.Sorted(maps.Keys(a.scrape(t)))
	for n := range 1000 {
		round(1000 + n)
	}
	after := slices.Sorted(maps.Keys(a.scrape(t)))
	for _, series := range after {
		if strings.Contains(series, "made") || strings.Contains(series, "MADE") {
			t.Errorf("a series from outside: %s", series)
		}
		if _, old := slices.BinarySearch(before, series); !old && strings.HasPrefix(series, "cards_") {
			t.Errorf("a new series: %s", series)
		}
	}
}

// TestWhatIsCounted: what happens is in the metrics.
func TestWhatIsCounted(t *testing.T) {
	a := observed(t)
	_, body := a.ask(t, http.MethodPut, "/v1/articles/a",
		`{"url":"https://news.example/a","headline":"Storm","photo":{"url":"http://10.0.0.1/a.jpg"}}`)
	code := strings.TrimPrefix(between(t, body, `"short_url":"`, `"`), a.URL)
	a.ask(t, http.MethodGet, a.cardOf(t, body), "")
	a.ask(t, http.MethodPut, "/v1/articles/b", `{"url":"https://news.example/b","headline":"Calm"}`)
	_, shown := a.ask(t, http.MethodGet, "/v1/articles/b", "")
	card := a.cardOf(t, shown)
	for range 3 {
		a.ask(t, http.MethodGet, card, "")
	}
	a.asReader(t, code).Body.Close()
	if resp, err := http.PostForm(a.URL+"/", map[string][]string{"token": {"wrong"}}); err == nil {
		resp.Body.Close()
	}
	got := map[string]string{}
	eventually(t, "the click is counted", func() bool {
		got = a.scrape(t)
		return got["cards_clicks_counted_total"] == "1"
	})
	for _, series := range []string{
		`cards_http_requests_total{code="201",method="PUT",route="/v1/articles/:id"}`,
		`cards_http_request_duration_seconds_count{method="GET",route="/cards/:id/:version/:file"}`,
		`cards_pictures_drawn_total{format="png"}`, `cards_drawing_stage_duration_seconds_count{stage="draw"}`,
		`cards_pictures_degraded_total{code="source_unavailable"}`, `cards_fetches_total{outcome="blocked",what="media"}`,
		`cards_picture_cache_requests_total{result="memory"}`, `cards_response_cache_requests_total{result="hit"}`,
		`cards_store_duration_seconds_count{operation="put_article"}`, `cards_part_ready{part="database"}`,
		`cards_jobs{kind="photo",state="scheduled"}`,
	} {
		if got[series] == "" || got[series] == "0" {
			t.Errorf("%s is %q", series, got[series])
		}
	}
}

var metricRow = regexp.MustCompile("(?m)^\\| `(cards_\\w+)` \\| (\\w+) \\| (.*?) \\| (.*) \\|$")

// TestMetricsAreDocumented: docs/metrics.md lists each metric, with its type, labels and meaning, and no other.
func TestMetricsAreDocumented(t *testing.T) {
	a := observed(t)
	page, err := os.ReadFile("../../docs/metrics.md")
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for _, d := range a.metrics.Described() {
		labels := ""
		if len(d.Labels) > 0 {
			labels = "`" + strings.Join(d.Labels, "`, `") + "`"
		}
		want = append(want, fmt.Sprintf("| `%s` | %s | %s | %s |", d.Name, d.Type, labels, d.Help))
	}
	got = append(got, metricRow.FindAllString(string(page), -1)...)
	for _, row := range want {
		if !slices.Contains(got, row) {
			t.Errorf("docs/metrics.md lacks\n%s", row)
		}
	}
	for _, row := range got {
		if !slices.Contains(want, row) {
			t.Errorf("docs/metrics.md has\n%s", row)
		}
	}
}

// answerOf asks the state for its answer, as a client does that accepts a type.
func answerOf(s *state, target, accept string) (text string, status int) {
	r, w := httptest.NewRequest(http.MethodGet, target, nil), httptest.NewRecorder()
	r.Header.Set("Accept", accept)
	s.ServeHTTP(w, r)
	return w.Body.String(), w.Code
}

// TestPartsFail: a part that fails, or hangs, is named to the operator, with the reason; the others are not held up.
func TestPartsFail(t *testing.T) {
	s := &state{}
	s.add("good", func(context.Context) (string, error) { return "3 wait", nil })
	s.add("bad", func(context.Context) (string, error) { return "", io.ErrUnexpectedEOF })
	s.add("hung", func(context.Context) (string, error) { <-t.Context().Done(); return "", nil })
	text, status := answerOf(s, "/readyz?verbose", "")
	if want := "good: ok (3 wait)\nbad: failed: unexpected EOF\nhung: failed: does not answer\nnot ready\n"; text != want || status != 503 {
		t.Errorf("%d: %q", status, text)
	}
	text, _ = answerOf(s, "/readyz?verbose", "application/json")
	if !strings.Contains(text, `{"ready":false,"parts":[{"name":"good","ok":true,"detail":"3 wait"},{"name":"bad","ok":false,"reason":"unexpected EOF"}`) {
		t.Error(text)
	}
}
