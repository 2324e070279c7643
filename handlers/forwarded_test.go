package handlers

import (
	"net/http/httptest"
	"net/netip"
	"strconv"
	"testing"

	"newsroom.example/cards/handlers/access"
)

// TestForwardedForIsForProxiesAlone: a client cannot take the name of another by a header, and one behind a listed proxy
// has its own name.
func TestForwardedForIsForProxiesAlone(t *testing.T) {
	for _, tt := range []struct {
		why, from string
		forwarded func(i int) string
		limited   bool
	}{
		{"a stranger with many names", "198.51.100.7:1", func(i int) string { return "203.0." + strconv.Itoa(i) + ".1" }, true},
		{"a neighbour of the proxy", "10.0.1.7:1", func(i int) string { return "203.0." + strconv.Itoa(i) + ".1" }, true},
		{"many readers behind the proxy", "10.0.0.7:1", func(i int) string { return "203.0." + strconv.Itoa(i) + ".1" }, false},
		{"one reader behind the proxy", "10.0.0.7:1", func(int) string { return "203.0.113.1" }, true},
		{"many behind a proxy that writes their ports", "10.0.0.7:1", func(i int) string { return "203.0." + strconv.Itoa(i) + ".1:50000" }, false},
		{"one behind it", "10.0.0.7:1", func(i int) string { return "[2001:db8::1]:" + strconv.Itoa(50000+i) }, true},
		{"one who sends names of his own through the proxy", "10.0.0.7:1",
			func(i int) string { return "192.0." + strconv.Itoa(i) + ".1, 203.0.113.1" }, true},
	} {
		h := newHouse(t)
		h.deps.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/24")}
		service, err := newService(t, h.deps)
		if err != nil {
			t.Fatal(err)
		}
		last := 0
		for i := range access.MissBurst + 1 {
			r := request("GET", "/s/aaaaaaa", "", "X-Forwarded-For", tt.forwarded(i))
			r.RemoteAddr = tt.from
			w := httptest.NewRecorder()
			service.ServeHTTP(w, r)
			last = w.Code
		}
		if want := map[bool]int{true: 429, false: 404}[tt.limited]; last != want {
			t.Errorf("%s: %d, want %d", tt.why, last, want)
		}
	}
}
