package article_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"newsroom.example/cards/internal/article"
)

// parsed returns the tags in the markup as "tag key=value", in order.
func parsed(t *testing.T, markup string) []string {
	t.Helper()
	var all []string
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return all
		case html.TextToken:
			if text := strings.TrimSpace(string(z.Text())); text != "" {
				t.Errorf("text between the tags: %q", text)
			}
		case html.StartTagToken:
			tok := z.Token()
			line := tok.Data
			for _, a := range tok.Attr {
				line += " " + a.Key + "=" + a.Val
			}
			all = append(all, line)
		default:
			t.Errorf("unexpected %s", z.Token())
		}
	}
}

// meta returns the tags of an article, with JSON-LD if there are images.
func meta(a article.Article, images ...article.Picture) string {
	return article.Meta(article.MetaInput{
		Article: a, Images: images,
		Image:     article.Picture{URL: "https://cards.example/cards/storm-1/v/og.jpg", Type: "image/jpeg", Width: 1200, Height: 630},
		Twitter:   article.Picture{URL: "https://cards.example/cards/storm-1/v/twitter.jpg", Type: "image/jpeg", Width: 1200, Height: 600},
		OEmbedXML: "https://cards.example/oembed?format=xml&url=x", OEmbedJSON: "https://cards.example/oembed?format=json&url=x",
	})
}

// TestDecodedTextIsNoMarkup: escaped markup is decoded to text, which is escaped again in the tags.
func TestDecodedTextIsNoMarkup(t *testing.T) {
	a := story()
	a.Headline = `&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; &quot; onload=&quot;x`
	a.Description = `&lt;img src=x onerror=alert(1)&gt; &amp; more`
	a, err := a.Normalize()
	if err != nil {
		t.Fatal(err)
	}
	if a.Headline != `</title><script>alert(1)</script> " onload="x` || a.Description != `<img src=x onerror=alert(1)> & more` {
		t.Errorf("%q, %q", a.Headline, a.Description)
	}
	got := parsed(t, meta(a))
	for _, want := range []string{"meta property=og:title content=" + a.Headline, "meta property=og:description content=" + a.Description} {
		if !slices.Contains(got, want) {
			t.Errorf("no %s in %q", want, got)
		}
	}
	if plain := parsed(t, meta(story())); len(got) != len(plain) {
		t.Errorf("%d tags, not %d: %q", len(got), len(plain), got)
	}
}

func TestMeta(t *testing.T) {
	a := story()
	a.UpdatedAt = time.Date(2026, 11, 23, 1, 2, 3, 0, time.UTC)
	got := parsed(t, meta(a))
	want := []string{
		"meta property=og:title content=Storm front stalls over the west coast",
		"meta property=og:type content=article",
		"meta property=og:url content=https://news.example/storm",
		"meta property=og:site_name content=The Harbor Post",
		"meta property=og:description content=Waves break over the old pier.",
		"meta property=og:locale content=en_US",
		"meta property=og:image content=https://cards.example/cards/storm-1/v/og.jpg",
		"meta property=og:image:secure_url content=https://cards.example/cards/storm-1/v/og.jpg",
		"meta property=og:image:type content=image/jpeg",
		"meta property=og:image:width content=1200",
		"meta property=og:image:height content=630",
		"meta property=og:image:alt content=" + a.Alt(),
		"meta property=article:published_time content=2026-11-22T20:00:00Z",
		"meta property=article:modified_time content=2026-11-23T01:02:03Z",
		"meta property=article:author content=By the Weather Desk",
		"meta property=article:section content=Weather",
		"meta property=article:tag content=storm",
		"meta property=article:tag content=coast",
		"meta name=twitter:card content=summary_large_image",
		"meta name=twitter:title content=Storm front stalls over the west coast",
		"meta name=twitter:description content=Waves break over the old pier.",
		"meta name=twitter:image content=https://cards.example/cards/storm-1/v/twitter.jpg",
		"meta name=twitter:image:alt content=" + a.Alt(),
		"meta name=twitter:label1 content=Written by",
		"meta name=twitter:data1 content=the Weather Desk",
		"link rel=canonical href=https://news.example/storm",
		"link rel=alternate type=application/json+oembed href=https://cards.example/oembed?format=json&url=x title=Storm front stalls over the west coast",
		"link rel=alternate type=text/xml+oembed href=https://cards.example/oembed?format=xml&url=x title=Storm front stalls over the west coast",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestMetaIsOnlyMeta(t *testing.T) {
	a := story()
	a.Headline = `"><script>alert(1)</script>`
	a.Caption = "' onload=x <!-- ]]>"
	a.Tags = []string{`a" http-equiv="refresh`}
	for _, line := range parsed(t, meta(a)) {
		if !strings.HasPrefix(line, "meta property=") && !strings.HasPrefix(line, "meta name=") && !strings.HasPrefix(line, "link rel=") {
			t.Errorf("unexpected element: %s", line)
		}
		if strings.Contains(line, "http-equiv=") && !strings.Contains(line, "article:tag") {
			t.Errorf("unexpected attribute: %s", line)
		}
	}
}

// TestTagsNameThePage: the tags have the URL of the story with its fragment, without which the route of an app or an
// entry of a live blog would be another story.
func TestTagsNameThePage(t *testing.T) {
	a := story()
	a.URL = "https://app.example/#/article/2"
	lines := strings.Join(parsed(t, meta(a)), "\n")
	for _, tag := range []string{"og:url content=", "link rel=canonical href="} {
		if !strings.Contains(lines, tag+a.URL+"\n") {
			t.Errorf("no %s%s in\n%s", tag, a.URL, lines)
		}
	}
}

func TestLocale(t *testing.T) {
	for _, tt := range []struct{ lang, headline, want string }{
		{"ko", "a", "ko_KR"}, {"ko-KR", "a", "ko_KR"}, {"en-GB", "a", "en_GB"}, {"ja", "a", "ja_JP"},
		{"zh-Hant", "a", "zh_TW"}, {"zh", "a", "zh_CN"}, {"", "비핵화 협상", "ko_KR"}, {"", "明日の天気", "ja_JP"}, {"", "Storm over the coast", "en_US"},
		{"", "Stávka na železnici skončila ve čtvrtek večer", "cs_CZ"}, {"", "Погода на выходные: ждите дождя", "ru_RU"}, {"", "2026", ""},
		{"", "War", ""}, {"", "Dhoruba yasimamisha safari za feri", ""},
	} {
		a := story()
		a.Lang, a.Headline, a.Caption, a.Description = tt.lang, tt.headline, "", ""
		var got string
		for _, line := range parsed(t, meta(a)) {
			if l, ok := strings.CutPrefix(line, "meta property=og:locale content="); ok {
				got = l
			}
		}
		if got != tt.want {
			t.Errorf("%s %s: %q, want %q", tt.lang, tt.headline, got, tt.want)
		}
	}
}
