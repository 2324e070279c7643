package page_test

import (
	"fmt"
	"strings"
	"testing"

	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/page"
)

// BenchmarkHostilePage reads pages of the maximum length that repeat what costs most.
func BenchmarkHostilePage(b *testing.B) {
	const head = `<meta property="og:image" content="https://news.example/files/2026/storm.jpg"><meta name=application-name content=P></head><body>`
	for _, unit := range []string{
		"<p>Text of a story.</p>", "<figure>", "<figcaption class=caption>", "<em class=img_desc>", "<span class=credit>a", "<figure><img src=/a/b/c.jpg><figcaption>a. AP</figcaption></figure>",
		`<img srcset="` + strings.Repeat("/a/b/c-100x100.jpg 1w,", 100) + `">`, `<img srcset="` + strings.Repeat("/files/2025/storm"+strings.Repeat("/storm.jpg", 60)+" 1w,", 24) + `">`,
		"<noscript><img src=/a>", `<script type=application/ld+json>{"@type":"Article"}</script>`,
		`<script type=application/ld+json>` + strings.Repeat("[", 9000) + "</script>", "<a b c d e f g h>", "&amp;", "<", "<!--",
	} {
		data := []byte(head + strings.Repeat(unit, fetch.MaxPage/len(unit)))
		b.Run(fmt.Sprintf("%.30q", unit), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				page.Read(data, "text/html; charset=utf-8", at)
			}
		})
	}
	for _, script := range []string{strings.Repeat(`{"@id":"a"},`, 80_000), strings.Repeat("[{}],", 200_000), strings.Repeat(`{"@type":"Article","headline":"a"},`, 30_000),
		strings.Repeat(`{"@type":"Article","mainEntityOfPage":[{"@id":"a:a"},{"@id":"a:a"},{"@id":"a:a"},{"@id":"a:a"}]},`, 1000) + `{"@id":"a:a","url":["` + strings.Repeat("https://news.example/"+strings.Repeat("%e1/../", 280)+`","`, 4) + `"]},`,
	} {
		data := []byte(`<script type=application/ld+json>[` + script + `{}]</script>`)
		b.Run(fmt.Sprintf("%.30q", script), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				page.Read(data, "text/html; charset=utf-8", at)
			}
		})
	}
	long := strings.Repeat("a. ", 600)
	for _, caption := range []string{long, strings.Repeat("( ", 900), strings.Repeat("사진=", 600), strings.Repeat("U.", 900) + " x", strings.Repeat("U.S. ", 400), strings.Repeat("a | ", 500)} {
		data := []byte(head + `<figure><img src=/files/2026/storm.jpg><figcaption>` + caption + `</figcaption></figure>`)
		b.Run(fmt.Sprintf("caption %.20q", caption), func(b *testing.B) {
			for b.Loop() {
				page.Read(data, "text/html; charset=utf-8", at)
			}
		})
	}
}
