package sitemap

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"newsroom.example/cards/internal/weburl"
)

const (
	open  = `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`
	index = `<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`
)

func zipped(s string) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return out.Bytes()
}

func TestParse(t *testing.T) {
	news := open + `<url><loc> https://news.example/a?x=1&amp;y=2
		</loc><lastmod>2026-01-01</lastmod></url><url><loc>ftp://news.example/b</loc></url><url><loc>/relative</loc></url>
		<url><image:image xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><image:loc>https://news.example/a.jpg</image:loc></image:image>
		<loc><![CDATA[https://news.example/c]]></loc></url></urlset>`
	pages := []string{"https://news.example/a?x=1&y=2", "https://news.example/c"}
	for _, tt := range []struct {
		name            string
		data            []byte
		pages, sitemaps []string
		more            bool
	}{
		{"pages", []byte(news), pages, nil, false},
		{"compressed", zipped(news), pages, nil, false},
		{"an index", []byte(index + `<sitemap><loc>https://news.example/1.xml.gz</loc></sitemap></sitemapindex>`), nil, []string{"https://news.example/1.xml.gz"}, false},
		{"none", []byte(open + "</urlset>"), nil, nil, false},
		{"a file that is cut", []byte(news[:strings.Index(news, "<image:image")]), pages[:1], nil, true},
		{"a compressed file that is cut", zipped(news)[:len(zipped(news))/2], nil, nil, true},
		{"as many as one may have", []byte(open + strings.Repeat("<url><loc>https://news.example/</loc></url>", maxPages) + "</urlset>"), slices.Repeat([]string{"https://news.example/"}, maxPages), nil, false},
		{"many", []byte(open + strings.Repeat("<url><loc>https://news.example/</loc></url>", maxPages+1)), slices.Repeat([]string{"https://news.example/"}, maxPages), nil, true},
		{"a long address", []byte(open + "<url><loc>https://news.example/" + strings.Repeat("a", 1<<20) + "</loc></url></urlset>"), nil, nil, false},
	} {
		got, err := Parse(tt.data)
		if tt.name == "a compressed file that is cut" { // how much comes out depends on the compressor
			if err == nil && !got.More {
				t.Errorf("%s: %+v", tt.name, got)
			}
			continue
		}
		if err != nil || !slices.Equal(got.Pages, tt.pages) || !slices.Equal(got.Sitemaps, tt.sitemaps) || got.More != tt.more {
			t.Errorf("%s: %.300q, %v", tt.name, fmt.Sprint(got), err)
		}
	}
	for _, bad := range []string{"", "words", "<html><body>no</body></html>", `{"a":1}`, "\x1f\x8bno", strings.Repeat("<a>", 100), open + strings.Repeat("<a>", 100)} {
		if got, err := Parse([]byte(bad)); !errors.Is(err, ErrNotSitemap) {
			t.Errorf("%.40q: %+v, %v", bad, got, err)
		}
	}
}

func TestRead(t *testing.T) {
	files := map[string]string{
		"https://news.example/sitemap.xml": index + `<sitemap><loc>https://news.example/1.xml</loc></sitemap>
			<sitemap><loc>https://news.example/lost.xml</loc></sitemap><sitemap><loc>https://news.example/sitemap.xml</loc></sitemap>
			<sitemap><loc>https://news.example/2.xml</loc></sitemap></sitemapindex>`,
		"https://news.example/1.xml": open + "<url><loc>https://news.example/a</loc></url><url><loc>https://news.example/b</loc></url></urlset>",
		"https://news.example/2.xml": open + "<url><loc>https://news.example/b</loc></url><url><loc>https://news.example/c</loc></url></urlset>",
	}
	asked := 0
	fetch := func(_ context.Context, at string) ([]byte, error) {
		asked++
		if files[at] == "" {
			return nil, errors.New("not found")
		}
		return []byte(files[at]), nil
	}
	got, err := Read(t.Context(), "https://news.example/sitemap.xml", fetch)
	if err != nil || fmt.Sprint(got.Pages) != "[https://news.example/a https://news.example/b https://news.example/c]" || got.More || len(got.Skipped) != 1 || asked != 5 {
		t.Errorf("%+v, %v, asked %d times", got, err, asked)
	}
	if _, err := Read(t.Context(), "https://news.example/lost.xml", fetch); err == nil {
		t.Error("a sitemap that is not there was read")
	}
	files["https://news.example/many.xml"] = index + strings.Repeat("<sitemap><loc>https://news.example/1.xml</loc></sitemap>", maxFiles+1)
	if got, err = Read(t.Context(), "https://news.example/many.xml", fetch); err != nil || !got.More || len(got.Pages) != 2 {
		t.Errorf("%+v, %v", got, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(ctx, "https://news.example/sitemap.xml", fetch); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	var site Site
	known := map[string]bool{}
	var lots []string
	for i := range maxTotal + 1 {
		lots = append(lots, fmt.Sprint("https://news.example/", i))
	}
	if site.add(known, lots); len(site.Pages) != maxTotal || !site.More {
		t.Errorf("%d pages", len(site.Pages))
	}
}

// TestSample: the sample of a list is always the same, in the order of the list, and one more page changes at most one.
func TestSample(t *testing.T) {
	var all []string
	for i := range 200 {
		all = append(all, fmt.Sprint("https://news.example/", i))
	}
	first := Sample(all, 10)
	if len(first) != 10 || !slices.Equal(first, Sample(all, 10)) {
		t.Fatal(first)
	}
	at := -1
	for _, a := range first {
		if i := slices.Index(all, a); i <= at {
			t.Errorf("%s is out of order", a)
		} else {
			at = i
		}
	}
	more := Sample(append([]string{"https://news.example/new"}, all...), 10)
	kept := 0
	for _, a := range more {
		if slices.Contains(first, a) {
			kept++
		}
	}
	if kept < 9 {
		t.Errorf("%d of 10 kept", kept)
	}
	if got := Sample(all, 1000); len(got) != 200 {
		t.Errorf("%d of all", len(got))
	}
}

// FuzzSitemap: every address is a checked URL, there are no more than the bounds allow, and a sitemap of them gives them
// again.
func FuzzSitemap(f *testing.F) {
	f.Add([]byte(open + "<url><loc>https://news.example/a?b=1&amp;c</loc></url></urlset>"))
	f.Add([]byte(index + "<sitemap><loc>http://news.example/1.xml</loc></sitemap>"))
	f.Add(zipped(open + "<url><loc>https://news.example/한</loc></url>"))
	f.Add([]byte("<urlset><url><loc>a<b/>https://news.example/</loc></url>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Parse(data)
		if err != nil {
			if !errors.Is(err, ErrNotSitemap) {
				t.Fatal(err)
			}
			return
		}
		if len(got.Pages)+len(got.Sitemaps) > maxPages || len(got.Pages) > 0 && len(got.Sitemaps) > 0 {
			t.Fatalf("%d pages, %d sitemaps", len(got.Pages), len(got.Sitemaps))
		}
		again := bytes.NewBufferString(open)
		for _, p := range append(got.Pages, got.Sitemaps...) {
			if _, err := weburl.Parse(p); err != nil {
				t.Fatalf("%q: %v", p, err)
			}
			again.WriteString("<url><loc>")
			if err := xml.EscapeText(again, []byte(p)); err != nil {
				t.Fatal(err)
			}
			again.WriteString("</loc></url>")
		}
		same, err := Parse(again.Bytes())
		if err != nil || !slices.Equal(same.Pages, append(got.Pages, got.Sitemaps...)) {
			t.Fatalf("%q, then %q, %v", got.Pages, same.Pages, err)
		}
	})
}
