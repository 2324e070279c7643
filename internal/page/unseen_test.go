package page_test

import (
	"testing"

	"newsroom.example/cards/internal/page"
)

// TestUnseenTexts: captions and credits have the text that a browser shows, and no other.
func TestUnseenTexts(t *testing.T) {
	for _, tt := range []struct{ why, inner, caption, credit string }{
		{"three ways", `<figcaption>A<template>TPL</template><span hidden>HID</span><span style="display:none">NON</span></figcaption>`, "A", ""},
		{"a template", `<figcaption>A<template>B<p>C</p></template> D</figcaption>`, "A D", ""},
		{"a script and a style", `<figcaption>A<script>B</script><style>C</style> D</figcaption>`, "A D", ""},
		{"noscript", `<figcaption>A<noscript>B <b>C</b></noscript> D</figcaption>`, "A D", ""},
		{"an icon", `<figcaption><svg><title>B</title><desc>C</desc><text>D</text></svg>A</figcaption>`, "A", ""},
		{"a fallback", `<figcaption>A<video>B</video><audio>C</audio><canvas>D</canvas></figcaption>`, "A", ""},
		{"hidden", `<figcaption>A<span HIDDEN>B</span> C</figcaption>`, "A C", ""},
		{"hidden until found", `<figcaption>A<span hidden="until-found">B</span></figcaption>`, "A", ""},
		{"a hidden link and button", `<figcaption>A<a hidden href="/">B</a><button style="display:none">C</button></figcaption>`, "A", ""},
		{"in what is hidden", `<figcaption>A<span hidden>B<span>C</span><span class="photo-credit">D</span></span> E</figcaption>`, "A E", ""},
		{"a hidden block", `<figcaption>A<div hidden><p>B<p>C</div>D</figcaption>`, "A D", ""},
		{"a hidden paragraph without an end", `<figcaption><p hidden>B<p>A</figcaption>`, "A", ""},
		{"a hidden element without an end", `<figcaption>A<span hidden>B</figcaption>`, "A", ""},
		{"another case and spaces", `<figcaption>A<span style=" color: red; DISPLAY : None !important ; x">B</span></figcaption>`, "A", ""},
		{"visibility", `<figcaption>A<span style="visibility:hidden">B</span><span style="visibility:collapse">C</span></figcaption>`, "A", ""},
		{"the last counts", `<figcaption>A <span style="display:none;display:inline">B</span><span style="display:inline;display:none">C</span></figcaption>`, "A B", ""},
		{"the important one counts", `<figcaption>A<span style="display:none!important;display:inline">B</span></figcaption>`, "A", ""},
		{"other styles", `<figcaption>A <span style="display:inline;visibility:visible;x-display:none;--hidden:none">B</span></figcaption>`, "A B", ""},
		{"other attributes", `<figcaption>A <span data-hidden="1" class="hidden-print">B</span></figcaption>`, "A B", ""},
		{"hidden from screen readers only", `<figcaption><span aria-hidden="true">A</span></figcaption>`, "A", ""},
		{"a credit", `<figcaption>A <span class="photo-credit">J<span hidden>K</span><template>L</template></span></figcaption>`, "A", "J"},
		{"a hidden credit", `<figcaption>A <span class="photo-credit" hidden>J</span></figcaption>`, "A", ""},
		{"a hidden caption", `<figcaption hidden>B <span class="photo-credit">J</span></figcaption><p class="caption">A</p>`, "A", ""},
		{"a caption in a template", `<template><figcaption>B</figcaption></template><figcaption>A</figcaption>`, "A", ""},
		{"a caption in what is hidden", `<div style="display:none"><p class="caption">B</p></div><figcaption>A</figcaption>`, "A", ""},
	} {
		html := `<title>T</title></head><body><article><figure><img src="/a.jpg">` + tt.inner + `</figure></article>`
		if got := page.Read([]byte(html), "text/html", at); got.Caption != tt.caption || got.Credit != tt.credit {
			t.Errorf("%s: %q, %q", tt.why, got.Caption, got.Credit)
		}
	}
}

// TestUnseenTextsAndPictures: a copy of a picture in noscript, and a picture in what a script will show, stay pictures.
func TestUnseenTextsAndPictures(t *testing.T) {
	for _, html := range []string{
		`<figure><img src="data:image/gif;base64,R0"><noscript><img src="/a.jpg"></noscript><figcaption>A</figcaption></figure>`,
		`<img src="data:image/gif;base64,R0"><noscript><img src="/a.jpg"></noscript><p class="caption">A</p>`,
		`<div style="visibility:hidden"><figure><img src="/a.jpg"><figcaption>A</figcaption></figure></div>`,
		`<img src="/a.jpg"><div hidden>a text that nobody sees, longer than what may be between a picture and its caption</div><p class="caption">A</p>`,
	} {
		got := page.Read([]byte(`<title>T</title></head><body><article>`+html+`</article>`), "text/html", at)
		if got.Image != "https://news.example/a.jpg" || got.Caption != "A" {
			t.Errorf("%s: %q, %q", html, got.Image, got.Caption)
		}
	}
}
