package page_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/korean"

	"newsroom.example/cards/internal/page"
)

const at = "https://news.example/2026/storm?utm_source=x"

func TestRead(t *testing.T) {
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.FixedZone("", 9*3600))
	for _, tt := range []struct {
		why, html string
		want      page.Story
	}{
		{"a full head", `<!doctype html><html lang="ko-KR"><head><meta charset=utf-8><title>폭풍 | 새벽신문</title>
			<link rel="canonical" href="/2026/storm"><meta property="og:title" content="폭풍 &quot;전선&quot;"><meta property="og:title" content="a second one">
			<meta property="og:description" content="항만은&#10;월요일까지"><meta property="og:site_name" content="새벽신문"><meta property="og:image" content="/a.jpg">
			<meta property="og:image:alt" content="파도"><meta property="article:author" content="https://facebook.example/profile"><meta name="author" content="기상부">
			<meta property="article:section" content="날씨"><meta property="article:tag" content="폭풍"><meta property="article:tag" content="항만"><meta property="article:tag" content="폭풍">
			<meta property="article:published_time" content="2026-11-23T12:00:00+09:00"></head><body><meta property="og:title" content="in the body"></body>`,
			page.Story{URL: "https://news.example/2026/storm", Headline: `폭풍 "전선"`, Description: "항만은 월요일까지", Image: "https://news.example/a.jpg", ImageAlt: "파도",
				Site: "새벽신문", Author: "기상부", Section: "날씨", Lang: "ko-KR", Published: noon, Tags: []string{"폭풍", "항만"}}},
		{"X alone", `<head><meta name="twitter:title" content="T"><meta name=twitter:description content=D><meta name="twitter:image" content="https://i.example/t.png"></head>`,
			page.Story{URL: at, Headline: "T", Description: "D", Image: "https://i.example/t.png"}},
		{"JSON-LD alone", `<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"W"},{"@type":["NewsArticle"],"headline":"H","author":[{"name":"Desk"}],"publisher":{"name":"P"},"image":[{"url":"/l.jpg"}],"datePublished":"2026-11-23T12:00+09:00","inLanguage":"en","articleSection":["World"]}]}</script>`,
			page.Story{URL: at, Headline: "H", Author: "Desk", Site: "P", Image: "https://news.example/l.jpg", Published: noon, Lang: "en", Section: "World"}},
		{"a title alone", `<title>Storm &amp; sea - The Harbor Post</title><meta property="og:site_name" content="The Harbor Post">`,
			page.Story{URL: at, Headline: "Storm & sea", Site: "The Harbor Post"}},
		{"a title that is the site", `<title>The Harbor Post</title><meta property="og:site_name" content="The Harbor Post">`,
			page.Story{URL: at, Headline: "The Harbor Post", Site: "The Harbor Post"}},
		{"broken JSON-LD, hostile addresses", `<link rel=canonical href="javascript:alert(1)"><meta property=og:url content="file:///etc/passwd"><meta property=og:image content="data:image/png,x">
			<script type="application/ld+json">{"@type":"NewsArticle",</script><title>` + "A\u0000B" + `</title>`,
			page.Story{URL: at, Headline: "A B"}},
		{"text that hides, addresses that are none", `<title>a&#xE0041;b &#x2067;c&amp;amp;&#x1b;d</title><link rel=canonical href="javascript:alert(1)">
			<meta property=og:url content="https://news.example:99999/"><meta property="og:image" content="https://user@i.example/a.jpg">
			<meta name="twitter:image" content="//i.example/a.jpg?w=1&amp;amp;h=2">`,
			page.Story{URL: at, Headline: "ab c& d", Image: "https://i.example/a.jpg?w=1&h=2"}},
		{"locale", `<meta property="og:locale" content="ja_JP"><title>T</title>`, page.Story{URL: at, Headline: "T", Lang: "ja-JP"}},
		{"nothing", ``, page.Story{URL: at}},
	} {
		got := page.Read([]byte(tt.html), "text/html; charset=utf-8", at)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.why, diff)
		}
	}
}

func TestCharsets(t *testing.T) {
	raw, err := korean.EUCKR.NewEncoder().String(`<head><meta http-equiv="Content-Type" content="text/html; charset=euc-kr"><title>폭풍 전선</title></head>`)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"text/html", "text/html; charset=euc-kr", "text/html; charset=EUC-KR"} {
		if got := page.Read([]byte(raw), kind, at).Headline; got != "폭풍 전선" {
			t.Errorf("%s: %q", kind, got)
		}
	}
}

func TestLongValuesAreCut(t *testing.T) {
	got := page.Read([]byte(`<title>`+strings.Repeat("가", 3000)+`</title><meta name=description content="`+strings.Repeat("나", 20_000)+`">`), "text/html", at)
	if n := utf8.RuneCountInString(got.Headline); n != 1000 {
		t.Errorf("headline of %d", n)
	}
	if n := utf8.RuneCountInString(got.Description); n != 1000 {
		t.Errorf("description of %d", n)
	}
}

// FuzzRead: for any page, the texts of the story are clean lines, and its URLs are http or https.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{"", "<title>a", `<meta property=og:title content="&#0;&#x202e;">`, `<script type=application/ld+json>[[[[[[{"@type":"Article"}]]]]]]</script>`, "\xff\xfe<\x00t\x00", `<link rel=canonical href="//[::1">`, `<html lang=x><head></head><title>b`} {
		f.Add([]byte(seed), "text/html")
	}
	f.Fuzz(func(t *testing.T, data []byte, contentType string) {
		s := page.Read(data, contentType, at)
		for _, v := range append([]string{s.Headline, s.Description, s.Site, s.Author, s.Section, s.ImageAlt}, s.Tags...) {
			if !utf8.ValidString(v) || strings.ContainsAny(v, "\x00\n\r\t") || strings.TrimSpace(v) != v {
				t.Errorf("unclean: %q", v)
			}
		}
		for _, v := range []string{s.URL, s.Image} {
			if v != "" && !strings.HasPrefix(v, "http://") && !strings.HasPrefix(v, "https://") {
				t.Errorf("address %q", v)
			}
		}
	})
}
