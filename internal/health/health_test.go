package health

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestAddress: what is asked for which argument; an error for an empty address.
func TestAddress(t *testing.T) {
	for target, want := range map[string]string{
		"127.0.0.1:8080":                "http://127.0.0.1:8080/readyz",
		"0.0.0.0:8080":                  "http://127.0.0.1:8080/readyz",
		"[::]:8080":                     "http://[::1]:8080/readyz",
		":8080":                         "http://127.0.0.1:8080/readyz",
		"[::1]:8080":                    "http://[::1]:8080/readyz",
		"cards.example:80":              "http://cards.example:80/readyz",
		"http://127.0.0.1:8080":         "http://127.0.0.1:8080/readyz",
		"https://cards.example/":        "https://cards.example/readyz",
		"http://127.0.0.1:8080/healthz": "http://127.0.0.1:8080/healthz",
		"":                              "",
		"cards.example":                 "",
		"ftp://cards.example":           "",
		"http://":                       "",
		"http://a:b@cards.example":      "",
		"ftp://x":                       "",
		"http://cards.example/?q=1":     "",
		"http://cards.example/#a":       "",
	} {
		got, err := Address(target, false)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", target, got, err)
		}
	}
}

// TestCheck: only 200 is well, and the error has the service's words.
func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		status  int
		header  string // Location
		body    string
		problem string // "": none
	}{
		{200, "", "ready\n", ""},
		{503, "", `{"error":{"code":"overloaded","message":"not ready: draining"}}`, ` answers 503: "not ready: draining"`},
		{503, "", `{"error":{"message":"` + strings.Repeat("a", 9<<10) + `"}}`, " answers 503"},
		{503, "", "{\"error\":{\"message\":\"a\x1b[1m\"}}", " answers 503"},
		{502, "", "<html>", " answers 502"},
		{204, "", "", " answers 204"},
		{302, "/elsewhere", "", " answers 302"},
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/elsewhere" {
				return // 200
			}
			if tt.header != "" {
				w.Header().Set("Location", tt.header)
			}
			w.WriteHeader(tt.status)
			_, _ = w.Write([]byte(tt.body))
		}))
		t.Setenv("HTTP_PROXY", "http://127.0.0.1:1") // must not matter
		err := Check(t.Context(), s.URL+"/readyz")
		s.Close()
		switch {
		case tt.problem == "" && err != nil, tt.problem != "" && (err == nil || err.Error() != s.URL+"/readyz"+tt.problem):
			t.Errorf("%d %.60q: %v", tt.status, tt.body, err)
		}
	}
}

// TestCheckOfNobody: an address where nothing listens, and one that never answers.
func TestCheckOfNobody(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + l.Addr().String() + "/readyz"
	ctx, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	if err := Check(ctx, address); err == nil || !strings.HasSuffix(err.Error(), " does not answer within 3s") {
		t.Error(err)
	}
	l.Close()
	if err := Check(t.Context(), address); err == nil || !strings.Contains(err.Error(), "cannot be reached: ") {
		t.Error(err)
	}
}

// TestCheckOverHTTPS: a service of this machine is asked whatever name its certificate has.
func TestCheckOverHTTPS(t *testing.T) {
	own := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer own.Close()
	address, err := Address(strings.TrimPrefix(own.URL, "https://"), true)
	if err != nil || !strings.HasPrefix(address, "https://127.0.0.1:") {
		t.Fatalf("%s, %v", address, err)
	}
	if err := Check(t.Context(), address); err != nil {
		t.Error(err)
	}
	if !trust("127.0.0.1").InsecureSkipVerify || !trust("::1").InsecureSkipVerify || trust("cards.example").InsecureSkipVerify || trust("192.0.2.1").InsecureSkipVerify {
		t.Error("others must prove who they are, and only they")
	}
}
