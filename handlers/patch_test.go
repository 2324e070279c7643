package handlers

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// patched sends a PATCH of the type.
func patched(t *testing.T, h *house, contentType, body string) (status int, answered string, accept string) {
	t.Helper()
	headers := []string{"Authorization", "Bearer " + token}
	if contentType != "" {
		headers = append(headers, "Content-Type", contentType)
	}
	resp := h.do(t, request("PATCH", "/v1/articles/storm-1", body, headers...))
	return resp.StatusCode, text(t, resp), resp.Header.Get("Accept-Patch")
}

// TestPatch: what the patch names changes, null removes, photo is merged, a list replaces a list.
func TestPatch(t *testing.T) {
	for patch, change := range map[string]func(fields map[string]any){
		`{}`:                                   func(map[string]any) {},
		`{"kicker":"R&amp;D"}`:                 func(f map[string]any) { f["kicker"] = "R&D" }, // and the caption stays as it is
		`{"kicker":"R&amp;D","format":"text"}`: func(f map[string]any) { f["kicker"] = "R&amp;D" },
		`{"headline":"Calm"}`:                  func(f map[string]any) { f["headline"] = "Calm" },
		`{"caption":null,"tags":["a"],"font_step":0}`: func(f map[string]any) {
			delete(f, "caption")
			delete(f, "format") // it was for the caption
			delete(f, "font_step")
			f["tags"] = []any{"a"}
		},
		`{"photo":{"alt":"Sea","focal":null,"rights":{"social":null,"territories":null}}}`: func(f map[string]any) {
			f["photo"] = map[string]any{"url": "https://pictures.example/a.jpg", "alt": "Sea", "rights": map[string]any{"expires": "2027-11-23T12:00:00Z"}}
		},
		`{"fields":{"number":null,"length":"2:14"},"deck":"T &amp; W"}`: func(f map[string]any) {
			f["fields"], f["deck"] = map[string]any{"length": "2:14"}, "T & W"
		},
		`{"photo":null,"tags":null}`: func(f map[string]any) { delete(f, "photo"); delete(f, "tags") },
		`{"published_at":"2026-11-24T00:00:00Z","updated_at":null,"kind":null}`: func(f map[string]any) {
			delete(f, "updated_at")
			delete(f, "kind")
			f["published_at"] = "2026-11-24T00:00:00Z"
		},
	} {
		h, _ := keeping(t)
		want := object(t, h.do(t, authorized("PUT", "/v1/articles/storm-1", everyField)))
		status, raw, _ := patched(t, h, "application/merge-patch+json; charset=utf-8", patch)
		var got map[string]any
		if err := json.Unmarshal([]byte(raw), &got); err != nil || status != 200 {
			t.Fatalf("%s: %d %s", patch, status, raw)
		}
		for _, name := range ownFields {
			delete(want, name)
			delete(got, name)
		}
		change(want)
		if !reflect.DeepEqual(want, got) {
			t.Errorf("%s:\n%v\nwant\n%v", patch, got, want)
		}
	}
}

// TestPatchRefusals: what a patch must not be.
func TestPatchRefusals(t *testing.T) {
	for _, tt := range []struct {
		contentType, body string
		status            int
		says              string
	}{
		{"application/json", `{"headline":""}`, 400, `"field":"headline"`},
		{"application/json", `{"headline":null}`, 400, `"field":"headline"`},
		{"application/json", `{"url":null}`, 400, `"field":"url"`},
		{"application/json", `{"colour":null}`, 400, `"field":"colour"`},
		{"application/json", `{"id":"storm-2"}`, 400, `"field":"id"`},
		{"application/json", `{"photo":{"src":"x"}}`, 400, `"field":"photo.src"`},
		{"application/json", `{"photo":"x"}`, 400, `"field":"photo"`},
		{"application/json", `{"photo":{"focal":[1]}}`, 400, `"field":"photo.focal"`},
		{"application/json", `{"headline":"A","headline":"B"}`, 400, `"field":"headline"`},
		{"application/json", `{"format":"markdown"}`, 400, `"field":"format"`},
		{"application/json", `{"font_step":"1"}`, 400, `"field":"font_step"`},
		{"application/json", `{"updated_at":"noon"}`, 400, `"field":"updated_at"`},
		{"application/json", `[]`, 400, `"field":"body"`}, {"application/json", `null`, 400, `"field":"body"`},
		{"application/json", `{`, 400, `"field":"body"`}, {"application/json", ``, 400, `"field":"body"`},
		{"application/json", `{"tags":` + nested(16) + `}`, 400, `"field":"body"`},
		{"application/json", `{"headline":"` + strings.Repeat("a", maxJSON) + `"}`, 413, "too_large"},
		{"application/json-patch+json", `[{"op":"remove","path":"/caption"}]`, 415, `"field":"Content-Type"`},
		{"application/x-www-form-urlencoded", `{}`, 415, "merge-patch"}, {"", `{}`, 415, "merge-patch"}, {"a/b/c", `{}`, 415, "merge-patch"},
	} {
		h, kept := keeping(t)
		object(t, h.do(t, authorized("PUT", "/v1/articles/storm-1", everyField)))
		revision := kept.Revision
		status, raw, accept := patched(t, h, tt.contentType, tt.body)
		if status != tt.status || !strings.Contains(raw, tt.says) || kept.Revision != revision {
			t.Errorf("%s %.40s: %d %s, revision %d", tt.contentType, tt.body, status, raw, kept.Revision)
		}
		if (accept != "") != (status == 415) {
			t.Errorf("%s: Accept-Patch %q", tt.contentType, accept)
		}
	}
}
