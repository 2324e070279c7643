package app

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/internal/store/postgres/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }

// lines is a log that can be read while it is written.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// fixedAddress has the service listen where a test can ask it before it has started.
func fixedAddress(t *testing.T, c *Config) {
	t.Helper()
	l, err := net.Listen("tcp", c.Addr)
	if err != nil {
		t.Fatal(err)
	}
	c.Addr = l.Addr().String()
	l.Close()
}

// asked returns the status and the body of a page, 0 if nothing answers.
func asked(t *testing.T, url string) (status int, body string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		return 0, ""
	}
	defer resp.Body.Close()
	raw, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(raw)
}

// until waits for a condition.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for began := time.Now(); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatal("never: " + what)
		}
	}
}

// TestStartWithoutTheDatabase: the service waits for its database, says so, and is ready when it is there. A signal ends
// the wait.
func TestStartWithoutTheDatabase(t *testing.T) {
	server := pgtest.New(t, pgtest.Options{})
	c := config(t)
	c.Database = server.Database(t)
	server.Stop()
	for _, comes := range []bool{false, true} {
		fixedAddress(t, &c)
		var log lines
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		type started struct {
			app *App
			err error
		}
		began := make(chan started, 1)
		go func() {
			a, err := New(ctx, c, slog.New(slog.NewTextHandler(&log, nil)))
			began <- started{a, err}
		}()
		url := "http://" + c.Addr
		until(t, "it answers", func() bool { status, _ := asked(t, url+"/healthz"); return status == 200 })
		if status, body := asked(t, url+"/readyz"); status != 503 || !strings.Contains(body, "waits for its database") {
			t.Errorf("readyz: %d %s", status, body)
		}
		until(t, "the log says so", func() bool { return strings.Contains(log.String(), "waiting for the database") })
		if !comes {
			stop()
			if s := <-began; !errors.Is(s.err, context.Canceled) {
				t.Errorf("stopped: %v", s.err)
			}
			if status, _ := asked(t, url+"/healthz"); status != 0 {
				t.Error("it still answers")
			}
			continue
		}
		if err := server.Start(); err != nil {
			t.Fatal(err)
		}
		s := <-began
		if s.err != nil {
			t.Fatal(s.err)
		}
		defer s.app.Close()
		done := make(chan error, 1)
		go func() { done <- s.app.Serve(ctx) }()
		if got := get(t, s.app.URL+"/readyz"); got != "ready\n" {
			t.Errorf("readyz: %q", got)
		}
		s.app.put(t, "storm", map[string]any{"url": "https://news.example/storm", "headline": "Storm"})
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// TestStartWhileTheDatabaseHangs: a database that takes connections and never answers is waited for like one that is
// away. A signal ends the wait.
func TestStartWhileTheDatabaseHangs(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	c := config(t)
	c.Database = "postgres://cards@" + silent.Addr().String() + "/cards?sslmode=disable&connect_timeout=3600"
	fixedAddress(t, &c)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var log lines
	ended := make(chan error, 1)
	go func() {
		_, err := New(ctx, c, slog.New(slog.NewTextHandler(&log, nil)))
		ended <- err
	}()
	url := "http://" + c.Addr
	until(t, "it answers", func() bool { status, _ := asked(t, url+"/healthz"); return status == 200 })
	if status, body := asked(t, url+"/readyz"); status != 503 || !strings.Contains(body, "waits for its database") {
		t.Errorf("readyz: %d %s", status, body)
	}
	until(t, "the log says so", func() bool { return strings.Contains(log.String(), "no answer yet") })
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if status, _ := asked(t, url+"/healthz"); status != 0 {
		t.Error("it still answers")
	}
}

// TestOutageOfTheDatabase: while the database is away, /readyz says so and nothing is created; afterwards everything
// works again, without a restart.
func TestOutageOfTheDatabase(t *testing.T) {
	server := pgtest.New(t, pgtest.Options{})
	c := config(t)
	c.Database = server.Database(t)
	a := serve(t, c)
	storm := a.put(t, "storm", map[string]any{"url": "https://news.example/storm", "headline": "Storm"})
	server.Kill()
	until(t, "not ready", func() bool { status, _ := asked(t, a.URL+"/readyz"); return status == 503 })
	for range 3 { // the clicks wait in a file
		if to := a.follow(t, storm.ShortURL); to != "https://news.example/storm" {
			t.Errorf("a reader is sent to %q", to)
		}
	}
	a.refused(t, "PUT", "/v1/articles/late", `{"url":"https://news.example/late","headline":"Late"}`, 503, "overloaded")
	if status, _ := asked(t, a.URL+"/healthz"); status != 200 {
		t.Errorf("healthz: %d", status)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	until(t, "ready", func() bool { status, _ := asked(t, a.URL+"/readyz"); return status == 200 })
	a.put(t, "late", map[string]any{"url": "https://news.example/late", "headline": "Late"})
	until(t, "the clicks are counted", func() bool {
		_, stats := a.ask(t, "GET", "/v1/articles/storm/stats", "")
		return strings.Contains(stats, `"raw":3`)
	})
}

// follow opens a short link as a browser does, and returns where it leads.
func (a *App) follow(t *testing.T, short string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, short, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.Header.Get("Location")
}

// TestReplicas: of two services on one database, each sees what the other has stored, and a withdrawal by the other.
func TestReplicas(t *testing.T) {
	url := pgtest.Shared(t).Database(t)
	var both []*App
	for range 2 {
		c := config(t)
		c.Database = url
		both = append(both, serve(t, c))
	}
	first := both[0].put(t, "storm", map[string]any{"url": "https://news.example/storm", "headline": "Storm"})
	code := strings.TrimPrefix(first.ShortURL, both[0].URL)
	if second := both[1].put(t, "storm", map[string]any{"url": "https://news.example/storm", "headline": "Storm over"}); strings.TrimPrefix(second.ShortURL, both[1].URL) != code {
		t.Errorf("short links %s and %s", first.ShortURL, second.ShortURL)
	}
	both[1].refused(t, "DELETE", "/v1/articles/storm", "", 204)
	both[0].refused(t, "GET", "/v1/articles/storm", "", 410)
}

// TestWrongDatabases: a password or a database that is wrong stops the start, and is not shown.
func TestWrongDatabases(t *testing.T) {
	server := pgtest.Shared(t)
	host := "?host=" + strings.ReplaceAll(server.Folder(), "/data", "/sock")
	const secret = "s3cr3t"
	for _, tt := range []struct{ database, says string }{
		{"postgres://" + pgtest.Guarded + ":" + secret + "@/postgres" + host, "password"},
		{"postgresql://cards:" + secret + "@/nowhere" + host, "does not exist"},
		{"postgress://cards:" + secret + "@localhost/postgres", "form"},
		{"postgres:/cards:" + secret + "@localhost/postgres", "form"},
		{"mysql://cards:" + secret + "@localhost/postgres", "form"},
	} {
		c := config(t)
		c.Database = tt.database
		var log lines
		_, err := New(t.Context(), c, slog.New(slog.NewTextHandler(&log, nil)))
		wrong, ok := errors.AsType[*SettingError](err)
		if !ok || wrong.Setting != "database" || !strings.Contains(wrong.Problem, tt.says) {
			t.Errorf("%s: %v", tt.database, err)
		}
		if strings.Contains(wrong.Error()+log.String(), secret) {
			t.Errorf("%s: %v, %s", tt.database, err, log.String())
		}
	}
}
