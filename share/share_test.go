package share_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"newsroom.example/cards/share"
)

var config = share.Config{BaseURL: "https://cards.example"}

func link(t *testing.T, cfg share.Config, p share.Post, target string) string {
	t.Helper()
	_, links, err := share.Links(cfg, p, []string{target})
	if err != nil {
		t.Fatal(err)
	}
	return links[0].URL
}

func TestTargets(t *testing.T) {
	plain := share.Post{URL: "https://news.example/a?b=c&d=e", Title: "Rates & “rents”", Text: "A text", Image: "https://cards.example/og.jpg", Hashtags: []string{"economy", "rates"}}
	korean := share.Post{URL: "https://news.example/기사/1", Title: "비핵화 협상 재개… 100%"}
	const u = "https%3A%2F%2Fnews.example%2Fa%3Fb%3Dc%26d%3De"
	const title = "Rates%20%26%20%E2%80%9Crents%E2%80%9D"
	const ku = "https%3A%2F%2Fnews.example%2F%25EA%25B8%25B0%25EC%2582%25AC%2F1"
	for _, tt := range []struct {
		target string
		post   share.Post
		want   string
	}{
		{"facebook", plain, "https://www.facebook.com/sharer/sharer.php?u=" + u + "&hashtag=%23economy"},
		{"facebook", korean, "https://www.facebook.com/sharer/sharer.php?u=" + ku},
		{"twitter", plain, "https://twitter.com/intent/tweet?text=" + title + "&url=" + u + "&hashtags=economy%2Crates"},
		{"kakao", korean, "https://cards.example/kakao?url=" + ku + "&title=%EB%B9%84%ED%95%B5%ED%99%94%20%ED%98%91%EC%83%81%20%EC%9E%AC%EA%B0%9C%E2%80%A6%20100%25"},
		{"mail", plain, "mailto:?subject=" + title + "&body=A%20text%0D%0A%0D%0A" + u},
		{"link", korean, "https://news.example/%EA%B8%B0%EC%82%AC/1"},
		{"line", plain, "https://social-plugins.line.me/lineit/share?url=" + u + "&text=" + title},
		{"naver", plain, "https://share.naver.com/web/shareView?url=" + u + "&title=" + title},
		{"band", plain, "https://band.us/plugin/share?body=" + title + "%0A" + u + "&route=news.example"},
		{"whatsapp", plain, "https://wa.me/?text=" + title + "%0A" + u},
		{"telegram", plain, "https://t.me/share/url?url=" + u + "&text=" + title},
		{"linkedin", plain, "https://www.linkedin.com/sharing/share-offsite/?url=" + u},
		{"threads", plain, "https://www.threads.com/intent/post?text=" + title + "&url=" + u + "&tag=economy"},
		{"bluesky", plain, "https://bsky.app/intent/compose?text=" + title + "%0A" + u},
		{"reddit", plain, "https://www.reddit.com/submit?url=" + u + "&title=" + title},
		{"weibo", plain, "https://service.weibo.com/share/share.php?url=" + u + "&title=" + title + "&pic=https%3A%2F%2Fcards.example%2Fog.jpg"},
		{"mastodon", plain, "https://share.joinmastodon.org/#text=" + title + "%0A" + u},
		{"pinterest", plain, "https://www.pinterest.com/pin/create/button/?url=" + u + "&media=https%3A%2F%2Fcards.example%2Fog.jpg&description=" + title},
		{"sms", plain, "sms:?&body=" + title + "%0A" + u},
		{"kakaostory", plain, "https://story.kakao.com/share?url=" + u},
	} {
		if got := link(t, config, tt.post, tt.target); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.target, got, tt.want)
		}
	}
	app := share.Config{FacebookAppID: "123"}
	if got := link(t, app, plain, "facebook"); got != "https://www.facebook.com/dialog/share?app_id=123&display=popup&href="+u+"&hashtag=%23economy" {
		t.Errorf("facebook with an app: %s", got)
	}
}

func TestOrder(t *testing.T) {
	names := func(p share.Post, targets ...string) string {
		_, links, err := share.Links(config, p, targets)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, l := range links {
			all = append(all, l.Target)
		}
		return strings.Join(all, " ")
	}
	p := share.Post{URL: "https://news.example/", Title: "A"}
	const all = "facebook twitter kakao mail link line naver band whatsapp telegram linkedin threads bluesky reddit weibo mastodon"
	if got := names(p); got != all+" sms" {
		t.Errorf("all: %s", got)
	}
	p.Image = "https://cards.example/a.jpg"
	if got := names(p); got != all+" pinterest sms" {
		t.Errorf("with an image: %s", got)
	}
	if got := names(p, "twitter", "x", "link", "twitter"); got != "twitter link" {
		t.Errorf("given twice: %s", got)
	}
	if got := names(p, "link", "x", "kakaostory"); got != "link twitter kakaostory" {
		t.Errorf("picked: %s", got)
	}
}

// TestRowsAreComplete: each target has a name, labels, an icon, and a place in the manual.
func TestRowsAreComplete(t *testing.T) {
	manual, err := os.ReadFile("../docs/embed.md")
	if err != nil {
		t.Fatal(err)
	}
	path := regexp.MustCompile(`^M[MLHVCSQTAZmlhvcsqtaz0-9 .-]+$`)
	for _, target := range share.Targets() {
		if !path.MatchString(target.Icon.Path) {
			t.Errorf("%s: icon %q", target.Name, target.Icon.Path)
		}
		if target.Label("en") == "" {
			t.Errorf("%s: no label", target.Name)
		}
		for _, lang := range share.Langs {
			if action := target.Action(lang); action == "" || lang != "en" && action == target.Action("en") {
				t.Errorf("%s: its button says %q in %s", target.Name, action, lang)
			}
		}
		if _, bar, _ := strings.Cut(string(manual), "| `targets` |"); !strings.Contains(strings.Split(bar, "\n")[0], target.Name) {
			t.Errorf("%s: docs/embed.md does not name it", target.Name)
		}
	}
}

func TestCanonical(t *testing.T) {
	for in, want := range map[string]string{
		"HTTPS://News.Example":                                  "https://news.example/",
		"https://news.example:443/a":                            "https://news.example/a",
		"https://news.example/?a=1&amp;b=2":                     "https://news.example/?a=1&b=2",
		"https://news.example/?a=1&#038;utm_source=x&#038;b=2":  "https://news.example/?a=1&b=2",
		"https://news.example/?utm_x=1&b&amp;utm_y=2&amp;c":     "https://news.example/?b&c",
		"https://news.example/?a=1&amp;b=2&fbclid=x":            "https://news.example/?a=1&b=2",
		"http://news.example:80/a/":                             "http://news.example/a/",
		"http://news.example:8080/a":                            "http://news.example:8080/a",
		"https://news.example/a/./b/../c":                       "https://news.example/a/c",
		"https://news.example/a/..":                             "https://news.example/",
		"https://news.example/a//b":                             "https://news.example/a//b",
		"https://news.example/%ea%b0%80":                        "https://news.example/%EA%B0%80",
		"https://news.example/가?q=나":                            "https://news.example/%EA%B0%80?q=%EB%82%98",
		"https://news.example/a?z=1&a=2&utm_source=x&fbclid=y":  "https://news.example/a?z=1&a=2",
		"https://news.example/a?utm_source=x":                   "https://news.example/a",
		"https://news.example/a?b=%2F#part%20two":               "https://news.example/a?b=%2F#part%20two",
		"https://한국.example/":                                   "https://xn--3e0b707e.example/",
		"https://[2001:DB8::1]:443/":                            "https://[2001:db8::1]/",
		"https://news.example/a%2Fb":                            "https://news.example/a%2Fb",
		"https://app.example/#/article/123":                     "https://app.example/#/article/123",
		"https://news.example/live?page=with:block-77#block-77": "https://news.example/live?page=with:block-77#block-77",
		"https://news.example/a#top:~:text=Storm":               "https://news.example/a#top",
		"https://news.example/a#:~:text=Storm,coast":            "https://news.example/a",
		"https://news.example/100%":                             "https://news.example/100%25",
		"//news.example/":                                       "",
		"https:news.example":                                    "",
		"https://":                                              "",
		"ftp://news.example/":                                   "",
		"javascript:alert(1)":                                   "",
		"https://user@news.example/":                            "",
		`https://news.example\@evil.example/`:                   "",
		"https://news.example/\n":                               "https://news.example/",
		" https://news.example/":                                "https://news.example/",
		"https://news.example/a b?c d#e f":                      "https://news.example/a%20b?c%20d#e%20f",
		"https://news example/":                                 "",
		"https://news.example:99999x/":                          "",
		"https://news.example:99999/":                           "",
		"https://news.example:0/":                               "",
		"https://[fe80::1%25eth0]/":                             "",
		"https://my_news.example/":                              "",
		"https://" + strings.Repeat("a", 2100):                  "",
		"":                                                      "",
	} {
		got, err := share.Canonical(in)
		if want == "" {
			var fault *share.PostError
			if !errors.As(err, &fault) || fault.Field != "url" || !errors.Is(err, share.ErrInvalidPost) {
				t.Errorf("%q was taken as %q, %v", in, got, err)
			}
			continue
		}
		if err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", in, got, err, want)
		}
		if again, err := share.Canonical(got); err != nil || again != got {
			t.Errorf("%q is not stable: %q, %v", got, again, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	for _, tt := range []struct {
		field string
		post  share.Post
	}{
		{"url", share.Post{}},
		{"image", share.Post{URL: "https://a.example/", Image: "data:x"}},
		{"title", share.Post{URL: "https://a.example/", Title: "\xff"}},
		{"title", share.Post{URL: "https://a.example/", Title: strings.Repeat("a", 2001)}},
		{"text", share.Post{URL: "https://a.example/", Text: strings.Repeat("a", 5001)}},
		{"via", share.Post{URL: "https://a.example/", Via: "not a name"}},
		{"utm_campaign", share.Post{URL: "https://a.example/", Campaign: strings.Repeat("a", 101)}},
		{"hashtags", share.Post{URL: "https://a.example/", Hashtags: make([]string, 31)}},
	} {
		_, _, err := share.Links(config, tt.post, nil)
		var fault *share.PostError
		if !errors.As(err, &fault) || fault.Field != tt.field {
			t.Errorf("%s: %v", tt.field, err)
		}
	}
	if _, _, err := share.Links(config, share.Post{URL: "https://a.example/"}, []string{"pinterest"}); err == nil {
		t.Error("a pin without an image")
	}
}

// TestTweetWeight compares weights with X's rules (twitter-text configuration, version 3).
func TestTweetWeight(t *testing.T) {
	for text, want := range map[string]int{
		"":                                     0,
		"plain":                                5,
		"Ångström":                             8,
		"A\u030angstro\u0308m":                 8,
		"가":                                    2,
		"비핵화 협상":                               11,
		"\u1112\u1161\u11ab":                   2, // jamo that form one syllable
		"日本":                                   4,
		"…":                                    2,
		"₩100":                                 5,
		"“quoted”":                             8,
		"a – b — c":                            9,
		"·":                                    1,
		"😀":                                    2,
		"👩‍👩‍👧‍👦":                              2,
		"👍🏽":                                   2,
		"🇰🇷":                                   2,
		"🏴󠁧󠁢󠁳󠁣󠁴󠁿":                              2,
		"❤️":                                   2,
		"1️⃣":                                  2,
		"booking.com":                          23,
		"see https://a.com/very/long/path now": 4 + 23 + 4,
		"3.5":                                  3,
		"U.S.":                                 4,
		"a@news.com":                           10,
	} {
		if got := share.TweetWeight(text); got != want {
			t.Errorf("%q weighs %d, want %d", text, got, want)
		}
	}
}

// tweet returns the weight of the complete post that X composes.
func tweet(t *testing.T, link string) (text string, weight int) {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	weight = share.TweetWeight(q.Get("text")) + 1 + 23
	if tags := q.Get("hashtags"); tags != "" {
		for tag := range strings.SplitSeq(tags, ",") {
			weight += 2 + share.TweetWeight(tag)
		}
	}
	if via := q.Get("via"); via != "" {
		weight += len(" via @" + via)
	}
	return q.Get("text"), weight
}

func TestTweetsFit(t *testing.T) {
	for _, tt := range []struct{ title, keeps string }{
		{strings.Repeat("harbor ", 60), "harbor…"},
		{strings.Repeat("가", 200), "가…"},
		{strings.Repeat("👩‍👩‍👧 ", 200), "…"},
		{strings.Repeat("booking.com ", 40), "…"},
		{"short", "short"},
	} {
		text, weight := tweet(t, link(t, config, share.Post{URL: "https://news.example/", Title: tt.title, Via: "@harborpost", Hashtags: []string{"weather", "no tag", "2026", "해안"}}, "twitter"))
		if weight > 280 || !strings.HasSuffix(text, tt.keeps) || weight < 240 && tt.title != "short" && !strings.Contains(tt.title, "booking") {
			t.Errorf("weight %d: %q", weight, text)
		}
		if strings.Contains(text, "\u200d…") || !utf8.ValidString(text) {
			t.Errorf("cut inside a grapheme: %q", text)
		}
	}
	got := link(t, config, share.Post{URL: "https://news.example/", Title: "A", Hashtags: []string{"#weather", "no tag", "2026", "해안"}, Via: "@harborpost"}, "twitter")
	if u, _ := url.Parse(got); u.Query().Get("hashtags") != "weather,해안" || u.Query().Get("via") != "harborpost" {
		t.Errorf("%s", got)
	}
}

func TestMail(t *testing.T) {
	for why, p := range map[string]share.Post{
		"injection": {URL: "https://news.example/a#b", Title: "A\r\nBcc: all@example.org", Text: "x\r\ny&cc=z?to=w"},
		"long":      {URL: "https://news.example/" + strings.Repeat("a", 700), Title: strings.Repeat("가", 2000), Text: strings.Repeat("나 ", 2000)},
		"bare":      {URL: "https://news.example/a"},
	} {
		got := link(t, config, p, "mail")
		head, query, _ := strings.Cut(got, "?")
		if head != "mailto:" || len(got) > 1900 || strings.Contains(got, "+") {
			t.Errorf("%s: %s", why, got)
		}
		for pair := range strings.SplitSeq(query, "&") {
			name, value, _ := strings.Cut(pair, "=")
			plain, err := url.PathUnescape(value)
			if err != nil || name != "subject" && name != "body" {
				t.Errorf("%s: %q, %v", why, pair, err)
			}
			if name == "subject" && strings.ContainsAny(plain, "\r\n") {
				t.Errorf("%s: a line break in the subject", why)
			}
			if lines := strings.Split(plain, "\r\n"); name == "body" && lines[len(lines)-1] != p.URL {
				t.Errorf("%s: the address does not stand alone: %q", why, plain)
			}
		}
	}
}

func TestKakao(t *testing.T) {
	_, links, err := share.Links(config, share.Post{URL: "https://news.example/a#b", Title: strings.Repeat("제", 300), Text: strings.Repeat("문", 1000), Lang: "ko",
		Image: "https://cards.example/k.jpg", ImageWidth: 800, ImageHeight: 400, Code: "abcdefg"}, []string{"kakao"})
	if err != nil {
		t.Fatal(err)
	}
	if links[0].URL != "https://cards.example/kakao/abcdefg" || links[0].Label != "카카오톡" {
		t.Errorf("%+v", links[0])
	}
	raw, err := json.Marshal(links[0].SDK)
	if err != nil || len([]rune(string(raw))) > 10_000 {
		t.Fatalf("%d characters, %v", len(raw), err)
	}
	c := links[0].SDK.Settings
	if links[0].SDK.Method != "sendDefault" || c.ObjectType != "feed" || len([]rune(c.Content.Title)) > 200 || len([]rune(c.Content.Description)) > 400 ||
		c.Content.Link.WebURL != "https://news.example/a#b" || c.Content.Link.MobileWebURL != c.Content.Link.WebURL || c.Buttons[0].Title != "기사 보기" {
		t.Errorf("%s", raw)
	}
	_, bare, err := share.Links(config, share.Post{URL: "https://news.example/a"}, []string{"kakao"})
	if err != nil {
		t.Fatal(err)
	}
	raw, _ = json.Marshal(bare[0].SDK)
	_, twice, err := share.Links(config, share.Post{URL: "https://news.example/a", Title: "Storm", Text: "Storm"}, []string{"kakao"})
	if err != nil {
		t.Fatal(err)
	}
	if content := twice[0].SDK.Settings.Content; content.Title != "Storm" || content.Description != "" {
		t.Errorf("the title is said twice: %+v", content)
	}
	if strings.Contains(string(raw), `""`) || strings.Contains(string(raw), "image") {
		t.Errorf("empty fields: %s", raw)
	}
}

func TestUTM(t *testing.T) {
	p := share.Post{URL: "https://news.example/a?b=c#part", Title: "A", UTM: true}
	for target, want := range map[string]string{
		"facebook": "https://news.example/a?b=c&utm_source=facebook&utm_medium=social#part",
		"mail":     "https://news.example/a?b=c&utm_source=mail&utm_medium=email#part",
		"link":     "https://news.example/a?b=c#part",
	} {
		if got := link(t, config, p, target); !strings.Contains(unescaped(got), want) {
			t.Errorf("%s: %s", target, unescaped(got))
		}
	}
}

// unescaped decodes a value independently of the code that encodes links.
func unescaped(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			var c byte
			if _, err := fmt.Sscanf(s[i+1:i+3], "%02X", &c); err == nil {
				b.WriteByte(c)
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func FuzzLinks(f *testing.F) {
	f.Add("https://news.example/기사?a=%20b&c=d#e", "Rates “hold” at 3.50%\n& more", "👩‍👩‍👧 family", "via_1", "tag")
	f.Add("https://news.example/?a=1&amp;b=2&#038;c", "Tom &amp; Jerry&#8217;s <em>out</em>", "&amp;&#x202e;lt;", "", "R&amp;D")
	f.Add("https://news.example/?utm_x=1&b&amp;utm_y=2&amp;c", "How to use &amp;amp; in HTML", "<p>AT&amp;T&nbsp;plan&hellip;</p>", "", "")
	f.Add("http://[::1]:8080/a+b", "+plus+ %2B \u202egpj", "", "", "a b")
	f.Fuzz(func(t *testing.T, raw, title, text, via, tag string) {
		canonical, links, err := share.Links(config, share.Post{URL: raw, Title: title, Text: text, Via: via, Hashtags: []string{tag}, Image: "https://cards.example/a.jpg"}, nil)
		if err != nil {
			if !errors.Is(err, share.ErrInvalidPost) {
				t.Fatal(err)
			}
			return
		}
		if again, err := share.Canonical(canonical); err != nil || again != canonical {
			t.Fatalf("%q gives %q, gives %q, %v", raw, canonical, again, err)
		}
		address, err := share.SharedAs("", raw)
		if err != nil {
			t.Fatal(err)
		}
		page, _, _ := strings.Cut(address, "#")
		for _, l := range links {
			if l.Target == "link" {
				if l.URL != address {
					t.Fatalf("link %s", l.URL)
				}
				continue
			}
			if strings.ContainsAny(l.URL, " +\r\n\t\"<>") || !utf8.ValidString(l.URL) {
				t.Fatalf("%s: %q", l.Target, l.URL)
			}
			if _, err := url.Parse(l.URL); err != nil {
				t.Fatalf("%s: %v", l.Target, err)
			}
			if !strings.Contains(unescaped(l.URL), page) {
				t.Fatalf("%s: %q lost %q", l.Target, l.URL, page)
			}
			if l.Target == "twitter" {
				if _, weight := tweet(t, l.URL); weight > 280 {
					t.Fatalf("weight %d: %s", weight, l.URL)
				}
			}
		}
	})
}

// TestHTMLIsDecoded: text that is HTML is decoded in every link.
func TestHTMLIsDecoded(t *testing.T) {
	encoded := share.Post{URL: "https://news.example/?a=1&amp;b=2", Title: "Tom &amp; Jerry&#8217;s &quot;day&quot; <em>out</em>",
		Text: "<p>AT&amp;T&nbsp;plan&hellip;</p>", Image: "https://cards.example/a.jpg?w=1&#038;h=2", Hashtags: []string{"caf&eacute;"}, Campaign: "R&amp;D"}
	plain := share.Post{URL: "https://news.example/?a=1&b=2", Title: "Tom & Jerry’s \"day\" out", Text: "AT&T plan…",
		Image: "https://cards.example/a.jpg?w=1&h=2", Hashtags: []string{"café"}}
	_, got, err := share.Links(config, encoded, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, want, err := share.Links(config, plain, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := encoded.HTMLFields(); !slices.Equal(got, []string{"url", "title", "text", "image", "hashtags", "utm_campaign"}) {
		t.Errorf("%q", got)
	}
	meant := share.Post{URL: "https://news.example/?a=1&b=2", Title: "AT&T: a < b, and how to write &lt;br&gt;", Text: "How to use &amp;amp; in HTML"}
	p, err := meant.Normalize(config)
	if err != nil || p.Title != meant.Title || p.Text != meant.Text || len(meant.HTMLFields()) != 0 {
		t.Errorf("%+v, %v, %q", p, err, meant.HTMLFields())
	}
}

func ExampleLinks() {
	_, links, err := share.Links(share.Config{}, share.Post{URL: "https://news.example/storm", Title: "Storm & surge"}, []string{"x", "mail"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, l := range links {
		fmt.Println(l.Label, l.URL)
	}
	// Output:
	// X https://twitter.com/intent/tweet?text=Storm%20%26%20surge&url=https%3A%2F%2Fnews.example%2Fstorm
	// Mail mailto:?subject=Storm%20%26%20surge&body=https%3A%2F%2Fnews.example%2Fstorm
}

// TestActionsAreInOneLanguage: every language has its own words for every target.
func TestActionsAreInOneLanguage(t *testing.T) {
	words := map[string]string{"en": "Share on |Send |Save to |Copy ", "ko": "하기|보내기|복사", "ja": "共有|送る|保存|コピー", "zh": "分享到|发送|保存到|复制"}
	_, links, err := share.Links(config, share.Post{URL: "https://news.example/a", Title: "A", Image: "https://news.example/a.jpg"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range append(links, share.Link{Target: "kakaostory"}) {
		for _, lang := range share.Langs {
			target, _ := share.Lookup(l.Target)
			action := target.Action(lang)
			own := slices.ContainsFunc(strings.Split(words[lang], "|"), func(w string) bool { return strings.Contains(action, w) })
			if !own || lang != "en" && strings.Contains(action, "Share") {
				t.Errorf("%s in %s: %q", l.Target, lang, action)
			}
		}
	}
}

// TestEdgesOfTargets: the longest tag that Threads takes, a title that fills a post on Bluesky, hashtags at fault, and a
// KakaoTalk message whose picture is missing.
func TestEdgesOfTargets(t *testing.T) {
	post := share.Post{URL: "https://news.example/a", Title: "A"}
	for n, want := range map[int]bool{50: true, 51: false} {
		post.Hashtags = []string{strings.Repeat("t", n)}
		if got := strings.Contains(link(t, config, post, "threads"), "tag="); got != want {
			t.Errorf("a tag of %d letters: sent %t", n, got)
		}
	}
	post.Hashtags = nil
	if got := link(t, config, post, "threads"); strings.Contains(got, "tag=") {
		t.Errorf("no tag: %s", got)
	}
	long := share.Post{URL: "https://news.example/" + strings.Repeat("a", 400), Title: "Storm"}
	if got := unescaped(link(t, config, long, "bluesky")); !strings.HasSuffix(got, "text=Storm\n"+long.URL) {
		t.Errorf("a long URL, which Bluesky shortens: %s", got)
	}
	full := share.Post{URL: "https://news.example/a/b", Title: strings.Repeat("x", 400)}
	want := "text=" + strings.Repeat("x", 300-len("\nnews.example/a/b")-1) + "…\n" + full.URL
	if got := unescaped(link(t, config, full, "bluesky")); !strings.HasSuffix(got, want) {
		t.Errorf("a long title: %s", got)
	}
	post.Hashtags = []string{"good", "bad\x01"}
	if _, _, err := share.Links(config, post, nil); err == nil {
		t.Error("a hashtag with a control character is taken")
	}
	for image, want := range map[string]bool{"": false, "https://cards.example/a.jpg": true} {
		p := share.Post{URL: "https://news.example/a", Title: "A", Image: image, ImageWidth: 800, ImageHeight: 400}
		_, links, err := share.Links(config, p, []string{"kakao"})
		if err != nil {
			t.Fatal(err)
		}
		raw, err := json.Marshal(links[0].SDK.Settings)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(string(raw), "800"); got != want {
			t.Errorf("image %q: its size is sent: %t", image, got)
		}
	}
}

// TestFilledIcons: these are drawn filled, all others with a stroke.
func TestFilledIcons(t *testing.T) {
	for _, target := range share.Targets() {
		want := slices.Contains([]string{"facebook", "kakao", "naver"}, target.Name)
		if target.Icon.Solid != want {
			t.Errorf("%s: filled %t", target.Name, target.Icon.Solid)
		}
	}
}

// TestTheKakaoPageReadsWhatWasSent: a title that looks like HTML only because it was cut is not decoded by the page to
// which the link leads.
func TestTheKakaoPageReadsWhatWasSent(t *testing.T) {
	const begins = "How to write &lt;b&gt; "
	for _, title := range []string{begins, begins + strings.Repeat("and more ", 40) + "Q&A", strings.Repeat("and more ", 40)} {
		for _, format := range []share.TextFormat{"", share.PlainText, share.HTMLText} {
			u, err := url.Parse(link(t, config, share.Post{URL: "https://news.example/a", Title: title, TextFormat: format}, "kakao"))
			if err != nil {
				t.Fatal(err)
			}
			sent := u.Query()
			read, err := share.Post{URL: sent.Get("url"), Title: sent.Get("title"), TextFormat: share.TextFormat(sent.Get("text_format"))}.Normalize(config)
			if err != nil || read.Title != sent.Get("title") {
				t.Errorf("%.40q, format %q: %.40q is read as %.40q, %v", title, format, sent.Get("title"), read.Title, err)
			}
		}
	}
}
