package article_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
)

func TestJoinNames(t *testing.T) {
	for _, tt := range []struct{ lang, names, want string }{
		{"en", "Jane Roe", "Jane Roe"}, {"en-GB", "Jane Roe|Ann Doe", "Jane Roe and Ann Doe"}, {"en", "Jane Roe|Ann Doe|Sam Poe", "Jane Roe, Ann Doe and Sam Poe"},
		{"ko", "정나루|한바다", "정나루·한바다"}, {"ko-KR", "정나루 기자|한바다 기자|임포구 기자", "정나루·한바다·임포구 기자"},
		{"ko", "정나루 기자|한바다 특파원", "정나루 기자·한바다 특파원"}, {"ko", "정나루 기자", "정나루 기자"}, {"ko", "기자|기자", "기자·기자"}, {"ko", "Jane Roe|Ann Roe", "Jane Roe·Ann Roe"},
		{"ja", "港太郎|浜花子", "港太郎、浜花子"}, {"zh-Hant", "港生|浜生", "港生、浜生"}, {"ar", "سالم|نورة|هدى", "سالم ونورة وهدى"},
		{"de", "Jane Roe|Ann Doe", "Jane Roe und Ann Doe"}, {"fr", "A|B|C", "A, B et C"}, {"fi", "A|B|C", "A, B, C"}, {"", "A|B", "A, B"}, {"en", "", ""},
	} {
		if got := article.JoinNames(strings.Split(tt.names, "|"), tt.lang); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.lang, got, tt.want)
		}
	}
}

func TestAuthorsMakeTheByline(t *testing.T) {
	a := story()
	a.Byline, a.Lang = "", ""
	a.Authors = []article.Author{
		{Name: " Jane  Roe "}, {}, {Name: "Ann &amp; Co", URL: "HTTPS://News.example/ann?fbclid=1&amp;a=2", X: "@ann_doe", Fediverse: "@ann.doe@Social.example"},
	}
	if fields := a.HTMLFields(); !slices.Equal(fields, []string{"byline"}) {
		t.Errorf("warnings for %q", fields)
	}
	got, err := a.Normalize()
	want := []article.Author{{Name: "Jane Roe"}, {Name: "Ann & Co", URL: "https://news.example/ann?a=2", X: "ann_doe", Fediverse: "ann.doe@social.example"}}
	if diff := cmp.Diff(want, got.Authors); diff != "" || err != nil || got.Byline != "Jane Roe and Ann & Co" {
		t.Errorf("%v, %q: %s", err, got.Byline, diff)
	}
	if c := got.Card(card.OpenGraph); c.Byline != got.Byline {
		t.Errorf("the card shows %q", c.Byline)
	}
	if diff := cmp.Diff(want, got.By()); diff != "" {
		t.Error(diff)
	}
	one := story()
	if diff := cmp.Diff([]article.Author{{Name: "By the Weather Desk"}}, one.By()); diff != "" {
		t.Error(diff)
	}
	if one.Byline = ""; one.By() != nil {
		t.Errorf("nobody: %v", one.By())
	}
	one.Authors = []article.Author{{}, {Name: " "}}
	if got, err := one.Normalize(); err != nil || got.Byline != "" || got.Authors != nil {
		t.Errorf("nobody to see: %q, %v", got.Byline, err)
	}
}

func TestAuthorsAreChecked(t *testing.T) {
	var many []article.Author
	for i := range article.MaxAuthors + 1 {
		many = append(many, article.Author{Name: strconv.Itoa(i)})
	}
	for _, tt := range []struct {
		field   string
		authors []article.Author
	}{
		{"byline", many}, {"byline", []article.Author{{Name: strings.Repeat("a", 301)}}}, {"byline", []article.Author{{Name: strings.Repeat("a", 150)}, {Name: strings.Repeat("b", 150)}}},
		{"byline", []article.Author{{Name: "a\x00"}}},
		{"byline.name", []article.Author{{Name: "A"}, {X: "ann"}}},
		{"byline.url", []article.Author{{Name: "A", URL: "javascript:alert(1)"}}}, {"byline.url", []article.Author{{Name: "A", URL: "mailto:a@news.example"}}},
		{"byline.x", []article.Author{{Name: "A", X: "https://x.com/ann"}}}, {"byline.x", []article.Author{{Name: "A", X: "@"}}}, {"byline.x", []article.Author{{Name: "A", X: strings.Repeat("a", 16)}}},
		{"byline.fediverse", []article.Author{{Name: "A", Fediverse: "ann"}}}, {"byline.fediverse", []article.Author{{Name: "A", Fediverse: "@ann@"}}},
		{"byline.fediverse", []article.Author{{Name: "A", Fediverse: "ann@a..example"}}}, {"byline.fediverse", []article.Author{{Name: "A", Fediverse: `ann"@social.example`}}},
		{"byline.fediverse", []article.Author{{Name: "A", Fediverse: "ann@social.example/x"}}}, {"byline.fediverse", []article.Author{{Name: "A", Fediverse: ".ann@social.example"}}},
	} {
		a := story()
		a.Authors = tt.authors
		_, err := a.Normalize()
		if faults := card.FieldErrors(err); len(faults) != 1 || faults[0].Field != tt.field {
			t.Errorf("%.200v: %v, want one of %s", tt.authors, err, tt.field)
		}
	}
}

// TestTagsNameEveryAuthor: each author has a tag, and an account where networks read one.
func TestTagsNameEveryAuthor(t *testing.T) {
	a := story()
	a.Lang = "ko"
	a.Authors = []article.Author{{Name: "정나루 기자"}, {Name: "한바다 기자", X: "badah", Fediverse: "badah@social.example"}, {Name: "임포구", X: "pogu"}}
	a, err := a.Normalize()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	markup := article.Meta(article.MetaInput{Article: a, FacebookPublisher: "https://www.facebook.com/harborpost"})
	for _, line := range parsed(t, markup) {
		if strings.Contains(line, "article:author") || strings.Contains(line, "article:publisher") || strings.Contains(line, "creator") || strings.Contains(line, "1 content") {
			got = append(got, line)
		}
	}
	want := []string{
		"meta property=article:author content=정나루 기자", "meta property=article:author content=한바다 기자", "meta property=article:author content=임포구",
		"meta property=article:publisher content=https://www.facebook.com/harborpost",
		"meta name=twitter:creator content=@badah", "meta name=twitter:label1 content=글쓴이", "meta name=twitter:data1 content=정나루 기자·한바다 기자·임포구",
		"meta name=fediverse:creator content=@badah@social.example",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
