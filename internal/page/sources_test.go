package page_test

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsroom.example/cards/internal/page"
)

const article = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"H | P","description":"D","author":"A","publisher":{"name":"P"},"articleSection":"S","inLanguage":"en","datePublished":"2026-11-29","dateModified":"2026-11-29","image":{"url":"/l.jpg","caption":"C (Reuters)"}}</script>`

// TestSources: each field that is not empty names its source, and no other field does.
func TestSources(t *testing.T) {
	for _, tt := range []struct {
		why, html string
		want      map[string]string
	}{
		{"nothing", "", map[string]string{"url": "address"}},
		{"JSON-LD", article, map[string]string{
			"url": "address", "headline": "json-ld", "description": "json-ld", "byline": "json-ld", "site": "json-ld", "kicker": "json-ld", "lang": "json-ld",
			"published_at": "json-ld", "updated_at": "json-ld", "photo.url": "json-ld", "caption": "json-ld", "credit": "json-ld",
		}},
		{"meta tags first", `<html lang="ko"><link rel="canonical" href="/s"><meta property="og:title" content="T"><meta name="description" content="last"><meta name="twitter:description" content="D"><meta name="author" content="B"><meta name="application-name" content="N"><meta property="article:tag" content="t"><meta name="twitter:image" content="/t.jpg"><meta name="twitter:image:alt" content="x">` + article, map[string]string{
			"url": "canonical", "headline": "og:title", "description": "twitter:description", "byline": "author", "site": "json-ld", "kicker": "json-ld", "lang": "lang",
			"published_at": "json-ld", "updated_at": "json-ld", "photo.url": "twitter:image", "photo.alt": "twitter:image:alt", "tags": "article:tag",
		}},
		{"a body", `<title>T</title><meta name="application-name" content="N"></head><body><article><figure><img src="/a.jpg" alt="x"><figcaption>C</figcaption><p class="photo-credit">J</p></figure>`, map[string]string{
			"url": "address", "headline": "title", "site": "application-name", "photo.url": "img", "photo.alt": "img", "caption": "figcaption", "credit": "credit",
		}},
		{"a credit in a caption", `</head><body><article><img src="/a.jpg"><p class="caption">C. (Reuters)</p>`, map[string]string{
			"url": "address", "photo.url": "img", "caption": "caption", "credit": "caption",
		}},
	} {
		got := page.Read([]byte(tt.html), "text/html", at)
		if diff := cmp.Diff(tt.want, got.Sources); diff != "" {
			t.Errorf("%s: %s", tt.why, diff)
		}
		filled := maps.Clone(got.Sources)
		for field, empty := range map[string]bool{
			"url": got.URL == "", "headline": got.Headline == "", "description": got.Description == "", "photo.url": got.Image == "",
			"photo.alt": got.ImageAlt == "", "caption": got.Caption == "", "credit": got.Credit == "", "site": got.Site == "", "byline": got.Byline() == "",
			"kicker": got.Section == "", "lang": got.Lang == "", "published_at": got.Published.IsZero(), "updated_at": got.Updated.IsZero(), "tags": got.Tags == nil,
		} {
			if _, named := filled[field]; named == empty {
				t.Errorf("%s: %s: empty %t, source %t", tt.why, field, empty, named)
			}
			delete(filled, field)
		}
		if len(filled) > 0 {
			t.Errorf("%s: %v are no fields", tt.why, filled)
		}
	}
}
