package feed

import (
	"encoding/xml"
	"strings"
	"testing"
	"time"
)

func TestRSS(t *testing.T) {
	f := Feed{Title: "Top <stories>", Lang: "ko", Home: "https://news.example/", URL: "https://cards.example/v1/top.rss?a=1&b=2", Items: []Item{
		{ID: "storm-1", Title: `파도 & "바람" ]]> <b>`, URL: "https://cards.example/s/abcdefg", Picture: "https://cards.example/cards/storm-1/v/og.jpg",
			Width: 1200, Height: 630, Published: time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("", 9*3600))},
		{ID: "tide", Title: "Tide", URL: "https://cards.example/s/hijklmn"},
	}}
	raw, err := f.RSS()
	if err != nil {
		t.Fatal(err)
	}
	const want = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><channel>` +
		`<title>Top &lt;stories&gt;</title><link>https://news.example/</link><description>Top &lt;stories&gt;</description><language>ko</language><ttl>1</ttl>` +
		`<atom:link href="https://cards.example/v1/top.rss?a=1&amp;b=2" rel="self" type="application/rss+xml"></atom:link>` +
		`<item><title>파도 &amp; &#34;바람&#34; ]]&gt; &lt;b&gt;</title><link>https://cards.example/s/abcdefg</link><guid isPermaLink="false">storm-1</guid>` +
		`<pubDate>Mon, 23 Nov 2026 00:00:00 +0000</pubDate>` +
		`<media:content url="https://cards.example/cards/storm-1/v/og.jpg" medium="image" width="1200" height="630"></media:content></item>` +
		`<item><title>Tide</title><link>https://cards.example/s/hijklmn</link><guid isPermaLink="false">tide</guid></item></channel></rss>`
	if got := string(raw); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// FuzzRSS: whatever the texts are, the document is well-formed, and the title is in it as it was.
func FuzzRSS(f *testing.F) {
	f.Add("Storm", "https://news.example/")
	f.Add("\x00\xff]]><", "&\"'>")
	f.Fuzz(func(t *testing.T, title, url string) {
		raw, err := Feed{Title: title, URL: url, Items: []Item{{ID: title, Title: title, URL: url, Picture: url}}}.RSS()
		if err != nil {
			t.Fatal(err)
		}
		var read struct {
			Items []struct {
				Title string `xml:"title"`
			} `xml:"channel>item"`
		}
		if err := xml.Unmarshal(raw, &read); err != nil || len(read.Items) != 1 {
			t.Fatalf("%v: %s", err, raw)
		}
		if plain := strings.ToValidUTF8(title, "\ufffd"); isText(plain) && read.Items[0].Title != plain {
			t.Errorf("%q became %q", title, read.Items[0].Title)
		}
	})
}

// isText reports whether XML has all characters of the text. Parsers change carriage returns.
func isText(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' || r == 0xfffe || r == 0xffff || r == '\ufffd'
	})
}
