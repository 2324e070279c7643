package share

import (
	"strings"
	"testing"

	"newsroom.example/cards/internal/weburl"
)

// TestRuneWeight checks the limits of the ranges in twitter-text's configuration, version 3.
func TestRuneWeight(t *testing.T) {
	for r, want := range map[rune]int{
		0: 1, 4351: 1, 4352: 2, 8191: 2, 8192: 1, 8205: 1, 8206: 2, 8207: 2, 8208: 1, 8223: 1, 8224: 2,
		8241: 2, 8242: 1, 8247: 1, 8248: 2,
	} {
		if got := runeWeight(r); got != want {
			t.Errorf("%d weighs %d, not %d", r, got, want)
		}
	}
}

func TestIsEmoji(t *testing.T) {
	for text, want := range map[string]bool{
		"\U0001efff": false, "\U0001f000": true, "\U0001faff": true, "\U0001fb00": false,
		"\u25ff": false, "\u2600": true, "\u27bf": true, "\u27c0": false,
		"\u22ff": false, "\u2300": true, "\u23ff": true, "\u2400": false,
		"\u2aff": false, "\u2b00": true, "\u2bff": true, "\u2c00": false,
		"#\ufe0f\u20e3": true, "#\u20e3": true, "\u20e3": false, "\u00a9\ufe0f": true, "\u00a9": false,
		"\u00a9\ufe0e": false, "a\u0301\ufe0f": false,
	} {
		if got := isEmoji([]rune(text)); got != want {
			t.Errorf("%+q: %v", text, got)
		}
	}
}

// TestStandsAlone: X links a domain only if no Latin letter, digit, @ or _ is next to it.
func TestStandsAlone(t *testing.T) {
	for side, want := range map[string]bool{
		"": true, " ": true, "(": true, "한": true, "a": false, "Z": false, "é": false, "7": false, "@": false, "_": false,
	} {
		if got := standsAlone(side+"news.example", len(side), len(side)+12); got != want {
			t.Errorf("after %q: %v", side, got)
		}
		if got := standsAlone("news.example"+side, 0, 12); got != want {
			t.Errorf("before %q: %v", side, got)
		}
	}
}

func TestCutTweet(t *testing.T) {
	for _, c := range []struct {
		text string
		room int
		want string
	}{
		{"abcdef", 6, "abcdef"},
		{"abcdef", 5, "abc…"},
		{"abcdef", 4, "ab…"},
		{"abcdef", 3, "a…"},
		{"abcdef", 2, ""},
		{"abcdef", 0, ""},
		{"가나다", 5, "가…"},
		{"alpha beta gamma", 14, "alpha beta…"},
		{"alpha beta gamma", 12, "alpha beta…"},
		{"alpha betabetabeta", 14, "alpha betabe…"},
	} {
		if got := cutTweet(c.text, c.room); got != c.want {
			t.Errorf("%q in %d: %q, not %q", c.text, c.room, got, c.want)
		}
	}
}

// TestCutTweetNeverWeighsMore: a cut text never exceeds the weight, and is a prefix of the text.
func TestCutTweetNeverWeighsMore(t *testing.T) {
	for _, text := range []string{
		"news.example.com and its.example.community, a.co and b.co.uk today", "a.com", "비가 그치고 news.example이 열렸다 👩‍👩‍👧 끝",
	} {
		for room := range TweetWeight(text) + 2 {
			cut := cutTweet(text, room)
			head, isCut := strings.CutSuffix(cut, "…")
			if TweetWeight(cut) > room || !strings.HasPrefix(text, head) || isCut && head == "" {
				t.Errorf("%q in %d: %q weighs %d", text, room, cut, TweetWeight(cut))
			}
		}
	}
}

// TestTagsLeaveRoom: hashtags are removed from the end if they leave less than 60 for a title that needs more.
func TestTagsLeaveRoom(t *testing.T) {
	a := func(n int) string { return strings.Repeat("a", n) }
	for _, c := range []struct {
		name  string
		title int
		tags  []string
		kept  int
	}{
		{"room for 60", 200, []string{a(96), a(96)}, 2},
		{"room for 59", 200, []string{a(96), a(97)}, 1},
		{"room for 59 and a title of 59", 59, []string{a(96), a(97)}, 2},
		{"room for 59 and a title of 60", 60, []string{a(96), a(97)}, 1},
		{"one that leaves none", 200, []string{a(250)}, 0},
	} {
		text, tags := fitTweet(Post{Title: a(c.title), Hashtags: c.tags})
		if len(tags) != c.kept || TweetWeight(text) > tweetRoom("", tags) {
			t.Errorf("%s: %d tags are kept, and a text of %d", c.name, len(tags), len(text))
		}
	}
	if room := tweetRoom("harborpost", []string{"ab"}); room != 280-24-4-16 {
		t.Errorf("room for %d", room)
	}
}

func TestCutGraphemes(t *testing.T) {
	for _, c := range []struct {
		n    int
		want string
	}{{4, "abcd"}, {3, "ab…"}, {2, "a…"}, {1, ""}, {0, ""}} {
		if got := cutGraphemes("abcd", c.n); got != c.want {
			t.Errorf("%d of abcd: %q", c.n, got)
		}
	}
}

// TestMailIsNoLongerThanMailersTake: up to maxMailto nothing is cut; beyond, everything except the URL may be.
func TestMailIsNoLongerThanMailersTake(t *testing.T) {
	const url = "https://news.example/storm"
	whole := maxMailto - len(mailto("a", "", url)) + 1 // length of a title that just fits
	for _, c := range []struct {
		name    string
		p       Post
		longest int
		cut     bool
	}{
		{"just fits", Post{Title: strings.Repeat("a", whole), URL: url}, maxMailto, false},
		{"one too many", Post{Title: strings.Repeat("a", whole+1), URL: url}, maxMailto, true},
		{"a text goes before the title", Post{Title: "A", Text: strings.Repeat("b ", 2000), URL: url}, maxMailto, true},
		{"an address that is too long by itself", Post{Title: "A", Text: "b", URL: url + strings.Repeat("c", 2000)},
			2 * maxMailto, true},
	} {
		link := mail(Config{}, c.p)
		isCut := link != mailto(c.p.Title, c.p.Text, c.p.URL)
		if len(link) > c.longest || isCut != c.cut || !strings.HasSuffix(link, weburl.Component(c.p.URL)) {
			t.Errorf("%s: %d bytes, cut: %v", c.name, len(link), isCut)
		}
	}
	if link := mail(Config{}, Post{Title: "A", Text: strings.Repeat("b", 3000), URL: url}); !strings.Contains(link, "subject=A&") {
		t.Errorf("the title went before the text: %s", link)
	}
}

// TestKakaoIsNoLongerThanKakaoTakes: the description is shortened, if necessary to nothing.
func TestKakaoIsNoLongerThanKakaoTakes(t *testing.T) {
	p := Post{Title: "A", Text: "b", URL: "https://news.example/storm", Image: "https://news.example/" + strings.Repeat("c", maxKakaoJSON)}
	if call := kakaoCall(Config{}, p); call.Settings.Content.Description != "" {
		t.Errorf("a description of %q is left", call.Settings.Content.Description)
	}
	p.Image = ""
	if call := kakaoCall(Config{}, p); call.Settings.Content.Description != "b" {
		t.Errorf("the description is %q", call.Settings.Content.Description)
	}
}
