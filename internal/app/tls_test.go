package app

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/certs/certstest"
)

// secured starts a service that answers over HTTPS, and a client that trusts it and follows no redirect.
func secured(t *testing.T, change func(*Config)) (*App, *http.Client, certstest.Files) {
	t.Helper()
	made := certstest.New(t, t.TempDir(), 1)
	c := config(t)
	c.TLS = TLS{Cert: made.Cert, Key: made.Key, RedirectAddr: "127.0.0.1:0"}
	change(&c)
	a := serve(t, c)
	pem, err := os.ReadFile(made.Cert)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	client := &http.Client{
		Transport:     &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, ForceAttemptHTTP2: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	t.Cleanup(client.CloseIdleConnections)
	return a, client, made
}

func do(t *testing.T, client *http.Client, method, url string, header http.Header) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header = header
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

// TestHTTPS: with a certificate the service answers over HTTP/2, hands out https URLs, and tells browsers to stay there.
func TestHTTPS(t *testing.T) {
	a, client, _ := secured(t, func(*Config) {})
	if !strings.HasPrefix(a.URL, "https://127.0.0.1:") || !strings.HasPrefix(a.StudioURL, a.URL) {
		t.Fatalf("%s %s", a.URL, a.StudioURL)
	}
	resp, body := do(t, client, http.MethodGet, a.URL+"/v1/share-links?url=https://news.example/a&title=One", nil)
	if resp.StatusCode != http.StatusOK || resp.Proto != "HTTP/2.0" || !strings.Contains(body, `"`+a.URL+`/kakao`) {
		t.Errorf("%s %s: %s", resp.Status, resp.Proto, body)
	}
	if got := resp.Header.Get("Strict-Transport-Security"); got != "max-age=31536000" {
		t.Errorf("Strict-Transport-Security: %q", got)
	}
	for version, ok := range map[uint16]bool{tls.VersionTLS11: false, tls.VersionTLS12: true, tls.VersionTLS13: true} {
		old := &tls.Config{RootCAs: client.Transport.(*http.Transport).TLSClientConfig.RootCAs, MinVersion: tls.VersionTLS10, MaxVersion: version}
		conn, err := tls.Dial("tcp", strings.TrimPrefix(a.URL, "https://"), old)
		if (err == nil) != ok {
			t.Errorf("%s: %v", tls.VersionName(version), err)
		}
		if err == nil {
			_ = conn.Close()
		}
	}
}

// TestPlainLeadsToHTTPS: readers are led to the same address, whatever host they named. What has a token is refused.
func TestPlainLeadsToHTTPS(t *testing.T) {
	a, client, _ := secured(t, func(c *Config) { c.PublicURL = "https://cards.example" })
	plain := "http://" + a.plain.Addr().String()
	for path, want := range map[string]string{
		"/": "/", "/s/abcdefg/facebook?utm_source=mail&a=%2F": "/s/abcdefg/facebook?utm_source=mail&a=%2F",
		"//evil.example/a": "//evil.example/a", "/%0d%0aX": "/%0d%0aX",
	} {
		resp, _ := do(t, client, http.MethodGet, plain+path, nil)
		if got := resp.Header.Get("Location"); resp.StatusCode != http.StatusMovedPermanently || got != "https://cards.example"+want {
			t.Errorf("%s: %s %q", path, resp.Status, got)
		}
	}
	for method, header := range map[string]http.Header{
		http.MethodPut: {}, http.MethodPost: {}, http.MethodGet: {"Authorization": {"Bearer " + a.Token}},
	} {
		resp, body := do(t, client, method, plain+"/v1/articles/a", header)
		if resp.StatusCode != http.StatusBadRequest || !strings.Contains(body, `"invalid_request"`) || resp.Header.Get("Location") != "" ||
			resp.Header.Get("Cache-Control") != "no-store" || strings.Contains(body, a.Token) {
			t.Errorf("%s: %s %s", method, resp.Status, body)
		}
	}
}

// TestCertificateIsReplaced: connections after the change get the new certificate; nobody restarts the service.
func TestCertificateIsReplaced(t *testing.T) {
	a, client, made := secured(t, func(*Config) {})
	serial := func() int64 {
		resp, _ := do(t, client, http.MethodGet, a.URL+"/healthz", nil)
		client.CloseIdleConnections()
		return resp.TLS.PeerCertificates[0].SerialNumber.Int64()
	}
	if got := serial(); got != 1 {
		t.Fatal(got)
	}
	certstest.New(t, made.Dir(), 2)
	pem, err := os.ReadFile(made.Cert)
	if err != nil {
		t.Fatal(err)
	}
	client.Transport.(*http.Transport).TLSClientConfig.RootCAs.AppendCertsFromPEM(pem)
	for began := time.Now(); serial() != 2; time.Sleep(50 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatal("the certificate was not replaced")
		}
	}
}

func TestTLSSettings(t *testing.T) {
	made := certstest.New(t, t.TempDir(), 1)
	for _, tt := range []struct {
		change func(*Config)
		says   string
	}{
		{func(c *Config) { c.TLS.Key = "" }, "--tls-cert: needs --tls-key"},
		{func(c *Config) { c.TLS.Cert = "" }, "--tls-key: is of no use"},
		{func(c *Config) { c.TLS.Domains = []string{"cards.example"} }, "--acme-domain: must not stand beside"},
		{func(c *Config) { c.TLS.Cert = made.Key }, "--tls-cert: "},
		{func(c *Config) { c.TLS.Key = "/none" }, "--tls-key: /none: no such file"},
		{func(c *Config) { c.PublicURL = "http://cards.example" }, "--public-url: must begin with https://"},
		{func(c *Config) { c.TLS = TLS{RedirectAddr: ":80"} }, "--redirect-addr: is of no use"},
		{func(c *Config) { c.TLS = TLS{Email: "a@b.example"} }, "--acme-email: is of no use"},
		{func(c *Config) { c.TLS = TLS{Directory: "https://a.example"} }, "--acme-directory: is of no use"},
		{func(c *Config) { c.TLS = TLS{Domains: []string{"localhost"}} }, "--acme-domain: \"localhost\""},
		{func(c *Config) { c.TLS = TLS{Domains: []string{"a.example"}, Email: "a"} }, "--acme-email: \"a\""},
		{func(c *Config) { c.TLS = TLS{Domains: []string{"a.example"}, Directory: "http://a.example"} }, "--acme-directory: "},
	} {
		c := config(t)
		c.TLS = TLS{Cert: made.Cert, Key: made.Key}
		tt.change(&c)
		if err := Check(c); err == nil || !strings.HasPrefix(err.Error(), tt.says) {
			t.Errorf("%v, want %s", err, tt.says)
		}
	}
	for domain, want := range map[string]string{"": "https://127.0.0.1:8443", "cards.example": "https://cards.example:8443"} {
		s := TLS{Cert: "a"}
		if domain != "" {
			s.Domains = []string{domain}
		}
		if got := s.ownAddress("127.0.0.1", 8443); got != want {
			t.Errorf("%q: %s", domain, got)
		}
	}
	if got := (TLS{Domains: []string{"cards.example"}}).ownAddress("0.0.0.0", 443); got != "https://cards.example" {
		t.Error(got)
	}
}
