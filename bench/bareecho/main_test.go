package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestThePictureOr304(t *testing.T) {
	h := handler([]byte(strings.Repeat("x", 5000)))
	ask := func(etag string) *http.Response {
		req := httptest.NewRequest(http.MethodGet, "/picture.jpg", nil)
		req.Header.Set("If-None-Match", etag)
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, req)
		return rec.Result()
	}
	whole := ask("")
	if whole.StatusCode != http.StatusOK || whole.Header.Get("Content-Length") != "5000" || whole.Header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("%d, %v", whole.StatusCode, whole.Header)
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/s/abcdefg", nil))
	if got := rec.Header().Get("Location"); rec.Code != http.StatusFound || got != "https://news.example/storm?id=abcdefg" {
		t.Errorf("a link: %d to %q", rec.Code, got)
	}
	if got := ask(whole.Header.Get("ETag")); got.StatusCode != http.StatusNotModified {
		t.Errorf("to who has it: %d", got.StatusCode)
	}
}
