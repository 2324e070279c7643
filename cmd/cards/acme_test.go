package main

import (
	"bufio"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/certs/certstest"
)

// authority is a real server of the ACME protocol on this machine, pebble, which scripts/deps builds.
type authority struct {
	directory string // its address
	trusted   string // file with the certificate that it answers with
}

// newAuthority starts pebble, which looks for each host at 127.0.0.1 and checks its port for HTTPS or plain HTTP there.
func newAuthority(t *testing.T, https, plain int) authority {
	t.Helper()
	version, err := os.ReadFile(filepath.Join("testdata", "pebble.version"))
	if err != nil {
		t.Fatal(err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	tools := filepath.Join(cache, "cards-tools", "pebble-"+strings.TrimSpace(string(version)))
	if _, err := os.Stat(filepath.Join(tools, "pebble")); err != nil {
		if os.Getenv("CARDS_REQUIRE") == "1" {
			t.Fatal("pebble is missing, which CARDS_REQUIRE asks for: scripts/deps builds it")
		}
		t.Skip("SKIPPED: pebble is missing; scripts/deps builds it")
	}
	dir := t.TempDir()
	own := certstest.New(t, dir, 1)
	names, manage, listen, admin := freePort(t), freePort(t), freePort(t), freePort(t)
	settings := map[string]any{"pebble": map[string]any{
		"listenAddress": local(listen), "managementListenAddress": local(admin), "certificate": own.Cert, "privateKey": own.Key,
		"httpPort": plain, "tlsPort": https,
	}}
	raw, err := json.Marshal(settings)
	if err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(dir, "pebble.json")
	if err := os.WriteFile(config, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	background(t, filepath.Join(tools, "pebble-challtestsrv"), "-dnsserver", local(names), "-management", local(manage), "-defaultIPv6", "",
		"-http01", "", "-https01", "", "-tlsalpn01", "", "-doh", "")
	background(t, filepath.Join(tools, "pebble"), "-config", config, "-dnsserver", local(names))
	answers(t, local(listen))
	answers(t, local(manage))
	return authority{"https://" + local(listen) + "/dir", own.Cert}
}

func local(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }

// freePort returns a port on which nothing listens.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// background runs a program until the test ends.
func background(t *testing.T, name string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Env = []string{"PEBBLE_VA_NOSLEEP=1", "PEBBLE_WFE_NONCEREJECT=0"}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
}

// answers waits until something listens on the address.
func answers(t *testing.T, addr string) {
	t.Helper()
	for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(10 * time.Millisecond) {
		if conn, err := net.Dial("tcp", addr); err == nil {
			_ = conn.Close()
			return
		}
	}
	t.Fatal("nothing listens on " + addr)
}

// TestCertificatesOfAnAuthority: the service gets a certificate for its host, by either port, and keeps it over a
// restart. A host that is not its own gets none.
func TestCertificatesOfAnAuthority(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: runs services: make full")
	}
	https, plain := freePort(t), freePort(t)
	a := newAuthority(t, https, plain)
	data := filepath.Join(t.TempDir(), "data")
	for range 2 {
		cmd := program(t, "serve", "--addr", local(https), "--redirect-addr", local(plain), "--data", data, "--drain", "0s", "--log-level", "error",
			"--acme-domain", "cards.example.net", "--acme-email", "desk@paper.example", "--acme-directory", a.directory)
		cmd.Env = append(cmd.Environ(), "SSL_CERT_FILE="+a.trusted)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for lines := bufio.NewScanner(out); lines.Scan() && !strings.Contains(lines.Text(), "API token"); {
			if strings.Contains(lines.Text(), "studio") && !strings.Contains(lines.Text(), fmt.Sprintf("https://cards.example.net:%d/", https)) {
				t.Error(lines.Text())
			}
		}
		if issuer := issuerOf(t, local(https), "cards.example.net"); !strings.Contains(issuer, "Pebble") {
			t.Errorf("issued by %q", issuer)
		}
		if conn, err := tls.Dial("tcp", local(https), &tls.Config{ServerName: "other.example.net", InsecureSkipVerify: true}); err == nil {
			_ = conn.Close()
			t.Error("a host that is not the service's has a certificate")
		}
		_ = cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
		a.directory = "https://" + local(1) + "/dir" // what is kept needs no authority
	}
	kept, err := os.ReadDir(filepath.Join(data, "acme"))
	if err != nil || len(kept) < 2 {
		t.Errorf("%v, %v", kept, err)
	}
}

// issuerOf asks the host's service whether it is ready, and returns who has issued its certificate.
func issuerOf(t *testing.T, addr, host string) string {
	t.Helper()
	client := &http.Client{Timeout: time.Minute, Transport: &http.Transport{
		DisableKeepAlives: true, TLSClientConfig: &tls.Config{ServerName: host, InsecureSkipVerify: true}, // the root is made at each start
	}}
	resp, err := client.Get("https://" + addr + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Error(resp.Status)
	}
	return resp.TLS.PeerCertificates[0].Issuer.CommonName
}
