package app

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// serve starts a service, which ends with the test. changes are made before its first request.
func serve(t *testing.T, c Config, changes ...func(*App)) *App {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	a, err := New(ctx, c, discard())
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range changes {
		change(a)
	}
	done := make(chan error, 1)
	go func() { done <- a.Serve(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		a.Close()
	})
	return a
}

// ask sends a request with the token and returns the answer and its body. It asks for a picture again while the machine
// is too busy to draw it.
func (a *App) ask(t *testing.T, method, path, body string) (*http.Response, string) {
	t.Helper()
	for {
		resp, text := a.askOnce(t, method, path, body)
		if resp.StatusCode != http.StatusServiceUnavailable || !strings.HasPrefix(path, "/cards/") {
			return resp, text
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func (a *App) askOnce(t *testing.T, method, path, body string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, a.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+a.Token)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(raw)
}

// between returns the text between two others.
func between(t *testing.T, text, from, to string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, from)
	found, _, ok2 := strings.Cut(rest, to)
	if !ok || !ok2 {
		t.Fatalf("no %s in %s", from, text)
	}
	return found
}

// TestAPhotoIsWithdrawnFromAllProcesses: a photo that one of two processes on one folder withdraws is not shown or
// stored by the other, nor by a process that starts later, and no file of it is left.
func TestAPhotoIsWithdrawnFromAllProcesses(t *testing.T) {
	c := config(t)
	c.CardCache, c.MemoryCache = 1<<30, 64<<20
	one, two := serve(t, c), serve(t, c)
	var photo bytes.Buffer
	if err := png.Encode(&photo, image.NewGray(image.Rect(0, 0, 600, 400))); err != nil {
		t.Fatal(err)
	}
	_, raw := one.ask(t, "POST", "/v1/photos", photo.String())
	id := between(t, raw, `"id":"`, `"`)
	story := `{"url":"https://news.example/storm","headline":"Storm front stalls","photo":{"url":"` + id + `"}}`
	_, raw = one.ask(t, "PUT", "/v1/articles/storm", story)
	old := between(t, raw, `"og":{"height":630,"type":"image/jpeg","url":"`+one.URL, `"`)
	signed := "/v1/card.jpg?headline=Storm&size=story&photo=" + id
	for _, a := range []*App{one, two} {
		for _, path := range []string{old, signed} {
			if resp, _ := a.ask(t, "GET", path, ""); resp.StatusCode != 200 || resp.Header.Get("X-Card-Degraded") != "" {
				t.Fatalf("%s: %d", path, resp.StatusCode)
			}
		}
	}
	if resp, raw := one.ask(t, "DELETE", "/v1/photos/"+id, ""); resp.StatusCode != 200 || !strings.Contains(raw, `"articles":["storm"]`) || !strings.Contains(raw, one.URL+old) {
		t.Fatalf("withdrawn: %d %s", resp.StatusCode, raw)
	}
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) { // the other process learns of it about once a second
		if resp, _ := two.ask(t, "GET", old, ""); resp.StatusCode == 410 {
			break
		} else if time.Since(began) > time.Minute {
			t.Fatalf("the other process: %d", resp.StatusCode)
		}
	}
	unserved, err := New(t.Context(), c, discard()) // it knows before its first background job
	if err != nil {
		t.Fatal(err)
	}
	defer unserved.Close()
	w := httptest.NewRecorder()
	unserved.Handler().ServeHTTP(w, httptest.NewRequest("GET", unserved.URL+old, nil))
	if w.Code != 410 {
		t.Errorf("a process that has just started: %d", w.Code)
	}
	for why, a := range map[string]*App{"here": one, "in the other process": two, "in a new process": serve(t, c)} {
		if resp, raw := a.ask(t, "GET", old, ""); resp.StatusCode != 410 || !strings.Contains(raw, `"gone"`) {
			t.Errorf("%s: the old picture: %d %s", why, resp.StatusCode, raw)
		}
		if resp, _ := a.ask(t, "GET", signed, ""); resp.StatusCode != 200 || resp.Header.Get("X-Card-Degraded") != "gone" {
			t.Errorf("%s: a signed card: %d, %v", why, resp.StatusCode, resp.Header)
		}
		if resp, raw := a.ask(t, "GET", signed+"&strict=1", ""); resp.StatusCode != 410 || !strings.Contains(raw, id) {
			t.Errorf("%s: strict: %d %s", why, resp.StatusCode, raw)
		}
		if resp, raw := a.ask(t, "POST", "/v1/photos", photo.String()); resp.StatusCode != 410 || !strings.Contains(raw, id) {
			t.Errorf("%s: an upload: %d %s", why, resp.StatusCode, raw)
		}
		_, raw := a.ask(t, "PUT", "/v1/articles/storm", story)
		now := between(t, raw, `"og":{"height":630,"type":"image/png","url":"`+a.URL, `"`)
		if resp, _ := a.ask(t, "GET", now, ""); resp.StatusCode != 200 || resp.Header.Get("ETag") == "" || !strings.Contains(raw, `"code":"gone"`) {
			t.Errorf("%s: the picture now: %d; %s", why, resp.StatusCode, raw)
		}
		if resp, raw := a.ask(t, "GET", "/v1/articles/storm/meta", ""); resp.StatusCode != 200 || !strings.Contains(raw, now) {
			t.Errorf("%s: the tags: %d %s", why, resp.StatusCode, raw)
		}
	}
	holdsNothingOf(t, filepath.Join(c.Data, "pictures"), id)
}

// holdsNothingOf checks that no file below dir is the photo or is marked as drawn from it.
func holdsNothingOf(t *testing.T, dir, id string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if bytes.Contains(raw, []byte(id)) || strings.Contains(path, strings.TrimPrefix(id, "upload:")) {
			t.Errorf("%s is left", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
