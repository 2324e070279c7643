package main

import (
	"testing"
)

// TestTwoProcessesOnOneFolder: a rolling update has two for a while. Both serve, with the same keys, and what is
// written by one is read by the other.
func TestTwoProcessesOnOneFolder(t *testing.T) {
	dir := t.TempDir()
	one, other := serve(t, dir), serve(t, dir)
	if one.token != other.token {
		t.Fatal("two tokens")
	}
	first := one.answer(one.do("PUT", "/v1/articles/storm-1",
		[]byte(`{"url":"https://news.example/storm","headline":"Storm front stalls"}`)), 201)
	read := other.answer(other.do("GET", "/v1/articles/storm-1", nil), 200)
	if first["version"] == nil || read["version"] != first["version"] {
		t.Errorf("versions %v and %v", first["version"], read["version"])
	}
	changed := other.answer(other.do("PUT", "/v1/articles/storm-1",
		[]byte(`{"url":"https://news.example/storm","headline":"Storm front moves on"}`)), 200)
	again := one.answer(one.do("GET", "/v1/articles/storm-1", nil), 200)
	if again["version"] != changed["version"] || again["version"] == first["version"] {
		t.Errorf("versions %v, then %v", changed["version"], again["version"])
	}
	code := at(first, "short_url")[len(one.base):]
	for _, s := range []*service{one, other} {
		if resp := s.do("GET", code, nil); resp.StatusCode != 302 {
			t.Errorf("the short link answers %d", resp.StatusCode)
		}
	}
	if resp := other.do("DELETE", "/v1/articles/storm-1", nil); resp.StatusCode != 204 {
		t.Errorf("withdrawal: %d", resp.StatusCode)
	}
	if resp := one.do("GET", "/v1/articles/storm-1", nil); resp.StatusCode != 410 {
		t.Errorf("after the other withdrew it: %d", resp.StatusCode)
	}
}
