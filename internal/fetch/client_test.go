package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// everyPort are all ports: the sources of the tests listen on free ones.
var everyPort = func() (all []uint16) {
	for p := range 1 << 16 {
		all = append(all, uint16(p))
	}
	return all
}()

// patient are the options of the tests: short waits, and the loopback network allowed on any port.
func patient() Options {
	o := DefaultOptions()
	o.Timeout, o.ConnectTimeout, o.HeaderTimeout = 3*time.Second, 2*time.Second, 2*time.Second
	o.SpeedWindow, o.Forget, o.MaxBytes = 500*time.Millisecond, 0, 1<<20
	o.Allow, o.Ports = []string{"127.0.0.0/8", "::1"}, everyPort
	return o
}

// newClient fetches photos.
func newClient(t testing.TB, o Options) *Client {
	t.Helper()
	o.Format = photoFormat{}
	f, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// canary is a listener on loopback that must see no connection.
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

// TestLocalAddressesAreNotFetched: however a local address is written, no connection to it is opened.
func TestLocalAddressesAreNotFetched(t *testing.T) {
	port, seen := canary(t)
	o := patient()
	o.Allow = nil
	var p uint16
	if _, err := fmt.Sscan(port, &p); err != nil {
		t.Fatal(err)
	}
	o.Ports = []uint16{80, 443, p} // so that only the address can be at fault
	f := newClient(t, o)
	for _, host := range []string{
		"127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "0.0.0.0", "127.88.23.245",
		"①②⑦.⓪.⓪.①", "127。0。0。1",
		"localhost", "localhost.", "LOCALHOST", "a.localhost", "printer.local", "db.internal", "metadata.google.internal.",
		"[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
		"[fe80::1]", "[fe80::1%25lo]", "[2001:4860::5efe:7f00:1]", "[2001:4860::200:5efe:127.0.0.1]",
		"[fc00::1]", "[ff02::1]", "[2001:db8::1]", "[2001:0:0:0::1]", "[100::1]", "[3fff::1]", "[5f00::1]",
		"10.0.0.1", "100.64.0.1", "169.254.169.254", "172.16.0.1", "192.0.0.1", "192.0.2.1", "192.168.0.1", "198.18.0.1",
		"198.51.100.1",
		"203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "168.63.129.16",
	} {
		if _, err := f.MediaBytes(t.Context(), "http://"+host+":"+port+"/"); !errors.Is(err, ErrUnavailable) {
			t.Errorf("%s: %v", host, err)
		}
	}
	for _, raw := range []string{
		"http://a@127.0.0.1:" + port + "/", "file:///etc/passwd", "gopher://127.0.0.1:" + port + "/",
		"http://127.0.0.1:" + port + ":80/",
		`http://127.0.0.1:` + port + `\@news.example/`, "http:127.0.0.1", "//127.0.0.1/",
		"http://%31%32%37.0.0.1:" + port + "/",
	} {
		if _, err := f.MediaBytes(t.Context(), raw); !errors.Is(err, ErrUnavailable) {
			t.Errorf("%s: %v", raw, err)
		}
	}
	if n := seen.Load(); n != 0 {
		t.Errorf("%d connections came to the canary", n)
	}
}

// TestOneFetchForMany: callers share a fetch, and it goes on when the first of them leaves.
func TestOneFetchForMany(t *testing.T) {
	var hits atomic.Int64
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		hits.Add(1)
		<-release
		_, _ = w.Write(onePixel())
	}))
	defer server.Close()
	o := patient()
	o.Timeout, o.HeaderTimeout = 5*time.Second, 5*time.Second
	f := newClient(t, o)
	leaver, leave := context.WithCancel(t.Context())
	first := make(chan error, 1)
	go func() { _, err := f.MediaBytes(leaver, server.URL); first <- err }()
	for hits.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	var wg sync.WaitGroup
	started := make(chan struct{}, 8)
	for range 8 {
		wg.Go(func() {
			started <- struct{}{}
			if _, err := f.MediaBytes(t.Context(), server.URL); err != nil {
				t.Error(err)
			}
		})
	}
	for range 8 {
		<-started
	}
	leave()
	if err := <-first; !errors.Is(err, ErrTimeout) {
		t.Errorf("the caller that left: %v", err)
	}
	time.Sleep(20 * time.Millisecond)
	close(release)
	wg.Wait()
	if n := hits.Load(); n > 2 {
		t.Errorf("%d fetches", n)
	}
}

// TestFailuresAreRememberedAMoment: a source that has just failed is not asked again.
func TestFailuresAreRememberedAMoment(t *testing.T) {
	var hits atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hits.Add(1)
		http.NotFound(w, r)
	}))
	defer server.Close()
	o := patient()
	o.Forget = time.Hour
	f := newClient(t, o)
	for range 3 {
		if _, err := f.MediaBytes(t.Context(), server.URL); !errors.Is(err, ErrUnavailable) {
			t.Error(err)
		}
	}
	if n := hits.Load(); n != 1 {
		t.Errorf("%d fetches", n)
	}
}

// TestAgent: every request says who sends it, also after a redirect.
func TestAgent(t *testing.T) {
	agents := make(chan string, 8)
	mux := http.NewServeMux()
	mux.Handle("/moved", http.RedirectHandler("/page", http.StatusFound))
	mux.HandleFunc("/page", func(w http.ResponseWriter, r *http.Request) {
		agents <- r.UserAgent()
		w.Header().Set("Content-Type", "text/html")
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()
	for given, want := range map[string]string{"The Harbor Post (+https://cards.example)": "The Harbor Post (+https://cards.example)", "": "cards"} {
		o := patient()
		o.Agent = given
		f := newClient(t, o)
		if _, err := f.Page(t.Context(), srv.URL+"/moved"); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Media(t.Context(), srv.URL+"/moved", Request{}); err == nil {
			t.Fatal("a page is no photo")
		}
		for range 2 {
			if got := <-agents; got != want {
				t.Errorf("%q: sent %q", given, got)
			}
		}
	}
}
