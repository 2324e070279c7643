package photo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func onePixel(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewRGBA(image.Rect(0, 0, 4, 3))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// patient are the options of the tests: short waits, and the loopback network allowed.
func patient() FetchOptions {
	o := DefaultFetchOptions()
	o.Timeout, o.ConnectTimeout, o.HeaderTimeout = 3*time.Second, 2*time.Second, 2*time.Second
	o.SpeedWindow, o.Forget, o.MaxBytes = 500*time.Millisecond, 0, 1<<20
	o.Allow = []string{"127.0.0.0/8", "::1"}
	return o
}

func fetcher(t testing.TB, o FetchOptions) *Fetcher {
	t.Helper()
	f, err := NewFetcher(o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// canary is a listener on loopback that must see nobody.
func canary(t *testing.T) (port string, seen *atomic.Int64) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	seen = new(atomic.Int64)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			seen.Add(1)
			c.Close()
		}
	}()
	_, port, _ = net.SplitHostPort(l.Addr().String())
	return port, seen
}

func TestNoAddressLeadsHome(t *testing.T) {
	port, seen := canary(t)
	o := patient()
	o.Allow = nil
	var p uint16
	if _, err := fmt.Sscan(port, &p); err != nil {
		t.Fatal(err)
	}
	o.Ports = []uint16{80, 443, p} // so that only the address can be at fault
	f := fetcher(t, o)
	for _, host := range []string{
		"127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "0.0.0.0", "127.88.23.245", "①②⑦.⓪.⓪.①", "127。0。0。1",
		"localhost", "localhost.", "LOCALHOST", "a.localhost", "printer.local", "db.internal", "metadata.google.internal.",
		"[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "[fe80::1%25lo]",
		"[fc00::1]", "[ff02::1]", "[2001:db8::1]", "[2001:0:0:0::1]", "[100::1]", "[3fff::1]", "[5f00::1]",
		"10.0.0.1", "100.64.0.1", "169.254.169.254", "172.16.0.1", "192.0.0.1", "192.0.2.1", "192.168.0.1", "198.18.0.1", "198.51.100.1",
		"203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "168.63.129.16",
	} {
		if _, err := f.Fetch(t.Context(), "http://"+host+":"+port+"/"); !errors.Is(err, ErrUnavailable) {
			t.Errorf("%s: %v", host, err)
		}
	}
	for _, raw := range []string{
		"http://a@127.0.0.1:" + port + "/", "file:///etc/passwd", "gopher://127.0.0.1:" + port + "/", "http://127.0.0.1:" + port + ":80/",
		`http://127.0.0.1:` + port + `\@news.example/`, "http:127.0.0.1", "//127.0.0.1/", "http://%31%32%37.0.0.1:" + port + "/",
	} {
		if _, err := f.Fetch(t.Context(), raw); !errors.Is(err, ErrUnavailable) {
			t.Errorf("%s: %v", raw, err)
		}
	}
	if n := seen.Load(); n != 0 {
		t.Errorf("%d connections came home", n)
	}
}

func TestTheDialledAddressDecides(t *testing.T) {
	g, err := newGuard(FetchOptions{Ports: []uint16{80, 443}, Allow: []string{"cms.example", ".corp.example", "10.1.0.0/16"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		address string
		host    string
		ok      bool
	}{
		{"93.184.216.34:80", "news.example", true}, {"93.184.216.34:443", "news.example", true}, {"[2606:2800:220:1::1]:443", "news.example", true},
		{"93.184.216.34:22", "news.example", false}, {"93.184.216.34:8080", "news.example", false},
		{"127.0.0.1:80", "rebound.example", false}, {"10.0.0.1:80", "rebound.example", false}, {"10.1.2.3:9000", "rebound.example", true},
		{"127.0.0.1:9000", "cms.example", true}, {"127.0.0.1:9000", "CMS.example.", true}, {"127.0.0.1:80", "evilcms.example", false},
		{"192.168.1.1:80", "a.corp.example", true}, {"192.168.1.1:80", "evilcorp.example", false}, {"192.168.1.1:80", "corp.example", false},
	} {
		network := "tcp4"
		if ap := netip.MustParseAddrPort(tt.address); ap.Addr().Is6() {
			network = "tcp6"
		}
		err := g.control(g.allowsName(tt.host))(network, tt.address, nil)
		if (err == nil) != tt.ok {
			t.Errorf("%s as %s: %v", tt.address, tt.host, err)
		}
	}
	for _, bad := range []string{"", "http://a", "*.a", "a b", "a/b/c"} {
		if _, err := newGuard(FetchOptions{Allow: []string{bad}}); err == nil {
			t.Errorf("rule %q was taken", bad)
		}
	}
}

func TestWeAreNoSource(t *testing.T) {
	for _, tt := range []struct {
		own, url string
		ok       bool
	}{
		{"", "https://cards.example/a", true},
		{"cards.example", "https://cards.example/a", false},
		{"cards.example", "https://cards.example:443/a", false},
		{"cards.example", "https://cards.example:0443/a", false},
		{"cards.example", "https://cards.example:/a", false},
		{"cards.example", "http://cards.example:80/a", false},
		{"cards.example", "http://cards.example/a", false},
		{"cards.example", "https://cards.example./a", false},
		{"cards.example", "https://CARDS.example..:443/a", false},
		{"Cards.Example.", "https://cards.example/a", false},
		{"cards.example", "https://cards.example:8443/a", true},
		{"cards.example", "https://a.cards.example/a", true},
		{"cards.example:443", "https://cards.example/a", false},
		{"cards.example:443", "http://cards.example/a", true},
		{"cards.example:8080", "http://cards.example.:8080/a", false},
		{"cards.example:8080", "http://cards.example/a", true},
		{"[2001:db8::1]:80", "http://[2001:DB8::1]/a", false},
	} {
		o := DefaultFetchOptions()
		o.OwnHosts = []string{tt.own}
		if _, err := fetcher(t, o).checkURL(tt.url); (err == nil) != tt.ok {
			t.Errorf("own %q: %s: %v", tt.own, tt.url, err)
		}
	}
}

func TestOneFetchForMany(t *testing.T) {
	var hits atomic.Int64
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		hits.Add(1)
		<-release
		_, _ = w.Write(onePixel(t))
	}))
	defer server.Close()
	o := patient()
	o.Timeout, o.HeaderTimeout = 5*time.Second, 5*time.Second
	f := fetcher(t, o)
	leaver, leave := context.WithCancel(t.Context())
	first := make(chan error, 1)
	go func() { _, err := f.Fetch(leaver, server.URL); first <- err }()
	for hits.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	var wg sync.WaitGroup
	started := make(chan struct{}, 8)
	for range 8 {
		wg.Go(func() {
			started <- struct{}{}
			if _, err := f.Fetch(t.Context(), server.URL); err != nil {
				t.Error(err)
			}
		})
	}
	for range 8 {
		<-started
	}
	leave()
	if err := <-first; !errors.Is(err, ErrTimeout) {
		t.Errorf("who left: %v", err)
	}
	time.Sleep(20 * time.Millisecond)
	close(release)
	wg.Wait()
	if n := hits.Load(); n > 2 {
		t.Errorf("%d fetches", n)
	}
}

func TestFailuresAreRememberedAMoment(t *testing.T) {
	var hits atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { hits.Add(1); http.NotFound(w, r) }))
	defer server.Close()
	o := patient()
	o.Forget = time.Hour
	f := fetcher(t, o)
	for range 3 {
		if _, err := f.Fetch(t.Context(), server.URL); !errors.Is(err, ErrUnavailable) {
			t.Error(err)
		}
	}
	if n := hits.Load(); n != 1 {
		t.Errorf("%d fetches", n)
	}
}
