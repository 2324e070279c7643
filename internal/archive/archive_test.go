package archive

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func opener(file string) Opener {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(file)), nil }
}

// read returns the stories of a file as JSON, with what is not in it.
func read(t *testing.T, file string) ([]string, Rest, error) {
	t.Helper()
	var all []string
	rest, err := Read(opener(file), Options{}, func(s Story) error {
		raw, err := json.Marshal(s.Article)
		if err != nil {
			return err
		}
		line := fmt.Sprintf("%s %v %s", s.Where, s.Whole, raw)
		if s.Err != nil {
			line = fmt.Sprintf("%s: %v", s.Where, s.Err)
		}
		all = append(all, line)
		return nil
	})
	return all, rest, err
}

const feedStart = `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>The Harbour Post</title><language>en-us</language>`

func TestRead(t *testing.T) {
	for name, tt := range map[string]struct {
		file string
		want []string
		rest Rest
		err  string
	}{
		"nothing": {},
		"addresses": {file: "\ufeff# ours\r\nhttps://News.example/a\r\n\n http://news.example/b \nftp://news.example/c\nwords", want: []string{
			`line 2 false {"id":"","url":"https://News.example/a","headline":""}`,
			`line 4 false {"id":"","url":"http://news.example/b","headline":""}`,
			`line 5: the URL "ftp://news.example/c" must be an http or https URL`,
			`line 6: the URL "words" must be an http or https URL`}},
		"JSON lines": {file: "\n" + `{"id":"storm-1","url":"https://news.example/a","headline":"A","byline":["Lee"],"fields":{"score":"3-0"}}` + "\n" +
			`{"url":"https://news.example/b","headlin":"B"}` + "\n" + `{"url":"https://news.example/c"}`, want: []string{
			`article 1 true {"id":"storm-1","url":"https://news.example/a","headline":"A","byline":["Lee"],"fields":{"score":"3-0"}}`,
			`article 2: unknown field "headlin"`,
			`article 3 false {"id":"","url":"https://news.example/c","headline":""}`}},
		"a list of JSON": {file: ` [{"url":"https://news.example/a","headline":"A"}, {"url":"","headline":"B"}]`, want: []string{
			`article 1 true {"id":"","url":"https://news.example/a","headline":"A"}`,
			`article 2: there is no URL`}},
		"JSON that ends early": {file: `[{"url":"https://news.example/a","headline":"A"},`, want: []string{
			`article 1 true {"id":"","url":"https://news.example/a","headline":"A"}`}, err: "article 2: is no valid JSON: unexpected EOF"},
		"RSS": {file: feedStart + `<atom:link rel="next" href="https://news.example/feed?paged=2"/><item>
			<title>Storm &amp;amp; tide</title><link>https://news.example/storm?utm_source=rss</link><guid isPermaLink="false">17</guid>
			<dc:creator>Lee Park</dc:creator><author>desk@news.example (The desk)</author><category>City</category><category>Weather</category><category>City</category>
			<pubDate>Mon, 23 Nov 2026 09:00:00 +0900</pubDate><description>&lt;p&gt;Waves of &lt;b&gt;nine&lt;/b&gt; metres&lt;/p&gt;</description>
			<content:encoded><![CDATA[<p>long</p>]]></content:encoded>
			<media:group><media:content url="https://cdn.example/s.jpg" medium="image" width="320"/>
			<media:content url="https://cdn.example/l.jpg" medium="image" width="2400"><media:description>A pier.</media:description><media:credit>AP</media:credit><media:title>no headline</media:title></media:content></media:group>
			</item></channel></rss>`, want: []string{`item 1 false {"id":"","url":"https://news.example/storm?utm_source=rss","headline":"Storm \u0026 tide","kicker":"City",` +
			`"byline":["Lee Park","The desk"],"description":"Waves of nine metres","caption":"A pier.","credit":"AP","site":"The Harbour Post","lang":"en-US",` +
			`"tags":["Weather"],"photo":{"url":"https://cdn.example/l.jpg"},"published_at":"2026-11-23T00:00:00Z"}`},
			rest: Rest{Next: "https://news.example/feed?paged=2"}},
		"Atom": {file: `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ko"><title>항구일보</title><entry><title type="html">파도</title>
			<link rel="enclosure" type="image/jpeg" href="https://cdn.example/a.jpg"/><link href="https://news.example/1"/><author><name>이영</name></author>
			<category term="날씨"/><published>2026-11-23T09:00:00+09:00</published><updated>2026-11-23T01:00:00Z</updated><summary>아홉 미터</summary></entry></feed>`, want: []string{
			`item 1 false {"id":"","url":"https://news.example/1","headline":"파도","kicker":"날씨","byline":["이영"],"description":"아홉 미터","site":"항구일보","lang":"ko","photo":{"url":"https://cdn.example/a.jpg"},"published_at":"2026-11-23T00:00:00Z","updated_at":"2026-11-23T01:00:00Z"}`}},
		"RDF, in another encoding": {file: "<?xml version=\"1.0\" encoding=\"EUC-KR\"?><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\">" +
			"<channel><title>A</title></channel><item><title>\xc6\xc4\xb5\xb5</title><link>https://news.example/1</link></item></rdf:RDF>", want: []string{
			`item 1 false {"id":"","url":"https://news.example/1","headline":"파도","site":"A"}`}},
		"an item without an address": {file: feedStart + `<item><title>A</title><guid isPermaLink="false">7</guid></item><item><title>B</title><guid>https://news.example/b</guid></item></channel></rss>`, want: []string{
			`item 1: there is no URL`,
			`item 2 false {"id":"","url":"https://news.example/b","headline":"B","site":"The Harbour Post","lang":"en-US"}`}},
		"a sitemap":  {file: `<?xml version="1.0"?><urlset/>`, err: "is a sitemap"},
		"a page":     {file: `<!doctype html><html><p>`, err: "is no feed: its first element is <html>"},
		"cut within": {file: feedStart + `<item><title>A</title>`, err: "ends within <item>"},
		"no XML":     {file: `<?xml version="1.0"?>`, err: "is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			got, rest, err := read(t, tt.file)
			if err == nil && tt.err != "" || err != nil && (tt.err == "" || !strings.Contains(err.Error(), tt.err)) {
				t.Fatalf("error %v, want %q", err, tt.err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if rest.Next != tt.rest.Next {
				t.Errorf("next page %q, want %q", rest.Next, tt.rest.Next)
			}
		})
	}
}

// TestCompressed: a compressed file is read as what it holds.
func TestCompressed(t *testing.T) {
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	_, _ = w.Write([]byte("https://news.example/a\n"))
	_ = w.Close()
	if got, _, err := read(t, z.String()); err != nil || len(got) != 1 {
		t.Errorf("%q, %v", got, err)
	}
	if _, _, err := read(t, "\x1f\x8b\x00"); err == nil || !strings.Contains(err.Error(), "gzip") {
		t.Errorf("a damaged file: %v", err)
	}
}

// TestEnough: an error of the caller ends the reading, and is returned.
func TestEnough(t *testing.T) {
	enough := errors.New("enough")
	for name, file := range map[string]string{
		"lines": "https://news.example/a\nhttps://news.example/b",
		"JSON":  `[{"url":"https://news.example/a"},{"url":"https://news.example/b"}]`,
		"XML":   feedStart + "<item/><item/></channel></rss>",
	} {
		n := 0
		if _, err := Read(opener(file), Options{}, func(Story) error { n++; return enough }); !errors.Is(err, enough) || n != 1 {
			t.Errorf("%s: %d stories, %v", name, n, err)
		}
	}
}

// FuzzRead: whatever the file, every story has a URL or an error, and reading ends.
func FuzzArchive(f *testing.F) {
	for _, s := range []string{"https://news.example/a", `{"url":"https://news.example/a"}`, feedStart + "<item><link>https://a.example</link></item>", wordpress} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, file string) {
		_, _ = Read(opener(file), Options{}, func(s Story) error {
			if (s.Article.URL == "") == (s.Err == nil) || s.Where == "" {
				t.Errorf("%+v", s)
			}
			return nil
		})
	})
}
