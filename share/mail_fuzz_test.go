package share_test

import (
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"newsroom.example/cards/share"
)

// FuzzMail holds the mail link to RFC 6068: no recipient, only a subject and a body, line breaks in the body alone, and
// the story's URL on the last line of its own.
func FuzzMail(f *testing.F) {
	f.Add("https://news.example/a#b", "A\r\nBcc: all@example.org", "x\r\ny&cc=z?to=w")
	f.Add("https://news.example/"+strings.Repeat("a", 1900), strings.Repeat("가", 900), strings.Repeat("나 ", 900))
	f.Add("https://news.example/?body=x&subject=y", "%0D%0ABcc:", "+ %2B \u2028\u0085")
	f.Add("https://news.example/'()*", "&amp;#13;&#10;", "<br>")
	f.Fuzz(func(t *testing.T, raw, title, text string) {
		_, links, err := share.Links(config, share.Post{URL: raw, Title: title, Text: text}, []string{"mail"})
		if err != nil {
			return
		}
		address, err := share.SharedAs("", raw)
		if err != nil {
			t.Fatal(err)
		}
		query, ok := strings.CutPrefix(links[0].URL, "mailto:?")
		if !ok || len(links[0].URL) > max(1900, len("mailto:?body=")+3*len(address)) {
			t.Fatalf("%d bytes: %s", len(links[0].URL), links[0].URL)
		}
		given := map[string]string{}
		for pair := range strings.SplitSeq(query, "&") {
			name, value, _ := strings.Cut(pair, "=")
			plain, err := url.PathUnescape(value)
			if _, twice := given[name]; err != nil || twice || name != "subject" && name != "body" || !utf8.ValidString(plain) {
				t.Fatalf("%q: %v", pair, err)
			}
			given[name] = plain
		}
		if strings.ContainsFunc(given["subject"], unicode.IsControl) {
			t.Errorf("subject %q", given["subject"])
		}
		lines := strings.Split(given["body"], "\r\n")
		if last := lines[len(lines)-1]; last != address || len(lines) != 1 && len(lines) != 3 {
			t.Errorf("body %q, want %q at its end", given["body"], address)
		}
		if strings.ContainsFunc(strings.Join(lines, ""), unicode.IsControl) {
			t.Errorf("body %q", given["body"])
		}
	})
}
