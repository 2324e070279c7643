package page_test

import (
	"strings"
	"testing"

	"newsroom.example/cards/internal/page"
)

// TestBody: the lead picture of a body, and the words beside the picture that the head names.
func TestBody(t *testing.T) {
	const lead = `<meta property="og:image" content="https://news.example/files/2026/storm.jpg"></head><body>`
	const none = `<title>T</title></head><body>`
	for _, tt := range []struct{ why, html, image, alt, caption, credit string }{
		{"WordPress", lead + `<figure class="wp-block-image size-large"><img src="/files/2026/storm-1024x683.jpg" alt="A pier" srcset="/files/2026/storm-300x200.jpg 300w"><figcaption class="wp-element-caption">Waves break over the pier &amp; the <em>old</em> wall. Photo: Jane Roe</figcaption></figure>`,
			"https://news.example/files/2026/storm.jpg", "A pier", "Waves break over the pier & the old wall.", "Jane Roe"},
		{"WordPress, classic", lead + `<div id="attachment_1" class="wp-caption alignnone"><img src="/files/2026/storm.jpg"/><p class="wp-caption-text">Waves break. <span class="wp-credit">Jane Roe/AP</span></p></div>`,
			"https://news.example/files/2026/storm.jpg", "", "Waves break.", "Jane Roe/AP"},
		{"Ghost", lead + `<article class="gh-article"><header class="gh-article-header"><figure class="gh-article-image"><img srcset="/size/w300/files/2026/storm.jpg 300w" src="/size/w1200/files/2026/storm.jpg"><figcaption>Waves break. <span style="white-space: pre-wrap;">Photo by </span><a href="https://x.example"><span>Jane Roe</span></a></figcaption></figure></header>`,
			"https://news.example/files/2026/storm.jpg", "", "Waves break.", "Jane Roe"},
		{"a card of Ghost", none + `<article><figure class="kg-card kg-image-card kg-card-hascaption"><img src="/a.jpg" class="kg-image" alt="" loading="lazy" width="1200"><figcaption>Waves break.</figcaption></figure></article>`,
			"https://news.example/a.jpg", "", "Waves break.", ""},
		{"img_desc", lead + `<div class="end_body"><span class="end_photo_org"><img data-src="https://cdn.example/files/2026/storm.jpg?type=w860" src="data:image/gif;base64,R0"><em class="img_desc">파도가 방파제를 넘고 있다. /연합뉴스</em></span>바다는 잠잠하다.`,
			"https://news.example/files/2026/storm.jpg", "", "파도가 방파제를 넘고 있다.", "연합뉴스"},
		{"a table", lead + `<table><tr><td><img src="/files/2026/storm.jpg"></td></tr><tr><td class="photo_desc">▲ 방파제를 넘는 파도 ⓒ 정나루</td></tr></table><p>바다는 잠잠하다.</p>`,
			"https://news.example/files/2026/storm.jpg", "", "방파제를 넘는 파도", "ⓒ 정나루"},
		{"a caption with line breaks", lead + `<figure><img src="/files/2026/storm.jpg"><figcaption class="desc-con"><strong class="tit-cap">거센 파도</strong><p class="txt-desc">(포항=연합뉴스) 정나루 기자 = 파도가<br>방파제를 넘고 있다.</p></figcaption></figure>`,
			"https://news.example/files/2026/storm.jpg", "", "거센 파도 (포항=연합뉴스) 정나루 기자 = 파도가 방파제를 넘고 있다.", ""},
		{"em.desc", none + `<div id="articleBody"><div class="thumb"><img src="/a.jpg"><em class="desc">방파제를 넘는 파도 [사진=항만청]</em></div></div>`,
			"https://news.example/a.jpg", "", "방파제를 넘는 파도", "항만청"},
		{"a credit of its own", lead + `<figure><div class="image__container"><img src="/files/2026/storm.jpg"></div><span class="image__credit">Photo: <b>Jane Roe</b></span><figcaption>Waves break (Reuters)</figcaption></figure>`,
			"https://news.example/files/2026/storm.jpg", "", "Waves break (Reuters)", "Jane Roe"},
		{"a credit in the caption", lead + `<figure><img src="/files/2026/storm.jpg"><figcaption><span>Waves break over the pier.</span><span class="photo-credit">(Jane Roe/AP)</span></figcaption></figure>`,
			"https://news.example/files/2026/storm.jpg", "", "Waves break over the pier.", "Jane Roe/AP"},
		{"a credit alone", lead + `<figure><img src="/files/2026/storm.jpg"><figcaption>© Jane Roe</figcaption></figure>`,
			"https://news.example/files/2026/storm.jpg", "", "", "© Jane Roe"},
		{"the right figure", lead + `<figure><img src="/files/2026/other.jpg"><figcaption>Other</figcaption></figure><figure><img src="/files/2026/storm.jpg"><figcaption>Waves</figcaption></figure>`,
			"https://news.example/files/2026/storm.jpg", "", "Waves", ""},
		{"another picture", lead + `<figure><img src="/files/2026/other.jpg" alt="Other"><figcaption>Other</figcaption></figure>`,
			"https://news.example/files/2026/storm.jpg", "", "", ""},
		{"two pictures, one caption", lead + `<figure><img src="/files/2026/storm.jpg"><img src="/files/2026/other.jpg"><figcaption>Left: waves. Right: others</figcaption></figure>`,
			"https://news.example/files/2026/storm.jpg", "", "", ""},
		{"a gallery", lead + `<figure class="wp-block-gallery"><figure><img src="/files/2026/storm.jpg"><figcaption>Waves</figcaption></figure><figure><img src="/files/2026/other.jpg"></figure><figcaption>All of it</figcaption></figure>`,
			"https://news.example/files/2026/storm.jpg", "", "Waves", ""},
		{"the first that has words", lead + `<img src="/files/2026/storm-150x150.jpg"><p>A long text about the storm that lasts and lasts, and lasts, and lasts.</p><figure><img src="/files/2026/storm.jpg"><figcaption>Waves</figcaption></figure>`,
			"https://news.example/files/2026/storm.jpg", "", "Waves", ""},
		{"a caption that is far from the picture", lead + `<img src="/files/2026/storm.jpg"><p>A long text about the storm that lasts and lasts, and lasts, and lasts.</p><p class="caption">Of a video</p>`,
			"https://news.example/files/2026/storm.jpg", "", "", ""},
		{"a script between", lead + `<img src="/files/2026/storm.jpg"><script>var a = "` + strings.Repeat("x", 100) + `";</script><p class="caption">Waves<script>"b"</script></p>`,
			"https://news.example/files/2026/storm.jpg", "", "Waves", ""},
		{"a caption that is never closed", lead + `<img src="/files/2026/storm.jpg"><div class="caption">Waves<div>` + strings.Repeat("and so on ", 2000) + `</body>`,
			"https://news.example/files/2026/storm.jpg", "", "", ""},
		{"a figcaption that is not closed", lead + `<figure><img src="/files/2026/storm.jpg"><figcaption>Waves</figure><p>Text</p>`,
			"https://news.example/files/2026/storm.jpg", "", "Waves", ""},
		{"a frame with the class of a caption", lead + `<div class="photo-caption"><img src="/files/2026/storm.jpg"><p>Text of the story</p></div>`,
			"https://news.example/files/2026/storm.jpg", "", "", ""},
		{"a frame behind another picture", lead + `<img src="/files/2026/other.jpg"><div class="photo-caption"><img src="/files/2026/storm.jpg"><p>Text of the story</p></div>`,
			"https://news.example/files/2026/storm.jpg", "", "", ""},
		{"a caption that is too long", lead + `<img src="/files/2026/storm.jpg"><div class="caption"><b>Waves</b>` + strings.Repeat(" and so on", 2000) + `</div>`,
			"https://news.example/files/2026/storm.jpg", "", "", ""},
		{"a teaser of the same story before it", lead + `<ul><li><img src="/files/2026/storm-150x150.jpg"><p class="caption">Read more</p></li></ul><article><img src="/files/2026/storm.jpg" alt="Pier"></article>`,
			"https://news.example/files/2026/storm.jpg", "Pier", "", ""},
		{"a teaser of the same story in a sidebar", lead + `<aside><figure><img src="/files/2026/storm.jpg"><figcaption>Read more</figcaption></figure></aside>`,
			"https://news.example/files/2026/storm.jpg", "", "", ""},
		{"a teaser's text", lead + `<img src="/files/2026/storm-150x150.jpg"><p class="desc">Read more</p>`,
			"https://news.example/files/2026/storm.jpg", "", "", ""},
		{"texts for screen readers", lead + `<figure><img src="/files/2026/storm.jpg"><span class="photo-credit"><span class="sr-only">Source, </span>Jane Roe</span><figcaption><b class="visually-hidden">Image caption, </b>Waves</figcaption></figure>`,
			"https://news.example/files/2026/storm.jpg", "", "Waves", "Jane Roe"},
		{"a file name for a text", lead + `<figure><img src="/files/2026/storm.jpg" alt="storm.JPG"></figure>`,
			"https://news.example/files/2026/storm.jpg", "", "", ""},
		{"AMP", lead + `<figure><amp-img src="/files/2026/storm-800x600.jpg"></amp-img><figcaption>Waves</figcaption></figure>`,
			"https://news.example/files/2026/storm.jpg", "", "Waves", ""},
		{"an encoded address", strings.Replace(lead, "storm.jpg", "폭풍 1.jpg", 1) + `<figure><img src="/files/2026/%ED%8F%AD%ED%92%8D%201.jpg"><figcaption>Waves</figcaption></figure>`,
			"https://news.example/files/2026/%ED%8F%AD%ED%92%8D%201.jpg", "", "Waves", ""},
		{"two captions", lead + `<figure><img src="/files/2026/storm.jpg"><figcaption>Waves</figcaption><p class="caption">Others</p></figure>`,
			"https://news.example/files/2026/storm.jpg", "", "Waves", ""},
		{"a paragraph without an end", lead + `<img src="/files/2026/storm.jpg"><p class="caption">Waves<p>Text of the story</p>`,
			"https://news.example/files/2026/storm.jpg", "", "Waves", ""},
		{"the words of a figure are not those of the picture before", lead + `<img src="/files/2026/storm.jpg"><figure><img src="/files/2026/other.jpg"></figure><p class="caption">Others</p>`,
			"https://news.example/files/2026/storm.jpg", "", "", ""},
		{"the head of an article", none + `<article><header><figure><img src="/a.jpg"></figure></header></article>`, "https://news.example/a.jpg", "", "", ""},
		{"the lead among decorations", none + `<header><img src="/brand.png"><figure><img src="/top.jpg"></figure></header><nav><figure><img src="/nav.jpg"></figure></nav><main><img class="avatar" src="/jane.jpg"><img src="/b.gif" width="1" height="1"><img src="/site-logo.png"><aside><img src="/aside.jpg"></aside><p>Text</p><img src="/storm.jpg" alt="Waves" width="800"></main>`,
			"https://news.example/storm.jpg", "Waves", "", ""},
		{"a figure without an article", none + `<img src="/x.jpg"><figure><img src="/storm.jpg"></figure>`, "https://news.example/storm.jpg", "", "", ""},
		{"nothing that is certainly of the story", none + `<img src="/x.jpg"><div>Text</div>`, "", "", "", ""},
		{"a copy in noscript", none + `<article><figure><img class="lazy" src="data:image/svg+xml,x" alt="Waves"><noscript><img src="/storm.jpg" alt="Waves"></noscript><figcaption>Waves</figcaption></figure>`,
			"https://news.example/storm.jpg", "Waves", "Waves", ""},
		{"sources", none + `<article><picture><source type="image/avif" srcset="/a.avif 2000w"><source type="image/webp" srcset="/a-800.webp 800w, /a-1600.webp 1600w"><source media="(max-width: 600px)" srcset="/phone.jpg 1900w"><img src="/a.jpg"></picture>`,
			"https://news.example/a-1600.webp", "", "", ""},
		{"a source of a video", none + `<article><video><source srcset="/a.jpg 800w" src="/a.mp4"></video><img src="/b.jpg"></article>`, "https://news.example/b.jpg", "", "", ""},
		{"the next where the first is no address", none + `<article><img src="javascript:x"><img src="/b.jpg"></article>`, "https://news.example/b.jpg", "", "", ""},
		{"hostile words", lead + `<figure><img src="/files/2026/storm.jpg"><figcaption>a&#x202e;b &#x1b;c<script>alert(1)</script>&lt;b&gt;d&lt;/b&gt;</figcaption></figure>`,
			"https://news.example/files/2026/storm.jpg", "", "ab cd", ""},
		{"JSON-LD has the words", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"H","image":{"@type":"ImageObject","url":"/files/2026/storm.jpg","caption":"Waves","creditText":"Jane Roe"}}</script><body>`,
			"https://news.example/files/2026/storm.jpg", "", "Waves", "Jane Roe"},
		{"JSON-LD has the words of another", lead + `<script type="application/ld+json">{"@type":"NewsArticle","headline":"H","image":{"url":"/files/2026/other.jpg","caption":"Other"}}</script>`,
			"https://news.example/files/2026/storm.jpg", "", "", ""},
		{"JSON-LD has other words", lead + `<figure><img src="/files/2026/storm.jpg"><figcaption>Waves</figcaption></figure><script type="application/ld+json">{"@type":"NewsArticle","headline":"H","image":{"url":"/files/2026/storm.jpg","caption":"Others","creditText":"Jane Roe"}}</script>`,
			"https://news.example/files/2026/storm.jpg", "", "Waves", ""},
		{"JSON-LD at the end", none + `<article><figure><img src="/a.jpg"><figcaption>A</figcaption></figure></article><script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"H","image":{"@id":"#i"}},{"@id":"#i","@type":"ImageObject","contentUrl":"/b.jpg","caption":"B"}]}</script>`,
			"https://news.example/b.jpg", "", "B", ""},
	} {
		got := page.Read([]byte(tt.html), "text/html; charset=utf-8", at)
		if got.Image != tt.image || got.ImageAlt != tt.alt || got.Caption != tt.caption || got.Credit != tt.credit {
			t.Errorf("%s:\n%q\n%q, %q, %q", tt.why, got.Image, got.ImageAlt, got.Caption, got.Credit)
		}
	}
}

// TestManyPictures: pictures beyond the first 64 are not read; JSON-LD behind them is.
func TestManyPictures(t *testing.T) {
	html := `<meta property="og:image" content="/files/p/last.jpg"></head><body>` + strings.Repeat(`<figure><img src="/a/b/c.jpg"></figure>`, 64) +
		`<figure><img src="/files/p/last.jpg"><figcaption>Last</figcaption></figure><script type="application/ld+json">{"@type":"Article","headline":"H"}</script>`
	if got := page.Read([]byte(html), "text/html", at); got.Caption != "" || got.Headline != "H" {
		t.Errorf("%q, %q", got.Headline, got.Caption)
	}
	html = strings.Replace(html, "/files/p/last.jpg", "/a/b/c.jpg", 1)
	html = strings.Replace(html, "</figure>", "<figcaption>First</figcaption></figure>", 1)
	if got := page.Read([]byte(html), "text/html", at); got.Caption != "First" {
		t.Errorf("%q", got.Caption)
	}
}

// TestDeepFigures: figures that are nested too deep have no words, and what follows them does.
func TestDeepFigures(t *testing.T) {
	html := `<meta property="og:image" content="/f/p/a.jpg"></head><body>` + strings.Repeat("<figure>", 1000) + strings.Repeat("</figure>", 1000) +
		`<figure><img src="/f/p/b.jpg"><figcaption>Others</figcaption></figure>` +
		`<figure><img src="/f/p/a.jpg"><figcaption>Waves</figcaption></figure>`
	if got := page.Read([]byte(html), "text/html", at); got.Caption != "Waves" {
		t.Errorf("%q", got.Caption)
	}
}
