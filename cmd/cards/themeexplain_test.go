package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestThemeExplain: each part of the card is named with what gave it, for people and as JSON.
func TestThemeExplain(t *testing.T) {
	file := filepath.Join(t.TempDir(), "article.json")
	explained := func(article string, flags ...string) map[string]ruled {
		t.Helper()
		if err := os.WriteFile(file, []byte(article), 0o600); err != nil {
			t.Fatal(err)
		}
		out, errOut, code := ran(t, append([]string{"theme", "explain", "--json", file}, flags...)...)
		var all []ruled
		if err := json.Unmarshal([]byte(out), &all); err != nil || code != 0 {
			t.Fatalf("%d %s %s", code, out, errOut)
		}
		parts := map[string]ruled{}
		for _, r := range all {
			parts[r.Part] = r
		}
		return parts
	}
	const story = `{"url":"https://news.example/a","headline":"[속보] 태풍 북상","lang":"ko","kicker":"사회","site":"The Harbor Post",
		"published_at":"2026-11-23T09:30:00+09:00","photo":{"url":"https://pictures.example/a.jpg","rights":{"expires":"2026-12-01T00:00:00Z"}}`
	for _, tt := range []struct {
		why, more   string
		flags       []string
		part, value string
		rule        string
	}{
		{"a headline that says it", `,"badge":"breaking"}`, []string{"--at", "2026-11-23T01:00:00Z"}, "badge", "", "the headline says it"},
		{"breaking is over", `,"badge":"breaking","kind":"opinion"}`, []string{"--at", "2026-11-23T07:00:00Z"}, "badge", "opinion", "by the kind of the story"},
		{"an old story", `,"badge":"live"}`, []string{"--at", "2027-11-23T01:00:00Z"}, "badge", "from 2026", "a year old"},
		{"paid content", `,"kind":"paid"}`, nil, "publication", "", "nothing of the publication's"},
		{"rights", `}`, []string{"--at", "2026-11-30T00:00:00Z"}, "photo", "https://pictures.example/a.jpg", "the article has it"},
		{"that have ended", `}`, []string{"--at", "2026-12-01T00:00:00Z"}, "photo", "", "rights have ended"},
		{"no place", `,"template":"text"}`, []string{"--at", "2026-11-30T00:00:00Z"}, "photo", "", "no place"},
		{"a theme", `}`, []string{"--themes", "../../docs/design/example"}, "theme", "harbor", "the default of the publication"},
		{"the usual theme", `}`, nil, "theme", "press", "the default"},
		{"its template", `,"speaker":"Ann"}`, nil, "template", "quote", "speaker"},
	} {
		if got := explained(story+tt.more, tt.flags...)[tt.part]; got.Value != tt.value || !strings.Contains(got.Rule, tt.rule) {
			t.Errorf("%s: %+v", tt.why, got)
		}
	}
	if out, _, code := ran(t, "theme", "explain", file); code != 0 || !strings.Contains(out, "template     quote") {
		t.Errorf("%d %s", code, out)
	}
	for _, flags := range [][]string{{"--at", "soon"}, {"--territories", "Korea"}, {"--themes", "nowhere"}} {
		if _, errOut, code := ran(t, append([]string{"theme", "explain", file}, flags...)...); code != 2 || errOut == "" {
			t.Errorf("%v: %d %s", flags, code, errOut)
		}
	}
}
