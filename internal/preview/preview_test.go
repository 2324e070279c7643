package preview

import (
	"bufio"
	"bytes"
	"context"
	"image/jpeg"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/sample"
	"newsroom.example/cards/render"
)

const theme = "[colors]\npaper = \"#fffdf5\"\nink = \"#101820\"\naccent = \"#00508c\"\n"

func write(t *testing.T, dir, name, data string, age time.Duration) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC).Add(-age) // a file that is written twice in a moment has changed too
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

func opened(t *testing.T, dir string) (*render.Renderer, *design.Folder, error) {
	t.Helper()
	set, err := fonts.Load()
	if err != nil {
		t.Fatal(err)
	}
	folder, err := design.OpenFolder(dir, set.Families())
	if folder == nil {
		t.Fatal(err)
	}
	return render.New(set, folder.Current), folder, err
}

// TestWrite: the page holds its pictures and nothing that is fetched, and its policy lets its own style through.
func TestWrite(t *testing.T) {
	r, folder, err := opened(t, "")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	choice := Choice{Themes: []string{"press", "signal"}, Templates: []string{"photo"}, Sizes: []string{"og", "200x200"}, Stories: []string{"story", "one word"}}
	if err := Write(t.Context(), &out, r, folder.Current(), choice, 120); err != nil {
		t.Fatal(err)
	}
	got := out.String()
	if n := strings.Count(got, `<img src="data:image/jpeg;base64,`); n != 2*2*2 {
		t.Errorf("%d pictures", n)
	}
	for _, want := range []string{"<style>" + styleSource + "</style>", `alt="` + sample.Stories[0].Card.Headline + `"`, "default-src &#39;none&#39;", `width="1200" height="630"`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
	for _, no := range []string{"<script", "http:", "https:", "<form", "<link rel=\"stylesheet"} {
		if strings.Contains(got, no) {
			t.Errorf("%q in a file", no)
		}
	}
}

func get(t *testing.T, h http.Handler, target string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, nil)
	r.Host = "127.0.0.1:8090"
	h.ServeHTTP(w, r)
	return w
}

// TestLive: the page shows the cards, then the errors of a changed file, then the cards of the mended one.
func TestLive(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "harbor.toml", theme, 3*time.Hour)
	r, folder, err := opened(t, dir)
	l := NewLive(r, folder, dir, err, Choice{Templates: []string{"text"}, Sizes: []string{"og"}})
	h := l.Handler()
	first := get(t, h, "/")
	if n := strings.Count(first.Body.String(), "<img "); first.Code != 200 || n != len(sample.Stories) || !strings.Contains(first.Body.String(), "<script>"+scriptSource+"</script>") {
		t.Fatalf("%d with %d cards: %s", first.Code, n, first.Body)
	}
	if p := first.Header().Get("Content-Security-Policy"); !strings.Contains(p, "script-src "+hash(scriptSource)) || strings.Contains(p, "unsafe") {
		t.Errorf("policy %s", p)
	}
	if all := get(t, h, "/?template=&size=").Body.String(); strings.Count(all, "<img ") != len(folder.Current().Templates())*6*len(sample.Stories) {
		t.Errorf("all templates and sizes: %d cards", strings.Count(all, "<img "))
	}
	before, _, changed := l.now()
	l.look()
	if v, _, _ := l.now(); v != before {
		t.Error("a version without a change")
	}
	write(t, dir, "harbor.toml", theme+"glow = 3\n", 2*time.Hour)
	l.look()
	<-changed
	after, _, _ := l.now()
	broken := get(t, h, "/").Body.String()
	if after == before || !strings.Contains(broken, "<code>harbor.toml:5:1: colors.glow: is not known here</code>") || strings.Count(broken, "<img ") != len(sample.Stories) {
		t.Errorf("%s after %s: %s", after, before, broken)
	}
	write(t, dir, "harbor.toml", strings.Replace(theme, "#00508c", "#0a6b2f", 1), time.Hour)
	l.look()
	if mended := get(t, h, "/").Body.String(); strings.Contains(mended, "<code>") {
		t.Errorf("an error that was mended: %s", mended)
	}
}

func TestLiveCard(t *testing.T) {
	r, folder, err := opened(t, "")
	h := NewLive(r, folder, "", err, Choice{}).Handler()
	w := get(t, h, "/card?theme=press&template=text&size=og&story=bare")
	m, err := jpeg.DecodeConfig(w.Body)
	if err != nil || m.Width != 1200 || m.Height != 630 || w.Header().Get("Content-Type") != "image/jpeg" {
		t.Errorf("%v %v %v", w.Header(), m, err)
	}
	for _, bad := range []string{"theme=gone&template=text&size=og&story=bare", "theme=press&template=gone&size=og&story=bare", "theme=press&template=text&size=huge&story=bare", "theme=press&template=text&size=og&story=gone"} {
		if w := get(t, h, "/card?"+bad); w.Code != 404 {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
	if w := get(t, h, "/?theme=gone"); w.Code != 200 || !strings.Contains(w.Body.String(), "There are no such cards.") {
		t.Errorf("an unknown theme: %d", w.Code)
	}
}

// TestEvents: the version is sent at the start and at each change, until the request ends.
func TestEvents(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "harbor.toml", theme, 2*time.Hour)
	r, folder, err := opened(t, dir)
	l := NewLive(r, folder, dir, err, Choice{})
	s := httptest.NewServer(l.Handler())
	defer s.Close()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := s.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	next := func() string {
		for lines.Scan() {
			if v, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				return v
			}
		}
		return ""
	}
	one := next()
	write(t, dir, "harbor.toml", theme+"\n", time.Hour)
	l.look()
	two := next()
	if now, _, _ := l.now(); one == "" || one == two || two != now {
		t.Errorf("%q, then %q", one, two)
	}
	stop()
	if _, err := io.ReadAll(resp.Body); err == nil {
		t.Error("the events go on after the request")
	}
}

// TestBrokenLaws: the page can ask for what theme check would say.
func TestBrokenLaws(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "templates"), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "templates/tiny.toml", "[[stack]]\narea = \"card\"\nat = \"top\"\nitems = [ { text = \"headline\", steps = [[30, 9]] } ]\n", 0)
	r, folder, err := opened(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	l := NewLive(r, folder, dir, err, Choice{})
	w := get(t, l.Handler(), "/laws")
	if w.Code != 200 || !strings.Contains(w.Body.String(), `"template":"tiny"`) || !strings.Contains(w.Body.String(), "9 are needed") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestOnlyThisMachine(t *testing.T) {
	for host, want := range map[string]bool{
		"127.0.0.1": true, "127.0.0.1:80": true, "localhost:1": true, "[::1]:80": true, "::1": true, "127.9.9.9": true, "0.0.0.0:80": false,
		"": false, ":80": false, "news.example": false, "news.example:80": false, "10.0.0.1": false, "localhost.news.example": false,
	} {
		if got := Loopback(host); got != want {
			t.Errorf("%q: %t", host, got)
		}
	}
	r, folder, err := opened(t, "")
	w := httptest.NewRecorder()
	req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://rebound.example/", nil)
	NewLive(r, folder, "", err, Choice{}).Handler().ServeHTTP(w, req)
	if w.Code != http.StatusForbidden {
		t.Errorf("another host: %d", w.Code)
	}
	for _, addr := range []string{"0.0.0.0:0", ":0", "8090", "news.example:0"} {
		if on, err := Listen(t.Context(), addr); err == nil {
			_ = on.Close()
			t.Errorf("listens on %s", addr)
		}
	}
}

// TestServe: the page is served until the context ends, also to one who waits for events.
func TestServe(t *testing.T) {
	r, folder, err := opened(t, "")
	on, failed := Listen(t.Context(), "127.0.0.1:0")
	if failed != nil {
		t.Fatal(failed)
	}
	ctx, stop := context.WithCancel(t.Context())
	done, live := make(chan error), NewLive(r, folder, "", err, Choice{})
	go func() { done <- live.Serve(ctx, on) }()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+on.Addr().String()+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil || resp.StatusCode != 200 {
		t.Fatal(resp, err)
	}
	defer resp.Body.Close()
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
