package app

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

func config(t *testing.T) Config {
	return Config{Addr: "127.0.0.1:0", Data: filepath.Join(t.TempDir(), "data"), MemoryCache: 1 << 20, ClickWindow: time.Minute}
}

func discard() *slog.Logger { return slog.New(slog.DiscardHandler) }

// TestServeAndDrain starts the service twice on one folder: it answers, stops when its context ends, and
// has the same secrets again.
func TestServeAndDrain(t *testing.T) {
	c := config(t)
	var tokens []string
	for range 2 {
		ctx, stop := context.WithCancel(t.Context())
		a, err := New(ctx, c, discard())
		if err != nil {
			t.Fatal(err)
		}
		tokens = append(tokens, a.Token)
		done := make(chan error, 1)
		go func() { done <- a.Serve(ctx) }()
		if got := get(t, a.URL+"/readyz"); got != "ready\n" {
			t.Errorf("readyz: %q", got)
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		a.Close()
		if _, err := http.Get(a.URL + "/healthz"); err == nil {
			t.Error("a closed service answers")
		}
	}
	if tokens[0] != tokens[1] || len(tokens[0]) != 64 {
		t.Errorf("tokens: %q", tokens)
	}
}

// TestDrain: while the service drains, /readyz reports 503 and other requests, on new connections too, are answered.
func TestDrain(t *testing.T) {
	c := config(t)
	c.Drain = maxDrain
	ctx, stop := context.WithCancel(t.Context())
	a, err := New(ctx, c, discard())
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- a.Serve(ctx) }()
	get(t, a.URL+"/readyz")
	stop()
	fresh := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	status := func(path string) int {
		resp, err := fresh.Get(a.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		return resp.StatusCode
	}
	for status("/readyz") != http.StatusServiceUnavailable { // until Serve has seen the end of its context
		runtime.Gosched()
	}
	if got := status("/v1/share-links?url=https://news.example/a&title=A"); got != http.StatusOK {
		t.Errorf("while draining: %d", got)
	}
	a.Close() // ends the wait
	if err := <-done; err == nil {
		t.Error("a listener that is closed meanwhile is no error")
	}
}

// TestStuckRequest: a request that does not end keeps the service from ending for a time, not for ever.
func TestStuckRequest(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	a, err := New(ctx, config(t), discard())
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	a.grace = time.Millisecond
	began, stuck := make(chan struct{}), make(chan struct{})
	a.handler = http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		close(began)
		<-stuck
	})
	defer close(stuck)
	done := make(chan error, 1)
	go func() { done <- a.Serve(ctx) }()
	go func() {
		if resp, err := http.Get(a.URL); err == nil {
			resp.Body.Close()
		}
	}()
	<-began
	stop()
	if err := <-done; err != nil {
		t.Errorf("the end of a service with a stuck request: %v", err)
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// TestWrongSettings: each is named, and leaves no listener or database open.
func TestWrongSettings(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for setting, set := range map[string]func(*Config){
		"addr":         func(c *Config) { c.Addr = "nowhere" },
		"admin-addr":   func(c *Config) { c.AdminAddr = "nowhere" },
		"public-url":   func(c *Config) { c.PublicURL = "https://cards.example/path" },
		"data":         func(c *Config) { c.Data = filepath.Join(file, "data") },
		"database":     func(c *Config) { c.Database = "mysql://db" },
		"pictures":     func(c *Config) { c.Pictures = "ftp://host" },
		"memory-cache": func(c *Config) { c.MemoryCache = 1 },
		"card-cache":   func(c *Config) { c.CardCache = -1 },
		"fetch-agent":  func(c *Config) { c.FetchAgent = "a\nb" },
		"drain":        func(c *Config) { c.Drain = time.Hour },
		"api-token":    func(c *Config) { c.Token = "short" },
		"signing-key":  func(c *Config) { c.SigningKeys = []string{"short"} },

		"kakao-admin-key": func(c *Config) { c.Kakao.AdminKey = "short" },
		"photo-allow":     func(c *Config) { c.PhotoAllow = []string{"10.0.0.0/99"} },
		"fonts":           func(c *Config) { c.Fonts = file },
		"themes":          func(c *Config) { c.Themes = file },
	} {
		c := config(t)
		set(&c)
		_, err := New(t.Context(), c, discard())
		var wrong *SettingError
		if !errors.As(err, &wrong) || wrong.Setting != setting {
			t.Errorf("%s: %v", setting, err)
		}
	}
}

// TestPublicServiceHasNoOpenStudio: only an address of this machine opens it.
func TestPublicServiceHasNoOpenStudio(t *testing.T) {
	for raw, open := range map[string]bool{
		"http://127.0.0.1:8080": true, "http://localhost:8080": true, "http://[::1]:1": true,
		"https://cards.example": false, "http://10.0.0.1": false, "https://localhost.example": false,
	} {
		if isLoopbackURL(raw) != open {
			t.Errorf("%s: open %v", raw, !open)
		}
	}
}
