package page_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"newsroom.example/cards/internal/page"
)

func TestAuthors(t *testing.T) {
	meta := func(name string, contents ...string) (tags string) {
		for _, c := range contents {
			tags += `<meta name="` + name + `" content="` + c + `">`
		}
		return tags
	}
	ld := func(author string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"H","author":` + author + `}</script>`
	}
	const en, ko = `<html lang="en-GB">`, `<html lang="ko">`
	for _, tt := range []struct{ why, html, want, byline, source string }{
		{"several article:author", en + meta("article:author", "Jane Roe", "Ann Doe", "Sam Poe"), "Jane Roe|Ann Doe|Sam Poe", "Jane Roe, Ann Doe and Sam Poe", "article:author"},
		{"two authors", en + meta("author", "Jane Roe", "Ann Doe"), "Jane Roe|Ann Doe", "Jane Roe and Ann Doe", "author"},
		{"another language", ko + meta("author", "정나루", "한바다", "임포구"), "정나루|한바다|임포구", "정나루·한바다·임포구", "author"},
		{"no language", meta("author", "Jane Roe", "Ann Doe"), "Jane Roe|Ann Doe", "Jane Roe, Ann Doe", "author"},
		{"doubles", en + meta("author", "Jane Roe", "Ann Doe", "JANE ROE"), "Jane Roe|Ann Doe", "Jane Roe and Ann Doe", "author"},
		{"profiles", en + meta("article:author", "https://social.example/jane", "social.example/jane", "@jane", "jane@news.example") + meta("author", "Jane Roe"), "Jane Roe", "Jane Roe", "author"},
		{"one text with semicolons", en + meta("author", "Jane Roe; Ann Doe"), "Jane Roe|Ann Doe", "Jane Roe and Ann Doe", "author"},
		{"persons of JSON-LD", en + ld(`[{"@type":"Person","name":"Jane Roe"},"Ann Doe",{"@type":"Person","name":["Sam Poe"]},{"url":"x"}]`), "Jane Roe|Ann Doe|Sam Poe", "Jane Roe, Ann Doe and Sam Poe", "json-ld"},
		{"JSON-LD has more", en + meta("author", "Jane Roe") + ld(`[{"name":"Ann Doe"},{"name":"Jane Roe"}]`), "Ann Doe|Jane Roe", "Ann Doe and Jane Roe", "json-ld"},
		{"JSON-LD has the same in parts", en + meta("author", "Jane Roe and Ann Doe") + ld(`[{"name":"Jane Roe"},{"name":"Ann Doe"}]`), "Jane Roe|Ann Doe", "Jane Roe and Ann Doe", "json-ld"},
		{"JSON-LD has others", en + meta("author", "Jane Roe") + ld(`[{"name":"The Harbor Post"},{"name":"Desk"}]`), "Jane Roe", "Jane Roe", "author"},
		{"a title behind a comma", en + meta("author", "Jane Roe, Weather Editor"), "Jane Roe, Weather Editor", "Jane Roe, Weather Editor", "author"},
		{"references", en + `<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"H","author":[{"@id":"#1"},{"@id":"#2"}]},{"@id":"#1","@type":"Person","name":"Jane Roe"},{"@id":"#2","@type":"Person","name":"Ann Doe"}]}</script>`, "Jane Roe|Ann Doe", "Jane Roe and Ann Doe", "json-ld"},
		{"a name beside a reference", en + `<script type="application/ld+json">{"@graph":[{"@id":"#1","@type":"Person","name":"J"},{"@type":"NewsArticle","headline":"H","author":{"@id":"#1","@type":"Person","name":"Jane Roe"}}]}</script>`, "Jane Roe", "Jane Roe", "json-ld"},
		{"none", en, "", "", ""},
	} {
		got := page.Read([]byte(tt.html), "text/html; charset=utf-8", at)
		if names := strings.Join(got.Authors, "|"); names != tt.want || got.Byline() != tt.byline || got.Sources["byline"] != tt.source {
			t.Errorf("%s: %q, %q from %q", tt.why, names, got.Byline(), got.Sources["byline"])
		}
	}
}

// TestManyAuthors: a byline has at most 300 code points, and ends with a whole name.
func TestManyAuthors(t *testing.T) {
	var html strings.Builder
	for i := range 40 {
		html.WriteString(`<meta name="author" content="` + strings.Repeat(string(rune('a'+i%26)), 28+i/26) + `">`)
	}
	got := page.Read([]byte(html.String()), "text/html", at)
	if n := utf8.RuneCountInString(got.Byline()); len(got.Authors) != 16 || n != 10*28+9*2 {
		t.Errorf("%d authors, %d characters: %s", len(got.Authors), n, got.Byline())
	}
}
