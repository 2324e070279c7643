package handlers

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

func TestKakaoCallback(t *testing.T) {
	const fine = `{"CHAT_TYPE":"DirectChat","HASH_CHAT_ID":"x","TEMPLATE_ID":1,"code":"abcdefg"}`
	right := []string{"Authorization", "KakaoAK admin", "X-Kakao-Resource-ID", "r1", "Content-Type", "application/json"}
	form := []string{"Authorization", "KakaoAK admin", "X-Kakao-Resource-ID", "r1", "Content-Type", "application/x-www-form-urlencoded;charset=utf-8"}
	for _, tt := range []struct {
		why     string
		key     string
		body    string
		headers []string
		status  int
		counted bool
	}{
		{"a share", "admin", fine, right, 204, true},
		{"as a form", "admin", "CHAT_TYPE=MultiChat&code=abcdefg&HASH_CHAT_ID=x", form, 204, true},
		{"to oneself", "admin", strings.Replace(fine, "DirectChat", "MemoChat", 1), right, 204, false},
		{"of a withdrawn story", "admin", strings.Replace(fine, "abcdefg", "withdrawn", 1), right, 204, false},
		{"not set up", "", fine, right, 404, false},
		{"without a key", "admin", fine, []string{"X-Kakao-Resource-ID", "r1"}, 401, false},
		{"with another key", "admin", fine, []string{"Authorization", "KakaoAK guess", "X-Kakao-Resource-ID", "r1"}, 401, false},
		{"with a bearer", "admin", fine, []string{"Authorization", "Bearer admin", "X-Kakao-Resource-ID", "r1"}, 401, false},
		{"without a message", "admin", fine, []string{"Authorization", "KakaoAK admin"}, 400, false},
		{"without a code", "admin", `{"CHAT_TYPE":"DirectChat"}`, right, 400, false},
		{"of no story", "admin", strings.Replace(fine, "abcdefg", "aaaaaaa", 1), right, 404, false},
		{"no JSON", "admin", "{", right, 400, false},
		{"too large", "admin", strings.Repeat(" ", maxJSON+1), right, 413, false},
	} {
		h := newHouse(t)
		h.deps.Kakao.AdminKey = tt.key
		resp := h.do(t, request("POST", "/v1/kakao/callback", tt.body, tt.headers...))
		if resp.StatusCode != tt.status || (len(h.clicks.confirmed) == 1) != tt.counted {
			t.Errorf("%s: %d, counted %+v", tt.why, resp.StatusCode, h.clicks.confirmed)
			continue
		}
		if tt.counted {
			if got := h.clicks.confirmed[0]; got.ArticleID != "storm-1" || got.Target != "kakao" || got.Receipt != "kakao r1" || !got.At.Equal(noon) {
				t.Errorf("%s: %+v", tt.why, got)
			}
		}
	}
	h := newHouse(t)
	h.deps.Kakao.AdminKey, h.clicks.err = "admin", errors.New("disk full")
	if resp := h.do(t, request("POST", "/v1/kakao/callback", fine, right...)); resp.StatusCode != 500 {
		t.Errorf("not kept: %d", resp.StatusCode)
	}
}

// TestKakaoMessages holds that a message asks for the callback only where it is taken.
func TestKakaoMessages(t *testing.T) {
	for _, callback := range []bool{false, true} {
		h := newHouse(t)
		h.deps.Share.KakaoCallback = callback
		page := text(t, h.do(t, request("GET", "/v1/articles/storm-1/share-bar?format=json", "")))
		var bar struct {
			Links []struct {
				Sdk struct{ Settings map[string]any }
			}
		}
		if err := json.Unmarshal([]byte(page), &bar); err != nil {
			t.Fatal(err)
		}
		settings := bar.Links[2].Sdk.Settings
		args, _ := settings["serverCallbackArgs"].(map[string]any)
		if (args["code"] == "abcdefg") != callback {
			t.Errorf("callback %t: %v", callback, settings)
		}
		content := settings["content"].(map[string]any)
		if content["imageWidth"] != 800.0 || content["imageHeight"] != 400.0 {
			t.Errorf("picture %v", content)
		}
	}
}

// TestWayOutOfAnApp: the page links to the reader's own browser from inside an app.
func TestWayOutOfAnApp(t *testing.T) {
	h := newHouse(t)
	got := text(t, h.do(t, request("GET", "/kakao/abcdefg", "", "User-Agent", "Mozilla/5.0 (iPhone) KAKAOTALK 26.1")))
	if !strings.Contains(got, `href="kakaotalk://web/openExternal?url=https%3A%2F%2Fcards.example%2Fkakao%2Fabcdefg"`) {
		t.Errorf("no way out: %s", got)
	}
}
