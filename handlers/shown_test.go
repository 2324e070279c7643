package handlers

import (
	"errors"
	"io"
	"net/http/httptest"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
)

// TestKeptPictures: a picture that was drawn before is sent without drawing, whole or in part.
func TestKeptPictures(t *testing.T) {
	for _, tt := range []struct {
		why     string
		method  string
		headers []string
		status  int
		body    string
		length  string
	}{
		{"whole", "GET", nil, 200, "0123456789", "10"},
		{"its headers", "HEAD", nil, 200, "", "10"},
		{"a part", "GET", []string{"Range", "bytes=2-4"}, 206, "234", "3"},
		{"the rest", "GET", []string{"Range", "bytes=7-"}, 206, "789", "3"},
		{"a part that is not there", "GET", []string{"Range", "bytes=90-"}, 416, "", ""},
		{"a part of another", "GET", []string{"Range", "bytes=2-4", "If-Range", `"other"`}, 200, "0123456789", "10"},
		{"another", "GET", []string{"If-Match", `"other"`}, 412, "", ""},
		{"known", "GET", []string{"If-None-Match", `"tag"`}, 304, "", ""},
	} {
		h := newHouse(t)
		h.pictures.kept = []byte("0123456789")
		resp := h.do(t, request(tt.method, "/cards/storm-1/v/og.jpg", "", tt.headers...))
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		if resp.StatusCode != tt.status || tt.body != "" && string(body) != tt.body || h.pictures.drawn != 0 || tt.length != "" && resp.Header.Get("Content-Length") != tt.length {
			t.Errorf("%s: %d %q, drawn %d, %v", tt.why, resp.StatusCode, body, h.pictures.drawn, resp.Header)
		}
		if tt.status == 200 && resp.Header.Get("Accept-Ranges") != "bytes" {
			t.Errorf("%s: %v", tt.why, resp.Header)
		}
	}
}

// TestTheStoreIsAskedOnceASecond, and still when it fails, and again when an article changed.
func TestTheStoreIsAskedOnceASecond(t *testing.T) {
	h := newHouse(t)
	h.pictures.kept = []byte("x")
	now, asked, fault := noon, 0, error(nil)
	h.deps.Now = func() time.Time { return now }
	h.articles.byID = func(string) (store.Record, error) { asked++; return storm(), fault }
	service, err := newService(t, h.deps)
	if err != nil {
		t.Fatal(err)
	}
	get := func(want, questions int) {
		t.Helper()
		asked = 0
		w := httptest.NewRecorder()
		service.ServeHTTP(w, request("GET", "/cards/storm-1/v/og.jpg", ""))
		if w.Code != want || asked != questions {
			t.Errorf("%d, asked %d times; want %d, %d", w.Code, asked, want, questions)
		}
	}
	get(200, 1)
	get(200, 0)
	now = now.Add(2 * time.Second)
	get(200, 1)
	now = now.Add(2 * time.Second)
	fault = errors.New("the disk is gone")
	get(200, 1)
	fault = store.ErrGone
	get(410, 1)
	fault = nil
	get(200, 1)
	service.ServeHTTP(httptest.NewRecorder(), request("DELETE", "/v1/articles/storm-1", "", "Authorization", "Bearer "+token))
	fault = store.ErrGone
	get(410, 1)
}
