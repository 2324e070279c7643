package audience

import (
	"testing"
	"time"
)

// TestVisitorIDs: a reader has one ID during a day and another the next day, so that the taps of two days cannot be
// linked. With Sec-GPC or DNT the ID does not depend on the browser.
func TestVisitorIDs(t *testing.T) {
	var v, other Visitors
	night := time.Date(2026, 3, 1, 23, 59, 59, 0, time.UTC)
	at := func(now time.Time, address string, headers ...string) [16]byte {
		return v.ID(request(headers...), address, now)
	}
	first := at(night, "192.0.2.1", "User-Agent", "A")
	for name, tt := range map[string]struct {
		got  [16]byte
		same bool
	}{
		"the same reader":              {at(night.Add(-time.Hour), "192.0.2.1", "User-Agent", "A"), true},
		"another browser":              {at(night, "192.0.2.1", "User-Agent", "B"), false},
		"another address":              {at(night, "192.0.2.11", "User-Agent", "A"), false},
		"not to be tracked":            {at(night, "192.0.2.1", "User-Agent", "A", "DNT", "1"), false},
		"a letter moved to the name":   {at(night, "192.0.2.", "User-Agent", "1A"), false},
		"another process":              {other.ID(request("User-Agent", "A"), "192.0.2.1", night), false},
		"the day after":                {at(night.Add(time.Second), "192.0.2.1", "User-Agent", "A"), false},
		"the day before, its key gone": {v.ID(request("User-Agent", "A"), "192.0.2.1", night), false}, // the key of that day is gone
	} {
		if (tt.got == first) != tt.same {
			t.Errorf("%s: the same ID: %v", name, !tt.same)
		}
	}
	if at(night, "192.0.2.1", "User-Agent", "A", "Sec-GPC", "1") != at(night, "192.0.2.1", "User-Agent", "B", "DNT", "1") {
		t.Error("readers who are not to be tracked are told apart by their browsers")
	}
}
