package audit

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"strings"
	"testing"

	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/page"
	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/render"
)

// site has pages and photos, by address.
type site map[string]string

func (s site) Page(_ context.Context, at string) (fetch.Page, error) {
	body, ok := s[at]
	if !ok {
		return fetch.Page{}, fetch.ErrUnavailable
	}
	return fetch.Page{URL: at, Type: "text/html; charset=utf-8", Data: []byte(body)}, nil
}

func (s site) MediaBytes(_ context.Context, at string) ([]byte, error) {
	body, ok := s[at]
	if !ok {
		return nil, fetch.ErrTimeout
	}
	return []byte(body), nil
}

func pictureOf(t *testing.T, w, h int) string {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func auditor(t *testing.T, s site) *Auditor {
	t.Helper()
	set, err := fonts.Load()
	if err != nil {
		t.Fatal(err)
	}
	designs, err := design.Builtin(set.Families())
	if err != nil {
		t.Fatal(err)
	}
	return &Auditor{Fetcher: s, Decoder: photo.NewDecoder(photo.DefaultDecodeBytes),
		Renderer: render.New(set, func() *design.Set { return designs }),
		OfPage: func(s page.Story) (article.Article, error) {
			return article.Article{ID: "a", URL: s.URL, Headline: s.Headline, Site: s.Site, Lang: s.Lang, Caption: s.Caption, Credit: s.Credit,
				Description: s.Description, Photo: article.Photo{URL: s.Image, Alt: s.ImageAlt}}.Normalize()
		}}
}

// found returns the code and field of each check that is no hint.
func found(r Report) string {
	var all []string
	for _, c := range r.Checks {
		if !c.Hint {
			all = append(all, c.Code+" "+c.Field)
		}
	}
	return strings.Join(all, ", ")
}

// whole is the head of a page that lacks nothing but a picture.
const whole = `<html lang="en"><head><link rel="canonical" href="https://news.example/storm">
	<meta property="og:title" content="Storm front stalls over the coast"><meta property="og:type" content="article">
	<meta property="og:url" content="https://news.example/storm"><meta property="og:description" content="Ferries are in port.">
	<meta property="og:site_name" content="The Harbor Post"><meta name="twitter:card" content="summary_large_image">`

// pictured is whole with a picture of a declared size.
func pictured(width, height string) string {
	return whole + `<meta property="og:image" content="https://news.example/a.png"><meta property="og:image:alt" content="Waves">
		<meta property="og:image:width" content="` + width + `"><meta property="og:image:height" content="` + height + `"></head>
		<body><article><figure><img src="/a.png"><figcaption>Waves at the pier. Photo: Coast News</figcaption></figure>`
}

func TestPages(t *testing.T) {
	const at = "https://news.example/storm"
	large, small, tiny := pictureOf(t, 1200, 630), pictureOf(t, 500, 300), pictureOf(t, 1, 1)
	for _, tt := range []struct {
		name, page, photo string
		want              string
	}{
		{"a whole page", pictured("1200", "630"), large, ""},
		{"no picture", whole, "", "no_image og:image"},
		{"nothing", "<title>Storm front stalls</title>", "", "no_image og:image, no_tag og:title, no_tag og:url, no_tag og:description, no_tag og:site_name, no_tag og:type"},
		{"an address alone", `<meta property="og:url" content="https://news.example/storm"><title>Storm front stalls</title>`, "",
			"no_image og:image, no_tag og:title, no_tag og:description, no_tag og:site_name, no_tag og:type"},
		{"no size", pictured("", ""), large, "no_image_size og:image:width"},
		{"half a size", pictured("1200", ""), large, "no_image_size og:image:width"},
		{"another width", pictured("1080", "630"), large, "wrong_image_size og:image:width"},
		{"another height", pictured("1200", "600"), large, "wrong_image_size og:image:width"},
		{"a small picture", pictured("500", "300"), small, "small_image og:image, small_photo photo.url"},
		{"a pixel", pictured("1", "1"), tiny, "small_image og:image, small_photo photo.url"},
		{"a picture that is late", pictured("1200", "630"), "", "source_timeout photo.url"},
		{"a picture that is none", pictured("1200", "630"), "words", "unsupported_image photo.url"},
		{"two addresses", strings.Replace(pictured("1200", "630"), `href="https://news.example/storm"`, `href="https://news.example/other"`, 1), large, "two_addresses og:url"},
		{"a small card", strings.Replace(pictured("1200", "630"), "summary_large_image", "summary", 1), large, "small_card twitter:card"},
		{"a long headline", strings.Replace(whole, "over the coast", strings.Repeat("over the coast ", 40), 1), "", "no_image og:image, headline_cut headline"},
	} {
		s := site{at: tt.page}
		if tt.photo != "" {
			s["https://news.example/a.png"] = tt.photo
		}
		r := auditor(t, s).Page(t.Context(), at)
		if got := found(r); got != tt.want || r.Err != nil || r.IsClean() != (tt.want == "") {
			t.Errorf("%s: %s, %v; want %s", tt.name, got, r.Err, tt.want)
		}
	}
	if r := auditor(t, site{}).Page(t.Context(), at); r.Err == nil || r.IsClean() || r.Story != at {
		t.Errorf("a page that is not there: %+v", r)
	}
	if r := auditor(t, site{at: "<html>"}).Page(t.Context(), at); !strings.Contains(found(r), "invalid_request headline") {
		t.Errorf("a page without a headline: %+v", r)
	}
}

func TestArticles(t *testing.T) {
	s := site{"https://news.example/a.png": pictureOf(t, 1200, 800)}
	story := article.Article{ID: "a", URL: "https://news.example/storm", Headline: "Storm front stalls &amp; stays", Lang: "en", Credit: "Coast News",
		Photo: article.Photo{URL: "https://news.example/a.png", Alt: "Waves"}}
	for _, tt := range []struct {
		name   string
		change func(*article.Article)
		want   string
	}{
		{"as it is", func(*article.Article) {}, "text_cleaned headline"},
		{"an upload", func(a *article.Article) { a.Photo.URL = "upload:0123456789abcdef0123456789abcdef" }, "text_cleaned headline"},
		{"without an address", func(a *article.Article) { a.URL = "" }, "invalid_request url"},
		{"an unknown theme", func(a *article.Article) { a.Theme = "none" }, "invalid_request theme"},
		{"an unused photo that is lost", func(a *article.Article) { a.Template, a.Photo.URL = "text", "https://news.example/lost.png" },
			"text_cleaned headline, photo_unused template"},
		{"a lost photo", func(a *article.Article) { a.Photo.URL = "https://news.example/lost.png" }, "source_timeout photo.url, text_cleaned headline"},
	} {
		a := story
		tt.change(&a)
		r := auditor(t, s).Article(t.Context(), "a.json", a)
		if got := found(r); got != tt.want || r.Err != nil || r.Story != "a.json" {
			t.Errorf("%s: %s, %v; want %s", tt.name, got, r.Err, tt.want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if r := auditor(t, s).Article(ctx, "a.json", story); r.Err == nil || r.IsClean() {
		t.Errorf("after the end: %+v", r)
	}
}
