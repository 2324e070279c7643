package app

import (
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
)

// TestClients: an IPv4 /24 and an IPv6 /64 are a client. This machine and trusted proxies stand for many.
func TestClients(t *testing.T) {
	client := clientOf([]netip.Prefix{netip.MustParsePrefix("192.0.2.0/28"), netip.MustParsePrefix("2001:db8:1::/48")})
	for from, want := range map[string]string{
		"198.51.100.7": "198.51.100.0/24", "::ffff:198.51.100.7": "198.51.100.0/24", "2001:db8::1:2": "2001:db8::/48", "2001:db8:0:5::1": "2001:db8::/48",
		"fe80::1%eth0": "fe80::/48", "10.0.0.1": "10.0.0.0/24",
		"192.0.2.16": "192.0.2.0/24", "192.0.2.15": "", "2001:db8:1:2::3": "", "127.0.0.1": "", "127.9.9.9": "", "::1": "",
	} {
		got := client(netip.MustParseAddr(from).Unmap())
		if want == "" && got.IsValid() || want != "" && got.String() != want {
			t.Errorf("%s: %s", from, got)
		}
	}
}

// TestOneClientKeepsNobodyOut: one client opens more connections than there may be, and another is answered.
func TestOneClientKeepsNobodyOut(t *testing.T) {
	greedy, reader := net.IPv4(127, 0, 0, 2), net.IPv4(127, 0, 0, 3)
	for name, send := range map[string]string{"sends nothing": "", "is idle": probe + crlf, "sends half a header": "GET / HTTP/1.1\r\nHo"} {
		a := started(t, func(a *App) {
			a.limits.Most, a.limits.Each = 16, 4
			a.limits.Client = func(from netip.Addr) netip.Prefix { return netip.PrefixFrom(from, 32) }
		})
		for range 100 {
			l := dial(t, a, greedy)
			_, _ = io.WriteString(l, send)
			if send == probe+crlf {
				if resp, _, err := l.response(); err != nil || resp.StatusCode != http.StatusOK {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
		l := dial(t, a, reader)
		_, _ = io.WriteString(l, probe+crlf)
		if resp, _, err := l.response(); err != nil || resp.StatusCode != http.StatusOK {
			t.Errorf("who %s keeps another out: %v", name, err)
		}
	}
	if c := (&App{log: discard()}).connections(Config{}); c.Most != 2048 || c.Each != 512 {
		t.Errorf("bounds %d and %d", c.Most, c.Each)
	}
}

// TestConnectionSettings: the bounds are those of the settings, and a bound of no use is refused.
func TestConnectionSettings(t *testing.T) {
	for _, tt := range []struct{ most, each, wantMost, wantEach int }{
		{0, 0, 2048, 512}, {100, 0, 100, 25}, {100, 100, 100, 100}, {16, 1, 16, 1}, {0, 7, 2048, 7},
	} {
		c := config(t)
		c.MaxConnections, c.MaxClientConnections = tt.most, tt.each
		limits := (&App{log: discard()}).connections(c)
		if err := Check(c); err != nil || limits.Most != tt.wantMost || limits.Each != tt.wantEach {
			t.Errorf("%+v: %d %d, %v", tt, limits.Most, limits.Each, err)
		}
	}
	for says, c := range map[string]Config{
		"--max-connections: must be from 16": {MaxConnections: 15}, "--max-connections: must": {MaxConnections: 100_001},
		"--max-client-connections: must be from 1 to 100": {MaxConnections: 100, MaxClientConnections: 101}, "--max-client-connections: must": {MaxClientConnections: -1},
	} {
		with := config(t)
		with.MaxConnections, with.MaxClientConnections = c.MaxConnections, c.MaxClientConnections
		if err := Check(with); err == nil || !strings.HasPrefix(err.Error(), says) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
