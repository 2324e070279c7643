package share_test

import (
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"newsroom.example/cards/share"
)

func TestAddress(t *testing.T) {
	for in, want := range map[string]string{
		"https://News.example/a?utm_source=x":                      "https://news.example/a?utm_source=x",
		"https://news.example/a?utm_Source=a%20b+c&id=7&fbclid=y":  "https://news.example/a?utm_Source=a%20b+c&id=7",
		"https://news.example/a?id=7&amp;utm_campaign=%ea%b0%80":   "https://news.example/a?id=7&utm_campaign=%EA%B0%80",
		"https://news.example/a?gclid=1&utm_source=x&utm_source=y": "https://news.example/a?utm_source=x&utm_source=y",
		"https://news.example/a?fbclid=y":                          "https://news.example/a",
		"https://news.example/a?utm=1&autm_x=2":                    "https://news.example/a?utm=1&autm_x=2",
		"https://app.example/?utm_source=x#/article/123":           "https://app.example/?utm_source=x#/article/123",
	} {
		got, err := share.SharedAs("", in)
		if err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", in, got, err, want)
		}
		canonical, err := share.Canonical(in)
		if err != nil || strings.Contains(canonical, "?utm_") || strings.Contains(canonical, "&utm_") {
			t.Errorf("%q: canonical %q, %v", in, canonical, err)
		}
		if of, err := share.Canonical(got); err != nil || of != canonical {
			t.Errorf("%q and %q are two stories: %q and %q, %v", in, got, canonical, of, err)
		}
	}
	for _, bad := range []string{"", "ftp://news.example/?utm_source=x"} {
		if got, err := share.SharedAs("", bad); err == nil || got != "" {
			t.Errorf("%q: %q", bad, got)
		}
	}
}

// TestCampaignTagsStay: every target gets the tags that the publication gave, as they are, and with utm those that are
// missing. The canonical URL has none.
func TestCampaignTagsStay(t *testing.T) {
	own := func(target, medium string) string { return "&utm_source=" + target + "&utm_medium=" + medium }
	for _, tt := range []struct {
		why, query, campaign string
		utm                  bool
		added                func(target, medium string) string
	}{
		{"as given", "id=7&utm_source=paper&utm_campaign=a%20b", "", false, func(string, string) string { return "" }},
		{"a campaign, but no utm", "id=7&utm_source=paper", "spring", false, func(string, string) string { return "" }},
		{"none given", "id=7", "", true, own},
		{"none given, with a campaign", "id=7", "R&D 봄", true, func(target, medium string) string {
			return own(target, medium) + "&utm_campaign=R%26D%20%EB%B4%84"
		}},
		{"a source given", "utm_source=paper&id=7", "spring", true, func(_, medium string) string {
			return "&utm_medium=" + medium + "&utm_campaign=spring"
		}},
		{"an empty one given", "utm_source=&id=7&utm_medium", "", true, func(string, string) string { return "" }},
		{"an encoded name", "utm%5Fsource=paper&utm_medium=print", "", true, func(string, string) string { return "" }},
		{"all given", "utm_campaign=x&utm_medium=print&utm_source=paper", "spring", true, func(string, string) string { return "" }},
	} {
		p := share.Post{URL: "https://news.example/a?" + tt.query + "&fbclid=x#part", Title: "A", Image: "https://cards.example/a.jpg", UTM: tt.utm, Campaign: tt.campaign}
		var names []string
		for _, target := range share.Targets() {
			names = append(names, target.Name)
		}
		canonical, links, err := share.Links(config, p, names)
		if err != nil || strings.Contains(canonical, "utm_") || !strings.HasSuffix(canonical, "#part") {
			t.Fatalf("%s: %q, %v", tt.why, canonical, err)
		}
		if len(links) != len(share.Targets()) {
			t.Fatalf("%d links", len(links))
		}
		for _, l := range links {
			medium := "social"
			if l.Target == "mail" {
				medium = "email"
			}
			added := tt.added(l.Target, medium)
			if l.Target == "link" {
				added = ""
			}
			want := "https://news.example/a?" + tt.query + added + "#part"
			if l.Target == "link" && l.URL != want || !strings.Contains(unescaped(l.URL), want) && l.URL != want {
				t.Errorf("%s, %s: %s, want %s", tt.why, l.Target, unescaped(l.URL), want)
			}
			if l.SDK != nil && (l.SDK.Settings.Content.Link.WebURL != want || l.SDK.Settings.Buttons[0].Link.MobileWebURL != want) {
				t.Errorf("%s: KakaoTalk leads to %+v", tt.why, l.SDK.Settings.Content.Link)
			}
		}
	}
	if _, _, err := share.Links(config, share.Post{URL: "https://news.example/a", UTM: true, Campaign: strings.Repeat("a", 101)}, nil); err == nil {
		t.Error("an endless campaign is taken")
	}
}

func TestForward(t *testing.T) {
	const story = "https://news.example/a?id=7&utm_source=paper#part"
	for query, want := range map[string]string{
		"":                                        story,
		"utm_campaign=spring":                     "https://news.example/a?id=7&utm_source=paper&utm_campaign=spring#part",
		"b=1&a=2&b=3&c":                           "https://news.example/a?id=7&utm_source=paper&b=1&a=2&b=3&c#part",
		"id=8&utm_source=evil&x=1":                "https://news.example/a?id=7&utm_source=paper&x=1#part",
		"%69d=8&utm%5Fsource=x":                   story,
		"a=%ea%b0%80+%2B%26":                      "https://news.example/a?id=7&utm_source=paper&a=%ea%b0%80+%2B%26#part",
		"a[]=1&q=//b.example/?@:":                 "https://news.example/a?id=7&utm_source=paper&a[]=1&q=//b.example/?@:#part",
		"a={b}|\"<>^`":                            "https://news.example/a?id=7&utm_source=paper&a=%7Bb%7D%7C%22%3C%3E%5E%60#part",
		"=1&&=&%=1&a=%zz&b=%4":                    story,
		"a=%0d%0aSet-Cookie:x=1":                  story,
		"+id=8&%20id=8&id[]=8&id%5Ba%5D=8&ID=8":   story, // as PHP and ASP.NET read the names
		"utm.source=x&utm+source=x&+utm_source=x": story,
		"%00=1&a=%00&b=%7f&c=%c2%85&d=%1b":        story,
		"a=%ff&b=\xff&c=가&d=\x01&e=\\&f=#":        story,
		strings.Repeat("a", share.MaxForwarded):   "https://news.example/a?id=7&utm_source=paper&" + strings.Repeat("a", share.MaxForwarded) + "#part",
		strings.Repeat("a", share.MaxForwarded+1): story,
	} {
		if got := share.Forward(story, query); got != want {
			t.Errorf("%.80q: %.200s, want %.200s", query, got, want)
		}
	}
	for address, want := range map[string]string{
		"https://news.example/":             "https://news.example/?a=1",
		"https://app.example/#/article/123": "https://app.example/?a=1#/article/123",
		"https://news.example/?b&":          "https://news.example/?b&a=1",
	} {
		if got := share.Forward(address, "a=1"); got != want {
			t.Errorf("%s: %s", address, got)
		}
	}
}

// FuzzForward holds what a short link's query may do to the story's address: add to the query, and nothing else.
func FuzzForward(f *testing.F) {
	f.Add("https://news.example/a?id=7#part", "utm_source=x&id=8&a=%0d%0a&&b")
	f.Add("https://app.example/#/article/1", "a=1#b?c&%zz=1")
	f.Add("https://news.example/?utm_source=%EA%B0%80&", "utm%5fsource=1&a[]=2&a[]=3")
	f.Add("http://[::1]:8080/a//b", "//evil.example/@:?&\\")
	f.Fuzz(func(t *testing.T, raw, query string) {
		address, err := share.SharedAs("", raw)
		if err != nil {
			return
		}
		got := share.Forward(address, query)
		if len(got) > len(address)+1+3*share.MaxForwarded || !utf8.ValidString(got) || strings.ContainsFunc(got, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
			t.Fatalf("%q and %q: %q", address, query, got)
		}
		before, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		after, err := url.Parse(got)
		if err != nil {
			t.Fatalf("%q: %v", got, err)
		}
		added, kept := strings.CutPrefix(after.RawQuery, before.RawQuery)
		if !kept {
			t.Fatalf("%q lost a part of %q", got, address)
		}
		after.RawQuery = before.RawQuery
		if after.String() != before.String() {
			t.Fatalf("%q leads elsewhere: %q", address, got)
		}
		for pair := range strings.SplitSeq(strings.TrimPrefix(added, "&"), "&") {
			if added == "" {
				break
			}
			plain, err := url.QueryUnescape(pair)
			name, _, _ := strings.Cut(pair, "=")
			decoded, _ := url.QueryUnescape(name)
			if before.Query().Has(decoded) || err != nil || strings.ContainsFunc(plain, unicode.IsControl) {
				t.Fatalf("%q added %q to %q", query, pair, address)
			}
		}
		if again := share.Forward(got, query); again != got {
			t.Fatalf("%q, then %q", got, again)
		}
	})
}
