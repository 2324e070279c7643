package handlers

import "testing"

// TestServersAreNotReaders: each server of a federated network fetches a link for itself, for its preview or otherwise.
func TestServersAreNotReaders(t *testing.T) {
	for agent, status := range map[string]int{
		"Lemmy/0.19.3; +https://lemmy.example": 200, "gotosocial/0.17 (+https://social.example)": 302,
	} {
		h := newHouse(t)
		for range 40 {
			if resp := h.do(t, request("GET", "/s/abcdefg", "", "User-Agent", agent)); resp.StatusCode != status {
				t.Fatalf("%s: %d", agent, resp.StatusCode)
			}
		}
		if len(h.clicks.taps) != 0 || len(h.clicks.uncounted) != 40 {
			t.Errorf("%s: %d clicks, %d uncounted", agent, len(h.clicks.taps), len(h.clicks.uncounted))
		}
	}
}
