package share_test

import (
	"slices"
	"testing"

	"newsroom.example/cards/share"
)

func TestVariants(t *testing.T) {
	for _, tt := range []struct {
		address string
		want    []string // the first of the variants
		never   []string
	}{
		{"https://www.news.example/a/", []string{
			"https://www.news.example/a", "http://www.news.example/a/", "http://www.news.example/a",
			"https://news.example/a/", "https://news.example/a", "http://news.example/a/", "http://news.example/a",
		}, nil},
		{"http://news.example/a", []string{
			"http://news.example/a/", "https://news.example/a", "https://news.example/a/",
			"http://www.news.example/a", "http://www.news.example/a/", "https://www.news.example/a", "https://www.news.example/a/",
		}, nil},
		{"https://news.example/", []string{"http://news.example/", "https://www.news.example/", "http://www.news.example/"}, nil},
		{"https://localhost/a", []string{"https://localhost/a/", "http://localhost/a", "http://localhost/a/"}, []string{"https://www.localhost/a"}},
		{"http://192.0.2.1:8000/a", []string{"http://192.0.2.1:8000/a/", "https://192.0.2.1:8000/a", "https://192.0.2.1:8000/a/"}, []string{"http://www.192.0.2.1:8000/a"}},
		{"http://[2001:db8::1]/a", []string{"http://[2001:db8::1]/a/", "https://[2001:db8::1]/a", "https://[2001:db8::1]/a/"}, nil},
		{"https://app.example/#/article/2", []string{"http://app.example/#/article/2"}, []string{"https://app.example/", "http://app.example/"}},
		{"https://app.example/?from=x#!article/2", []string{"http://app.example/?from=x#!article/2"}, []string{"https://app.example/?from=x", "https://app.example/"}},
		{"https://www.example/a", []string{"https://www.example/a/", "http://www.example/a"}, []string{"https://example/a"}},
	} {
		got := share.Variants(tt.address)
		if len(got) < len(tt.want) || !slices.Equal(got[:len(tt.want)], tt.want) {
			t.Errorf("%s:\n%q\n%q", tt.address, got, tt.want)
		}
		for _, never := range tt.never {
			if slices.Contains(got, never) {
				t.Errorf("%s: %s", tt.address, never)
			}
		}
	}
	for address, want := range map[string]string{
		"https://news.example/a?ref=rss":             "https://news.example/a",
		"https://news.example/a?id=7&ref=rss&pk_x=1": "https://news.example/a?id=7",
		"http://www.news.example/a/?smid=x":          "https://news.example/a",
		"https://news.example/a#photos":              "https://news.example/a",
		"https://news.example/a?via=x#photos":        "https://news.example/a",
		"http://app.example/?from=x#/article/123":    "https://app.example/#/article/123",
	} {
		if got := share.Variants(address); !slices.Contains(got, want) {
			t.Errorf("%s: %q", address, got)
		}
	}
}

// TestVariantsAreFew: there are at most 31 variants, all different, canonical, and not the URL itself.
func TestVariantsAreFew(t *testing.T) {
	for _, address := range []string{
		"https://news.example/a/?ref=x&ref=y&id=1#/article/9", "http://www.news.example:8080/%EA%B0%80//b?utm=1&from=#!x", "https://xn--vk1bo0k.example/?ref",
	} {
		canonical, err := share.Canonical(address)
		if err != nil {
			t.Fatal(err)
		}
		got := share.Variants(canonical)
		if len(got) > 31 || slices.Contains(got, canonical) {
			t.Errorf("%s: %d, %q", address, len(got), got)
		}
		for i, v := range got {
			again, err := share.Canonical(v)
			if err != nil || again != v || slices.Contains(got[:i], v) {
				t.Errorf("%s: %q, %v", v, again, err)
			}
		}
	}
}
