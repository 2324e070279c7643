package fetch

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"syscall"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// zone is a DNS server on loopback. What it answers to a name's A and AAAA questions changes with
// each that is asked; the last answer stays.
type zone struct {
	mu      sync.Mutex
	answers [][]netip.Addr
	asked   int // questions for A
}

func (z *zone) next(kind dnsmessage.Type) (all []netip.Addr) {
	z.mu.Lock()
	defer z.mu.Unlock()
	for _, a := range z.answers[min(z.asked, len(z.answers)-1)] {
		if a.Is4() == (kind == dnsmessage.TypeA) {
			all = append(all, a)
		}
	}
	if kind == dnsmessage.TypeA {
		z.asked++
	}
	return all
}

// resolver starts the server, and returns a resolver that asks no other.
func (z *zone) resolver(t *testing.T) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			if answer := z.answer(buf[:n]); answer != nil {
				_, _ = conn.WriteTo(answer, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp4", conn.LocalAddr().String())
	}}
}

// answer answers a question with a time to live of 0 (RFC 1035).
func (z *zone) answer(question []byte) []byte {
	var m dnsmessage.Message
	if m.Unpack(question) != nil || len(m.Questions) != 1 {
		return nil
	}
	q := m.Questions[0]
	m.Header.Response, m.Header.Authoritative, m.Additionals = true, true, nil
	for _, a := range z.next(q.Type) {
		r := dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: q.Name, Class: dnsmessage.ClassINET, Type: q.Type}}
		if a.Is4() {
			r.Body = &dnsmessage.AResource{A: a.As4()}
		} else {
			r.Body = &dnsmessage.AAAAResource{AAAA: a.As16()}
		}
		m.Answers = append(m.Answers, r)
	}
	out, err := m.Pack()
	if err != nil {
		return nil
	}
	return out
}

var errStopped = errors.New("permitted, but stopped by the test")

// stopped returns a client whose dialer stops after the check: the addresses that it permitted are recorded,
// and no packet is sent to a public one.
func stopped(t *testing.T, o Options) (f *Client, passed func() []string) {
	f = newClient(t, o)
	var mu sync.Mutex
	var all []string
	f.http.Transport.(*http.Transport).DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		d, err := f.dialer(addr)
		if err != nil {
			return nil, err
		}
		check := d.Control
		d.Control = func(network, address string, c syscall.RawConn) error {
			if err := check(network, address, c); err != nil {
				return err
			}
			mu.Lock()
			all = append(all, address)
			mu.Unlock()
			return errStopped
		}
		return d.DialContext(ctx, network, addr)
	}
	return f, func() []string {
		mu.Lock()
		defer mu.Unlock()
		return all
	}
}

func addrs(all ...string) (out []netip.Addr) {
	for _, a := range all {
		out = append(out, netip.MustParseAddr(a))
	}
	return out
}

// TestRebinding: a name whose addresses change, or that has several, leads to the public ones alone.
func TestRebinding(t *testing.T) {
	const public = "93.184.216.34"
	port, seen := canary(t)
	for _, tt := range []struct {
		why     string
		answers [][]netip.Addr
		fetches int
		passed  int // addresses that were permitted; each is the public one
	}{
		{"public, then loopback", [][]netip.Addr{addrs(public), addrs("127.0.0.1")}, 3, 1},
		{"both at once", [][]netip.Addr{addrs(public, "127.0.0.1")}, 2, 2},
		{"both at once, the private first", [][]netip.Addr{addrs("127.0.0.1", public)}, 2, 2},
		{"loopback of IPv6", [][]netip.Addr{addrs("::1")}, 1, 0},
		{"loopback inside an IPv6 address", [][]netip.Addr{
			addrs("::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1", "2001:4860::5efe:7f00:1"),
		}, 1, 0},
		{"private, then public", [][]netip.Addr{addrs("10.0.0.1"), addrs(public)}, 2, 1},
		{"the metadata service", [][]netip.Addr{addrs("169.254.169.254", "fd00:ec2::254")}, 1, 0},
		{"no address", [][]netip.Addr{nil}, 1, 0},
	} {
		o := patient()
		o.Allow, o.Resolver = nil, (&zone{answers: tt.answers}).resolver(t)
		p, err := strconv.ParseUint(port, 10, 16)
		if err != nil {
			t.Fatal(err)
		}
		o.Ports = []uint16{uint16(p)}
		f, passed := stopped(t, o)
		for range tt.fetches {
			if _, err := f.MediaBytes(t.Context(), "http://pictures.example:"+port+"/a.jpg"); !errors.Is(err, ErrUnavailable) {
				t.Errorf("%s: %v", tt.why, err)
			}
		}
		for _, address := range passed() {
			if address != net.JoinHostPort(public, port) {
				t.Errorf("%s: %s was permitted", tt.why, address)
			}
		}
		if n := len(passed()); n != tt.passed {
			t.Errorf("%s: %d dialled, want %d", tt.why, n, tt.passed)
		}
	}
	if n := seen.Load(); n != 0 {
		t.Errorf("%d connections came to the canary", n)
	}
}

// TestTheCanarySings shows that the test above can fail: with loopback allowed, the same name leads
// to the canary.
func TestTheCanarySings(t *testing.T) {
	port, seen := canary(t)
	o := patient()
	o.Resolver = (&zone{answers: [][]netip.Addr{addrs("127.0.0.1")}}).resolver(t)
	_, _ = newClient(t, o).MediaBytes(t.Context(), "http://pictures.example:"+port+"/")
	if seen.Load() == 0 {
		t.Error("no connection came")
	}
}
