package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestKakaoConfirms follows a message from the bar to Kakao's word that it was sent.
func TestKakaoConfirms(t *testing.T) {
	s := serve(t, t.TempDir(), "--kakao-admin-key", "8f14e45fceea167a5a36dedd4bea2543", "--kakao-js-key", "jskey0123456789")
	s.answer(s.do("PUT", "/v1/articles/storm-1", []byte(`{"url":"https://news.example/storm","headline":"Storm","lang":"ko"}`)), 201)
	bar := s.answer(s.do("GET", "/v1/articles/storm-1/share-bar?format=json&targets=kakao", nil), 200)
	call := bar["links"].([]any)[0].(map[string]any)["sdk"].(map[string]any)
	code := at(call, "settings", "serverCallbackArgs", "code")
	if code == "" || code != at(bar, "code") {
		t.Fatalf("the message carries no code: %v", call)
	}
	for _, tt := range []struct {
		key, receipt, chat string
		status             int
	}{
		{"guess", "r1", "DirectChat", 401}, {"8f14e45fceea167a5a36dedd4bea2543", "r1", "DirectChat", 204}, {"8f14e45fceea167a5a36dedd4bea2543", "r1", "DirectChat", 204},
		{"8f14e45fceea167a5a36dedd4bea2543", "r2", "MemoChat", 204}, {"8f14e45fceea167a5a36dedd4bea2543", "r3", "MultiChat", 204},
	} {
		body := fmt.Sprintf(`{"CHAT_TYPE":%q,"HASH_CHAT_ID":"h","code":%q}`, tt.chat, code)
		resp := s.do("POST", "/v1/kakao/callback", []byte(body), "Authorization", "KakaoAK "+tt.key, "X-Kakao-Resource-ID", tt.receipt, "Content-Type", "application/json", "User-Agent", "KakaoOpenAPI/1.0")
		if resp.StatusCode != tt.status {
			t.Errorf("%+v: %d", tt, resp.StatusCode)
		}
	}
	sums := s.answer(s.do("GET", "/v1/articles/storm-1/stats", nil), 200)
	if got := fmt.Sprint(sums["confirmed"], sums["shares"]); got != "map[kakao:2] 0" {
		t.Errorf("confirmed and shares: %s", got)
	}
}

// TestReadingAPage goes from a page's own tags to a registered story.
func TestReadingAPage(t *testing.T) {
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(`<html lang="en"><head><link rel="canonical" href="https://news.example/lamps"><meta property="og:title" content="Lamps lit early"><meta property="og:description" content="By four."></head>`))
	}))
	defer page.Close()
	s := serve(t, t.TempDir(), "--photo-allow", page.Listener.Addr().String())
	resp := s.do("POST", "/v1/articles:preview", []byte(`{"url":"`+page.URL+`/lamps?utm_source=x"}`))
	raw := s.bytes(resp)
	if want := `{"description":"By four.","headline":"Lamps lit early","lang":"en","url":"https://news.example/lamps"}`; resp.StatusCode != 200 || strings.TrimSpace(string(raw)) != want {
		t.Fatalf("%d %s", resp.StatusCode, raw)
	}
	kept := s.answer(s.do("PUT", "/v1/articles/lamps", raw), 201)
	if at(kept, "url") != "https://news.example/lamps" {
		t.Errorf("%v", kept)
	}
	blocked := serve(t, t.TempDir())
	refused := blocked.answer(blocked.do("POST", "/v1/articles:preview", []byte(`{"url":"`+page.URL+`/lamps"}`)), 422)
	if at(refused, "error", "code") != "source_unavailable" {
		t.Errorf("%v", refused)
	}
}
