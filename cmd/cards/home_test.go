package main

import (
	"strings"
	"testing"
)

func TestHomeURL(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "https://news.example": "https://news.example/", "HTTPS://News.Example:443/ko?a=1&amp;b=2": "https://news.example/ko?a=1&amp;b=2",
		"https://뉴스.example/": "https://xn--vg1b002a.example/",
	} {
		if got, err := homeURL(in); err != nil || got != want {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
	for _, in := range []string{"news.example", "//news.example/", "javascript:alert(1)", "ftp://news.example/", "https://me@news.example/", "/"} {
		if got, err := homeURL(in); err == nil || !strings.Contains(err.Error(), "--home-url") {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}
