package clean_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"newsroom.example/cards/internal/clean"
)

// TestFormats reads the same texts as plain text and as HTML. The package's own rules are between the two.
func TestFormats(t *testing.T) {
	for _, tt := range []struct{ in, text, html, guess string }{
		{"Tom &amp; Jerry", "Tom &amp; Jerry", "Tom & Jerry", "Tom & Jerry"},
		{"&lt;em&gt;x&lt;/em&gt;", "&lt;em&gt;x&lt;/em&gt;", "<em>x</em>", "x"},
		{"How to use &amp;amp; in HTML", "How to use &amp;amp; in HTML", "How to use &amp; in HTML", "How to use &amp;amp; in HTML"},
		{"&amp;amp;amp;#8217;", "&amp;amp;amp;#8217;", "&amp;amp;#8217;", "’"},
		{"<b>bold</b>", "<b>bold</b>", "bold", "bold"},
		{"Use <b> and </b>", "Use <b> and </b>", "Use and", "Use <b> and </b>"},
		{"AT&T: a < b", "AT&T: a < b", "AT&T: a < b", "AT&T: a < b"},
		{"R&D, x &copy y", "R&D, x &copy y", "R&D, x © y", "R&D, x &copy y"},
		{"&copy;", "&copy;", "©", "©"},
		{"&nosuch; & &", "&nosuch; & &", "&nosuch; & &", "&nosuch; & &"},
		{"<p>one", "<p>one", "one", "<p>one"},
		{"one<p>two<p>three", "one<p>two<p>three", "one two three", "one two three"},
		{"a<br>b<wbr>c<hr/>d", "a<br>b<wbr>c<hr/>d", "a bc d", "a bc d"},
		{"a<main>b</main>c<nosuch>d</nosuch>e", "a<main>b</main>c<nosuch>d</nosuch>e", "a b cde", "a<main>b</main>c<nosuch>d</nosuch>e"},
		{"a<script>b < c && d</script>e", "a<script>b < c && d</script>e", "ae", "a<script>b < c && d</script>e"},
		{"a<STYLE>b</STYLE ><noscript><img></noscript>c<template><b>d</b></template>e", "", "ace", ""},
		{"a<script>b", "a<script>b", "a", "a<script>b"},
		{"a</script>b", "a</script>b", "ab", "a</script>b"},
		{"a<!-- b --><!c><?d>e", "", "ae", ""},
		{"a <b", "a <b", "a", "a <b"},
		{"10<sup>6</sup>, H<sub>2</sub>O, 2<sup>n+1</sup>, 1<sup>st</sup>", "", "10⁶, H₂O, 2^n+1, 1st", ""},
		{"1<sup>2<sup>3</sup>4</sup>5<sub>6", "", "1²³456", ""},
		{"a&nbsp;b\u00a0c", "a&nbsp;b\u00a0c", "a b\u00a0c", "a b\u00a0c"},
		{"a&#0;&#7;&#xd800;&#xfffe;b&#x202e;c", "", "abc", ""},
		{"&#55357;&#56832;", "", "😀", ""},
		{"&#8217s &lt", "", "’s <", ""},
		{" <i> </i>\u200b", "<i> </i>\u200b", "", "<i> </i>\u200b"},
		{"", "", "", ""},
	} {
		for format, want := range map[clean.Format]string{clean.Text: tt.text, clean.HTML: tt.html, clean.Guess: tt.guess} {
			if want == "" && tt.in != "" && format != clean.HTML {
				continue // not the topic of the row
			}
			if got, err := format.Line(tt.in, 200); err != nil || got.String() != want {
				t.Errorf("%q as %q: %+q, %v; want %+q", tt.in, format, got, err, want)
			}
		}
	}
}

// TestFormatsHaveTheLimitsOfLines: the limit applies to what is left, however long the HTML was.
func TestFormatsHaveTheLimitsOfLines(t *testing.T) {
	script := "<script>" + strings.Repeat("x", 1000) + "</script>"
	for _, tt := range []struct {
		format clean.Format
		in     string
		ok     bool
	}{
		{clean.HTML, script + "abcde", true}, {clean.HTML, script + "abcdef", false}, {clean.HTML, strings.Repeat("&amp;", 5), true},
		{clean.Text, "&amp;", true}, {clean.Text, "&amp;&", false}, {clean.Text, "a\x00", false}, {clean.HTML, "a\x00", false},
		{clean.HTML, "\xff", false},
	} {
		if _, err := tt.format.Line(tt.in, 5); (err == nil) != tt.ok {
			t.Errorf("%.20q as %q: %v", tt.in, tt.format, err)
		}
	}
	for format, ok := range map[clean.Format]bool{"": true, "text": true, "html": true, "HTML": false, "markdown": false} {
		if err := format.Check(); (err == nil) != ok {
			t.Errorf("%q: %v", format, err)
		}
	}
}

// TestACutLineKeepsItsFormat: the end of a cut does not make HTML of a plain text.
func TestACutLineKeepsItsFormat(t *testing.T) {
	for format, want := range map[clean.Format]string{clean.Text: "&lt;b", clean.Guess: "<b"} {
		line, err := format.Line("&lt;b Q&A", 100)
		if got := line.Cut(5).String(); got != want || err != nil {
			t.Errorf("%q: %q, %v", format, got, err)
		}
	}
}

// FuzzFormats: plain text comes out as it is, but for what every line loses, and of HTML comes out what a parser that
// builds the document sees.
func FuzzFormats(f *testing.F) {
	for _, s := range []string{
		"Tom &amp; Jerry", "<p>a<script>b</script>c", "a<b", "&#x202e;&lt;b&gt;", "<template><template></template>x</template>y",
		"<sup>1</sup>", "<noscript><p>", "&ampx&copy;=", "<svg><style>a", "<select><b>x", "<a title='&quot;>'>b</a>", "\u00a0&nbsp;",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		plain, err := clean.Text.Line(s, 1<<20)
		shown, errHTML := clean.HTML.Line(s, 1<<20)
		if (err == nil) != (errHTML == nil) {
			t.Fatalf("%q: %v as text, %v as HTML", s, err, errHTML)
		}
		if err != nil {
			return
		}
		if again, err := clean.Text.Line(plain.String(), 1<<20); again.String() != plain.String() || err != nil {
			t.Errorf("%+q gives %+q, gives %+q, %v", s, plain, again, err)
		}
		if guess, err := clean.Line(s, 1<<20); err == nil && !clean.IsHTML(s) && guess.String() != plain.String() {
			t.Errorf("%+q: %+q as text, although it is not HTML: %+q", s, plain, guess)
		}
		if !strings.ContainsAny(s, "&<") && shown.String() != plain.String() {
			t.Errorf("%+q: %+q as HTML, %+q as text", s, shown, plain)
		}
		if again, err := clean.Text.Line(shown.String(), 1<<20); again.String() != shown.String() || err != nil || !utf8.ValidString(shown.String()) {
			t.Errorf("%+q gives %+q, gives %+q, %v", s, shown, again, err)
		}
		if want, ok := parsed(plain.String()); ok && squeezed(shown.String()) != squeezed(want) {
			t.Errorf("%+q: %+q, a parser sees %+q", s, shown, want)
		}
	})
}

// parsed returns the text that a parser sees in a fragment; ok is false where parsers treat a place as special, or where
// the package changes a text on purpose.
func parsed(s string) (text string, ok bool) {
	lower := strings.ToLower(s)
	for _, special := range []string{"<su", "<template", "<plaintext", "<xmp", "<title", "<textarea", "<select", "<svg", "<math", "<frameset",
		"<table", "<!doctype", "<html", "<head", "<body", "<t", "<c", "<nos", "<nof", "<noe", "<image"} {
		if strings.Contains(lower, special) {
			return "", false
		}
	}
	if strings.ContainsAny(s, "\ufffd") || strings.Contains(s, "&#") {
		return "", false
	}
	doc, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return "", false
	}
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style" || n.Data == "iframe") {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	line, err := clean.Text.Line(b.String(), 1<<20)
	return line.String(), err == nil
}

// squeezed returns a text without spaces: block tags separate words.
func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u00a0' {
			return -1
		}
		return r
	}, s)
}
