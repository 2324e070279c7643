package app

import (
	"encoding/json"
	"testing"
)

// TestCountsContainEachRedirect: a client that has read a redirect finds it in the statistics and the list that it asks
// for next, although the database counts it later.
func TestCountsContainEachRedirect(t *testing.T) {
	a := serve(t, config(t))
	code := a.codeOf(a.put(t, "storm", map[string]any{"url": "https://news.example/storm", "headline": "Storm"}))
	count := func(path string, into any) {
		t.Helper()
		_, body := a.ask(t, "GET", path, "")
		if err := json.Unmarshal([]byte(body), into); err != nil {
			t.Fatalf("%s: %s", body, err)
		}
	}
	for n := range 40 { // some are over the share of their network
		a.opened(t, code, n)
		var stats struct{ Clicks, Raw int }
		if count("/v1/articles/storm/stats", &stats); stats.Raw != n+1 || stats.Clicks != min(n+1, 20) {
			t.Errorf("after redirect %d: %+v", n+1, stats)
		}
	}
	var top struct{ Stories []struct{ Clicks int } }
	a.opened(t, code+"/mail", 1)
	if count("/v1/top?by=shares", &top); len(top.Stories) != 1 {
		t.Errorf("%+v", top)
	}
}
