package handlers

import "testing"

// TestServersAreNotReaders: each server of a federated network fetches a link for itself.
func TestServersAreNotReaders(t *testing.T) {
	h := newHouse(t)
	for range 40 {
		resp := h.do(t, request("GET", "/s/abcdefg", "", "User-Agent", "Lemmy/0.19.3; +https://lemmy.example"))
		if resp.StatusCode != 302 || resp.Header.Get("Location") != "https://news.example/storm" {
			t.Fatalf("%d %s", resp.StatusCode, resp.Header.Get("Location"))
		}
	}
	if len(h.clicks.taps) != 0 {
		t.Errorf("%d clicks", len(h.clicks.taps))
	}
}
