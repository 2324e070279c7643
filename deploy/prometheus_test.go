package deploy

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"newsroom.example/cards/internal/app/apptest"
)

// promtool runs Prometheus's tool with the input, and fails the test unless it succeeds.
func promtool(t *testing.T, dir, input string, args ...string) {
	t.Helper()
	if testing.Short() {
		t.Skip("SKIPPED: starts promtool: make full")
	}
	path, err := exec.LookPath("promtool")
	if err != nil {
		lacking(t, "promtool")
	}
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Dir, cmd.Stdin = dir, strings.NewReader(input)
	if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 && args[1] == "metrics" {
		t.Errorf("promtool %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// scraped is what a service that has answered a request hands out to Prometheus.
func scraped(t *testing.T) string {
	t.Helper()
	c := apptest.Config(t)
	c.AdminAddr = "127.0.0.1:0"
	a := apptest.Start(t, c)
	text := ""
	for _, url := range []string{a.URL + "/readyz", a.AdminURL() + "/metrics"} {
		resp, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s, %v", url, resp.Status, err)
		}
		text = string(raw)
	}
	return text
}

// TestMetricsAreWellFormed: promtool finds nothing wrong with the names and types.
func TestMetricsAreWellFormed(t *testing.T) {
	promtool(t, ".", scraped(t), "check", "metrics")
}

// TestAlerts: each alert fires when it should, and is quiet when it should be.
func TestAlerts(t *testing.T) {
	promtool(t, "prometheus", "", "check", "rules", "alerts.yml")
	promtool(t, "prometheus", "", "test", "rules", "alerts_test.yml")
	rules, tests := read(t, "deploy/prometheus/alerts.yml"), read(t, "deploy/prometheus/alerts_test.yml")
	page := read(t, "docs/incidents.md")
	for _, alert := range regexp.MustCompile(`alert: (\w+)`).FindAllStringSubmatch(rules, -1) {
		name := alert[1]
		if !strings.Contains(tests, "name: "+name+" fires\n") || !strings.Contains(tests, "name: "+name+" is quiet\n") {
			t.Errorf("%s is not tested on both sides", name)
		}
		if !strings.Contains(page, "\n## "+name+"\n") {
			t.Errorf("docs/incidents.md has no section on %s", name)
		}
		if !strings.Contains(rules, "runbook: docs/incidents.md#"+strings.ToLower(name)+"\n") {
			t.Errorf("%s does not lead to its section", name)
		}
	}
}

// dashboard returns the expressions of the dashboard, as Prometheus gets them.
func dashboard(t *testing.T) (all []string) {
	t.Helper()
	var d struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal([]byte(read(t, "deploy/grafana/cards.json")), &d); err != nil {
		t.Fatal(err)
	}
	for _, p := range d.Panels {
		if len(p.Targets) == 0 {
			t.Errorf("the panel %q shows nothing", p.Title)
		}
		for _, target := range p.Targets {
			all = append(all, strings.ReplaceAll(target.Expr, "$__rate_interval", "5m"))
		}
	}
	return all
}

// TestDashboardParses: each expression of the dashboard is one of Prometheus's.
func TestDashboardParses(t *testing.T) {
	rules := "groups: [{name: dashboard, rules: [\n"
	for _, expr := range dashboard(t) {
		quoted, err := json.Marshal(expr)
		if err != nil {
			t.Fatal(err)
		}
		rules += `  {record: "panel", labels: {of: ` + string(quoted) + `}, expr: ` + string(quoted) + "},\n"
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "panels.yml"), []byte(rules+"]}]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	promtool(t, dir, "", "check", "rules", "panels.yml")
}

var (
	metricName = regexp.MustCompile(`\b(?:cards|go|process)_\w+`)
	typeLine   = regexp.MustCompile(`(?m)^# TYPE (\w+) (\w+)$`)
)

// withBucket are the metrics that only a service with a bucket has.
var withBucket = map[string]bool{"cards_object_store_away": true}

// TestShownMetricsExist: alerts and dashboard use only metrics that the service has.
func TestShownMetricsExist(t *testing.T) {
	has := map[string]bool{}
	for _, line := range typeLine.FindAllStringSubmatch(scraped(t), -1) {
		has[line[1]] = true
		if line[2] == "histogram" {
			has[line[1]+"_bucket"], has[line[1]+"_count"], has[line[1]+"_sum"] = true, true, true
		}
	}
	shown := dashboard(t)
	for _, rule := range regexp.MustCompile(`expr: '(.*)'`).FindAllStringSubmatch(read(t, "deploy/prometheus/alerts.yml"), -1) {
		shown = append(shown, rule[1])
	}
	names := 0
	for _, expr := range shown {
		for _, name := range metricName.FindAllString(expr, -1) {
			if names++; !has[name] && !withBucket[name] {
				t.Errorf("%s is no metric of the service: %s", name, expr)
			}
		}
	}
	if names < 40 {
		t.Errorf("only %d names were found", names)
	}
}
