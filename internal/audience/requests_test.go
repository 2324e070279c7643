package audience

import "testing"

// TestPrefetches has the headers with which different browsers mark prefetches.
func TestPrefetches(t *testing.T) {
	for _, c := range []struct {
		name, value string
		want        bool
	}{
		{"Sec-Purpose", "prefetch", true},
		{"Sec-Purpose", "prefetch;prerender", true},
		{"Purpose", "prerender", true},
		{"Purpose", "Preview", true},
		{"X-Purpose", "preview", true},
		{"X-Moz", "prefetch", true},
		{"Sec-Purpose", "", false},
		{"Purpose", "navigation", false},
		{"User-Agent", "prefetch", false},
	} {
		if got := IsPrefetch(request(c.name, c.value)); got != c.want {
			t.Errorf("%s: %s: %v", c.name, c.value, got)
		}
	}
}

// TestPurposes has what browsers say of requests, and which of them are navigations or beacons.
func TestPurposes(t *testing.T) {
	for _, c := range []struct {
		why, mode, dest    string
		navigation, beacon bool
	}{
		{"an old browser", "", "", true, true},
		{"a tab", "navigate", "document", true, false},
		{"a browser that says half of it", "navigate", "", true, false},
		{"the other half", "", "document", true, false},
		{"an image", "no-cors", "image", false, false},
		{"a frame", "navigate", "iframe", false, false},
		{"an old frame", "navigate", "frame", false, false},
		{"an object", "navigate", "object", false, false},
		{"an embedded page", "navigate", "embed", false, false},
		{"a fenced frame", "navigate", "fencedframe", false, false},
		{"a script", "no-cors", "script", false, false},
		{"a style sheet", "no-cors", "style", false, false},
		{"a video", "no-cors", "video", false, false},
		{"a fetch", "cors", "empty", false, true},
		{"a fetch on the same site", "same-origin", "empty", false, true},
		{"a beacon or a ping", "no-cors", "empty", false, true},
		{"a socket", "websocket", "empty", false, false},
		{"a worker", "same-origin", "worker", false, false},
		{"another spelling", "Navigate", "Document", false, false},
	} {
		r := request("Sec-Fetch-Mode", c.mode, "Sec-Fetch-Dest", c.dest)
		if got := IsNavigation(r); got != c.navigation {
			t.Errorf("%s is a navigation: %t", c.why, got)
		}
		if got := IsBeacon(r); got != c.beacon {
			t.Errorf("%s is a beacon: %t", c.why, got)
		}
	}
}
