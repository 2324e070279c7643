package page_test

import (
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/korean"

	"newsroom.example/cards/internal/clean"
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
				Site: "새벽신문", Authors: []string{"기상부"}, Section: "날씨", Lang: "ko-KR", Published: noon, Tags: []string{"폭풍", "항만"}}},
		{"X alone", `<head><meta name="twitter:title" content="T"><meta name=twitter:description content=D><meta name="twitter:image" content="https://i.example/t.png"></head>`,
			page.Story{URL: at, Headline: "T", Description: "D", Image: "https://i.example/t.png"}},
		{"JSON-LD alone", `<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"W"},{"@type":["NewsArticle"],"headline":"H","author":[{"name":"Desk"}],"publisher":{"name":"P"},"image":[{"url":"/l.jpg"}],"datePublished":"2026-11-23T12:00+09:00","inLanguage":"en","articleSection":["World"]}]}</script>`,
			page.Story{URL: at, Headline: "H", Authors: []string{"Desk"}, Site: "P", Image: "https://news.example/l.jpg", Published: noon, Lang: "en", Section: "World"}},
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
		{"the site's name in JSON-LD alone", `<meta property="og:title" content="Storm &#8211; The Harbor Post"><script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","publisher":{"@id":"#o"}},{"@id":"#o","@type":"Organization","name":"The Harbor Post"}]}</script>`,
			page.Story{URL: at, Headline: "Storm", Site: "The Harbor Post"}},
		{"the site's name in application-name alone", `<meta name="application-name" content="R&amp;D Post"><meta name="twitter:title" content="Storm | R&amp;D post">`,
			page.Story{URL: at, Headline: "Storm", Site: "R&D Post"}},
		{"the name of the website in JSON-LD, and the section", `<script type="application/ld+json">[{"@type":"WebSite","name":"The Harbor Post"},{"@type":"NewsArticle","headline":"Storm | World | The Harbor Post","articleSection":"World"}]</script>`,
			page.Story{URL: at, Headline: "Storm", Section: "World", Site: "The Harbor Post"}},
		{"each title loses the name", `<meta property="og:site_name" content="The Harbor Post"><meta property="og:title" content=" "><script type="application/ld+json">{"@type":"NewsArticle","headline":"Storm - The Harbor Post"}</script><title>Another - The Harbor Post</title>`,
			page.Story{URL: at, Headline: "Storm", Site: "The Harbor Post"}},
		{"base", `<base href="/en/"><base href="https://other.example/"><link rel=canonical href="storm"><meta property="og:image" content="a.jpg">`,
			page.Story{URL: "https://news.example/en/storm", Image: "https://news.example/en/a.jpg"}},
		{"base behind what it changes, on another host", `<meta property="og:image" content="a.jpg"><base href="//cdn.example/p/">`,
			page.Story{URL: at, Image: "https://cdn.example/p/a.jpg"}},
		{"a base that is no base", `<base href="javascript:alert(1)//"><meta property="og:image" content="a.jpg">`,
			page.Story{URL: at, Image: "https://news.example/2026/a.jpg"}},
		{"references in JSON-LD are decoded once", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Tom &amp; Jerry&#8217;s &quot;day&quot;","description":"How to use &amp;amp; in HTML","image":"/a.jpg?b=1&amp;c=2"}</script>`,
			page.Story{URL: at, Headline: `Tom & Jerry’s "day"`, Description: "How to use &amp;amp; in HTML", Image: "https://news.example/a.jpg?b=1&c=2"}},
		{"several scripts", `<script type="application/ld+json">{"@type":"BreadcrumbList"}</script><script type="application/ld+json">{"@type":"Article","name":"no headline"}</script><script type=" Application/LD+JSON ">{"@type":"WebPage","mainEntity":{"@type":["Thing","ReportageNewsArticle"],"headline":"H"}}</script><script type="application/ld+json">{"@type":"Article","headline":"second"}</script>`,
			page.Story{URL: at, Headline: "H"}},
		{"JSON-LD in the body", `<title>T</title></head><body><p>x</p><script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"Desk"}}</script>`,
			page.Story{URL: at, Headline: "T", Authors: []string{"Desk"}}},
		{"the title of a drawing in the body", `<title>T</title></head><body><svg><title>Menu</title></svg>`, page.Story{URL: at, Headline: "T"}},
		{"locale", `<meta property="og:locale" content="ja_JP"><title>T</title>`, page.Story{URL: at, Headline: "T", Lang: "ja-JP"}},
		{"nothing", ``, page.Story{URL: at}},
	} {
		got := page.Read([]byte(tt.html), "text/html; charset=utf-8", at)
		got.Sources = nil // TestSources
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

// TestLongScripts: JSON-LD is read up to 512 KiB a page.
func TestLongScripts(t *testing.T) {
	script := func(headline string, n int) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"` + headline + `","articleBody":"` + strings.Repeat("x", n) + `"}</script>`
	}
	if got := page.Read([]byte(script("A", 600<<10)+script("B", 0)), "text/html", at); got.Headline != "" {
		t.Errorf("%q", got.Headline)
	}
	if got := page.Read([]byte(script("A", 500<<10)+script("B", 20<<10)), "text/html", at); got.Headline != "A" {
		t.Errorf("%q", got.Headline)
	}
}

// FuzzRead: for any page, the texts of the story are clean lines within the limits of the API, its URLs are http or
// https, and each value has a source.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"", "<title>a", `<meta property=og:title content="&#0;&#x202e;">`, "\xff\xfe<\x00t\x00", `<link rel=canonical href="//[::1">`,
		`<script type=application/ld+json>[[[[[[{"@type":"Article"}]]]]]]</script>`, `<html lang=x><head></head><title>b`,
		`<base href="//x.example"><meta name=author content="a;b"><meta property=og:title content="a | b | c"><meta name=application-name content=c>`,
		`<script type=application/ld+json>{"@graph":[{"@type":"Article","author":[{"@id":"#"}],"image":{"@id":"#"}},{"@id":"#","name":["a"],"url":"/b.jpg","caption":"c (AP)"}]}</script>`,
		`<body><article><figure><img srcset="a.jpg 1w, b 2x" data-src=c><noscript><img src=d></noscript><figcaption>e. Photo: F <p class=photo-credit>g</figcaption></figure><p class=caption>▲ h ⓒ i</p>`,
		`<body id=articleBody><picture><source srcset=","><img src="/x-1x1.jpg"></picture><em class=img_desc>[사진=가나다] 라 /연합뉴스`,
	} {
		f.Add([]byte(seed), "text/html")
	}
	f.Fuzz(func(t *testing.T, data []byte, contentType string) {
		s := page.Read(data, contentType, at)
		limits := map[string]int{s.Headline: 1000, s.Description: 1000, s.Caption: 2000, s.Credit: 300, s.Site: 300, s.Byline(): 300, s.Section: 300, s.ImageAlt: 420}
		for _, v := range append(s.Tags, s.Authors...) {
			limits[v] = 300
		}
		for v, most := range limits {
			line, err := clean.Line(v, most)
			if err != nil || line.String() != v || strings.ContainsAny(v, "\x00\n\r\t") {
				t.Errorf("unclean: %q, %v", v, err)
			}
		}
		for _, v := range []string{s.URL, s.Image} {
			if u, err := url.Parse(v); v != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "") {
				t.Errorf("address %q", v)
			}
		}
		if len(s.Sources) > 14 || s.URL == "" || s.Image == "" && s.Caption+s.Credit+s.ImageAlt != "" {
			t.Errorf("%v of %+v", s.Sources, s)
		}
	})
}
