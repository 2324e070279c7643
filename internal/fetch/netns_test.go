package fetch

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
)

// inNamespace marks the test's own process in a network namespace.
const inNamespace = "CARDS_TEST_NAMESPACE"

// TestNamespaceCanary gives a network namespace the addresses that must never be reached, with a listener on
// each port, and counts connections. There even the private networks answer, and a public address does, so
// that nothing but the guard can prevent a connection.
func TestNamespaceCanary(t *testing.T) {
	if os.Getenv(inNamespace) != "" {
		t.Skip("this process runs TestInNamespace")
	}
	for _, tool := range []string{"ip", "unshare"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is missing; make deps installs it", tool)
		}
	}
	if out, err := exec.Command("unshare", "--net", "true").CombinedOutput(); err != nil {
		t.Skipf("no network namespace without root: %s", out)
	}
	for _, resolver := range []string{"go", "cgo"} {
		cmd := exec.Command("unshare", "--net", os.Args[0], "-test.run", "^TestInNamespace$", "-test.v")
		cmd.Env = append(os.Environ(), inNamespace+"=1", "GODEBUG=netdns="+resolver)
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "--- PASS: TestInNamespace") {
			t.Errorf("resolver %s: %v\n%s", resolver, err, out)
		}
	}
}

const publicHere = "93.184.216.34"

var forbidden = []string{
	"10.0.0.1", "100.64.0.1", "169.254.169.254", "168.63.129.16", "172.16.0.1", "192.0.0.1", "192.0.2.1", "192.88.99.1",
	"192.168.0.1",
	"198.18.0.1", "198.51.100.1", "203.0.113.1", "240.0.0.1", "fd00::1", "fec0::1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1",
	"2002:7f00:1::1",
	"2001:db8::1", "2001::1", "100::1", "3fff::1", "5f00::1", "::7f00:1", "2001:4860::5efe:7f00:1",
	"2001:4860::200:5efe:a00:1",
}

func TestInNamespace(t *testing.T) {
	if os.Getenv(inNamespace) == "" {
		t.Skip("runs in the namespace of TestNamespaceCanary")
	}
	command := func(args ...string) {
		if out, err := exec.Command("ip", args...).CombinedOutput(); err != nil {
			t.Logf("ip %v: %s", args, out) // a kernel may refuse an address: fewer are tried
		}
	}
	command("link", "set", "lo", "up")
	for _, a := range append(forbidden, publicHere) {
		bits := netip.MustParseAddr(a).BitLen()
		command("addr", "add", fmt.Sprintf("%s/%d", a, bits), "dev", "lo", "nodad")
	}
	var seen atomic.Int64
	for _, port := range []int{80, 22, 6379} {
		serveCanary(t, port, &seen)
	}
	if f := newClient(t, DefaultOptions()); !fetches(t, f, "http://"+publicHere+"/") || seen.Load() != 1 {
		t.Fatalf("the public address does not answer: %d came", seen.Load())
	}
	seen.Store(0)
	hosts := append([]string{
		"127.0.0.1", "127.1", "0", "localhost", "2130706433", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::",
	}, forbidden...)
	f := newClient(t, DefaultOptions())
	for _, host := range hosts {
		if strings.Contains(host, ":") {
			host = "[" + host + "]"
		}
		if fetches(t, f, "http://"+host+"/") {
			t.Errorf("%s was fetched", host)
		}
	}
	for _, port := range []string{"22", "6379"} {
		if fetches(t, f, "http://"+publicHere+":"+port+"/") {
			t.Errorf("port %s was fetched", port)
		}
	}
	if n := seen.Load(); n != 0 {
		t.Errorf("%d connections came", n)
	}
}

// serveCanary answers on a port of every address with a photo, and counts.
func serveCanary(t *testing.T, port int, seen *atomic.Int64) {
	t.Helper()
	l, err := net.Listen("tcp", fmt.Sprintf(":%d", port))
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{
		Handler:   http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(onePixel()) }),
		ConnState: func(_ net.Conn, state http.ConnState) { seen.Add(int64(1 - min(1, int(state)))) }, // StateNew is 0
	}
	t.Cleanup(func() { _ = s.Close() })
	go func() { _ = s.Serve(l) }()
}

// fetches reports whether a photo was fetched. Another error than ErrUnavailable is an error of the test.
func fetches(t *testing.T, f *Client, url string) bool {
	t.Helper()
	_, err := f.MediaBytes(t.Context(), url)
	if err != nil && !errors.Is(err, ErrUnavailable) {
		t.Errorf("%s: %v", url, err)
	}
	return err == nil
}
