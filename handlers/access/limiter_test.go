package access

import (
	"net/netip"
	"testing"
	"time"
)

var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestLimiterIsBounded(t *testing.T) {
	l := NewLimiter(1, time.Second)
	for i := range 3 * maxClients {
		l.Take(netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(i >> 16), byte(i >> 8), byte(i)}), 24), now)
	}
	if len(l.full) > maxClients {
		t.Errorf("%d clients", len(l.full))
	}
}

// TestARefusedClientStaysRefused: clients that come by the thousand do not give one that is refused its tokens
// back.
func TestARefusedClientStaysRefused(t *testing.T) {
	l := NewLimiter(3, time.Second)
	client := func(n int) netip.Prefix {
		return netip.PrefixFrom(netip.AddrFrom4([4]byte{10, byte(n >> 16), byte(n >> 8), byte(n)}), 32)
	}
	greedy := client(0)
	for l.Take(greedy, now) {
	}
	for n := range 4 * maxClients {
		l.Take(client(n+1), now)
	}
	if l.Take(greedy, now) {
		t.Error("a refused client may go on, since others came")
	}
	if len(l.full) > maxClients {
		t.Errorf("%d clients are remembered", len(l.full))
	}
}
