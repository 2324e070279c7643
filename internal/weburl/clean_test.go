package weburl_test

import (
	"net/url"
	"strings"
	"testing"

	whatwg "github.com/nlnwa/whatwg-url/url"

	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/weburl"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example/?a=1&amp;b=2":             "https://a.example/?a=1&b=2",
		"https://a.example/?a=1&#038;b=2&#38;c=3":    "https://a.example/?a=1&b=2&c=3",
		"https://a.example/?a=1&#x26;b=2&AMP;c":      "https://a.example/?a=1&b=2&c",
		"https://a.example/?a=1&amp;amp;b=2":         "https://a.example/?a=1&b=2",
		"https://a.example/?a=1&amp;#038;b=2":        "https://a.example/?a=1&b=2",
		"https://a.example/?a=1&b=2&amp;c=3":         "https://a.example/?a=1&b=2&c=3",
		"https://a.example/?a=1&b=2":                 "https://a.example/?a=1&b=2",
		"https://a.example/?x&amp":                   "https://a.example/?x&amp",
		"https://a.example/?a=1&copy;=2":             "https://a.example/?a=1&copy;=2",
		"https://a.example/?q=%26amp%3B&amp;lang=en": "https://a.example/?q=%26amp%3B&lang=en",

		"https://a.example/my photo (1).jpg":            "https://a.example/my%20photo%20(1).jpg",
		"https://a.example/100%_x.jpg?50%":              "https://a.example/100%25_x.jpg?50%25",
		"https://a.example/%e2%8C%a3%2":                 "https://a.example/%e2%8C%a3%252",
		"https://a.example?q=`{|}^<>\"'[~]":             "https://a.example?q=%60%7B%7C%7D%5E%3C%3E%22'[~]",
		"https://a.example#a b":                         "https://a.example#a%20b",
		"https://한국.example/사진 1.jpg?q=나":               "https://한국.example/사진%201.jpg?q=나",
		" \u00a0\ufeffhttps://a.example/\u200b\u3000\n": "https://a.example/",
		"https://a.ex\nample/wrap\r\n\tped":             "https://a.example/wrapped",
		"HTTPS://A.Example/ b":                          "HTTPS://A.Example/%20b",

		// What no browser opens, or a program could read as another host, is left for Parse to reject.
		"https://a b.example/":    "https://a b.example/",
		`https://a.example\@b/ c`: `https://a.example\@b/%20c`,
		"https://a.example/\x00b": "https://a.example/\x00b",
		"https://a.example/\x7fb": "https://a.example/\x7fb",
		"mailto:a b":              "mailto:a b",
		" upload:abc\n":           "upload:abc",
		"://a b":                  "://a b",
		"":                        "",
	} {
		got := weburl.Clean(in)
		if got != want || weburl.Clean(got) != got {
			t.Errorf("%q: %q", in, got)
		}
	}
}

// TestCleanAs: in plain text nothing is decoded, and in HTML every reference, once.
func TestCleanAs(t *testing.T) {
	for in, want := range map[string][2]string{
		"https://a.example/?a=1&amp;b=2":                     {"https://a.example/?a=1&amp;b=2", "https://a.example/?a=1&b=2"},
		"https://a.example/?a=1&amp;amp;b=2":                 {"https://a.example/?a=1&amp;amp;b=2", "https://a.example/?a=1&amp;b=2"},
		"https://a.example/?a=1&copy=2&nosuch;&#38;":         {"https://a.example/?a=1&copy=2&nosuch;&#38;", "https://a.example/?a=1&copy=2&nosuch;&"},
		" https://a.example/&quot;a b&quot;&Tab;&NewLine;\n": {"https://a.example/&quot;a%20b&quot;&Tab;&NewLine;", "https://a.example/%22a%20b%22"},
		"https://a.example/&notit;&semi;":                    {"https://a.example/&notit;&semi;", "https://a.example/&notit;;"},
		"https&colon;&sol;&sol;a.example/a b":                {"https&colon;&sol;&sol;a.example/a b", "https://a.example/a%20b"},
		"https://a.example/a b":                              {"https://a.example/a%20b", "https://a.example/a%20b"},
	} {
		for i, f := range []clean.Format{clean.Text, clean.HTML} {
			got := weburl.CleanAs(f, in)
			if got != want[i] || weburl.CleanAs(clean.Text, got) != got {
				t.Errorf("%q as %s: %q", in, f, got)
			}
		}
	}
}

func TestIsHTML(t *testing.T) {
	for in, want := range map[string]bool{
		"https://a.example/?a&amp;b": true, "https://a.example/?a&#38;b": true, "https://a.example/?a&b": false,
		" https://a.example/a b": false, "": false,
	} {
		if got := weburl.IsHTML(in); got != want {
			t.Errorf("%q: %t", in, got)
		}
	}
}

// TestEscape checks that escapes and what a URL may have are left, and every other byte is encoded.
func TestEscape(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "a!~b": "a!~b", "a b": "a%20b", "\x1f": "%1F", "\x7f": "%7F", "é": "%C3%A9", "\xff": "%FF",
		`"<>^{|}` + "`": "%22%3C%3E%5E%7B%7C%7D%60", "[]\\'": "[]\\'",
		"%2f": "%2f", "x%41": "x%41", "%41y": "%41y", "%": "%25", "%4": "%254", "%4g": "%254g", "%g4": "%25g4",
		"%%41": "%25%41", "%@0%0@%/0%0/%G0%0G%`0%0`": "%25@0%250@%25/0%250/%25G0%250G%25%600%250%60",
		"%:0%0:%aF%Fa%fA%09": "%25:0%250:%aF%Fa%fA%09",
	} {
		got := weburl.Escape(in)
		if got != want || weburl.Escape(got) != got {
			t.Errorf("%q: %s, not %s", in, got, want)
		}
	}
}

// TestComponent: the unreserved characters of RFC 3986 are kept, every other byte is encoded.
func TestComponent(t *testing.T) {
	const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"
	const digits = "0123456789ABCDEF"
	for c := range 256 {
		s := string([]byte{byte(c)})
		want := "%" + digits[c/16:c/16+1] + digits[c%16:c%16+1]
		if strings.Contains(unreserved, s) {
			want = s
		}
		if got := weburl.Component(s); got != want {
			t.Errorf("%q: %s, not %s", s, got, want)
		}
	}
}

// alike decodes what browsers leave as it is in some parts of a URL, and what servers read as the same.
var alike = strings.NewReplacer("%25", "%", "%5E", "^", "%60", "`", "%7B", "{", "%7C", "|", "%7D", "}")

// TestBrowsersAgree checks that a cleaned URL leads a browser to the same page as the original. The judge is an
// implementation of the standard of browsers.
func TestBrowsersAgree(t *testing.T) {
	for _, in := range []string{
		"http://h.example/my photo (1).jpg", "  https://h.example/a b ? c d # e ", "https://h.example?a b#c d",
		"https://h.example/`{}|^\"<>?`{}|^\"<>#`{}|^\"<>", "https://h.example/'[]!$&()*+,;=:@~-._?'#'",
		"https://h.example/%20%2f%e2%8c%a3?%20#%20", "https://h.example/\twr\nap\rped?\ta#\nb", "https://한국.example/사진 1.jpg",
		"https://h.example/사진.jpg?이름=값 둘#가 나", "HTTPS://H.EXAMPLE:8443/A B", "https://h.example:443/ ", "http://[2001:db8::1]/ a",
		"https://h.example/#/article/123", "https://h.example/a//b /../c", "https://h.example", "https://h.example/a?b=c&d=e f",
		"https://h.example/\u2026?\u2026", "https://h.example/%", "https://h.example/100%_x.jpg", "https://h.example/?50%&x=%zz",
	} {
		want, err := whatwg.Parse(in)
		if err != nil {
			t.Fatalf("%q: %v", in, err)
		}
		cleaned := weburl.Clean(in)
		u, err := weburl.Parse(cleaned)
		if err != nil {
			t.Errorf("%q: %q is rejected: %v", in, cleaned, err)
			continue
		}
		for _, s := range []string{cleaned, u.String()} {
			got, err := whatwg.Parse(s)
			if err != nil || alike.Replace(got.Href(false)) != alike.Replace(want.Href(false)) {
				t.Errorf("%q: %s, want %s, %v", in, got, want, err)
			}
		}
	}
}

func TestResolve(t *testing.T) {
	base, err := url.Parse("https://a.example/news/storm?x=1")
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{
		"/my photo.jpg":                  "https://a.example/my%20photo.jpg",
		"100%.jpg":                       "https://a.example/news/100%25.jpg",
		" //b.example/a b.jpg?c&amp;d\n": "https://b.example/a%20b.jpg?c&d",
		"http://b.example/a b":           "http://b.example/a%20b",
		"?photo=/a://b c":                "https://a.example/news/storm?photo=/a://b%20c",
		"../사진.jpg":                      "https://a.example/%EC%82%AC%EC%A7%84.jpg",
		"#a b":                           "https://a.example/news/storm?x=1#a%20b",
		"":                               "",
		" ":                              "",
		"data:image/png;base64,AA":       "",
		"javascript:alert(1)":            "",
		"//user@b.example/":              "",
		`/\b.example/a.jpg`:              "",
	} {
		u, err := weburl.Resolve(base, in)
		got := ""
		if err == nil {
			got = u.String()
		}
		if got != want {
			t.Errorf("%q: %q, %v; want %q", in, got, err, want)
		}
	}
}
