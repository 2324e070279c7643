package weburl_test

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"newsroom.example/cards/internal/weburl"
)

func TestParse(t *testing.T) {
	const (
		long      = "is longer than 2,048 bytes"
		character = "holds a character that no URL has"
		form      = "is no valid URL"
		scheme    = "must be an http or https URL"
		relative  = "must be an absolute URL with a host"
		user      = "must not carry user info"
		encoded   = "has an encoded host"
		port      = "must have a port from 1 to 65535"
	)
	exactly := "https://a.example/" + strings.Repeat("a", weburl.MaxLen-len("https://a.example/"))
	for in, want := range map[string]string{
		"https://a.example": "", "HTTPS://A.Example/?a=1&b#c": "",
		"http://127.0.0.1:8080/a.jpg": "", "http://[2001:db8::1]/": "",
		"https://한국.example/사진.jpg?q=나": "", "https://my_pictures.example/a%20b": "",
		"http://[fe80::1%25eth0]/": "", "https://a.example:/": "",
		"https://a.example:1/": "", "https://a.example:65535/": "", "https://a.example:0443/": "", exactly: "",

		exactly + "a":              long,
		"https://a.example/a b":    character,
		" https://a.example/":      character,
		"https://a.example/\n":     character,
		"https://a.example/\x00":   character,
		"https://a.example/\x7f":   character,
		"https://a.example/\u0085": character,
		"https://a.example/\xff":   character,
		"https://a.example/\ufffd": character,
		`https://a.example\@evil/`: character,
		"https://a.example/100%":   form,
		"https://a.example:80:80/": form,
		"https://a.example:99999x": form,
		"http://%61.example/":      form,
		"http://[::1/":             form,
		"":                         scheme, "//a.example/": scheme, "/a": scheme,
		"ftp://a.example/": scheme, "javascript:alert(1)": scheme,
		"file:///etc/passwd": scheme, "data:image/png,x": scheme, "upload:abc": scheme,
		"https:a.example": relative, "https://": relative, "https:///a": relative, "https://:80/": relative,
		"https://user@a.example/": user, "https://user:secret@a.example/": user, "https://@a.example/": user,
		"http://google.example:80+&@127.88.23.245:22/#+@google.example:80/": user,
		"http://a%25b/":              encoded,
		"https://a.example:0/":       port,
		"https://a.example:65536/":   port,
		"https://a.example:99999/":   port,
		"https://a.example:0000000/": port,
	} {
		u, err := weburl.Parse(in)
		switch {
		case want == "" && (err != nil || u.Hostname() == ""):
			t.Errorf("%.60q: %v", in, err)
		case want != "" && (err == nil || err.Error() != want):
			t.Errorf("%.60q: %v, want %s", in, err, want)
		}
	}
}

func TestHost(t *testing.T) {
	for in, want := range map[string]string{
		"https://News.Example/": "news.example", "https://news.example./": "news.example",
		"https://한국.example/":    "xn--3e0b707e.example",
		"https://a.example:443/": "a.example", "http://a.example:443/": "a.example:443",
		"http://a.example:80/": "a.example", "http://a.example:/": "a.example",
		"http://[2001:DB8:0::1]:8080/": "[2001:db8::1]:8080", "http://127.0.0.1:80/": "127.0.0.1",
		"http://１２７.0.0.1/":        "127.0.0.1",
		"http://[fe80::1%25eth0]/": "", "http://a_b.example/": "", "http://./": "", "http://-a.example/": "",
	} {
		u, err := weburl.Parse(in)
		if err != nil {
			t.Fatalf("%s: %v", in, err)
		}
		got, err := weburl.Host(u)
		if got != want || (err == nil) != (want != "") || err != nil && err.Error() != "has a host that is no host name" {
			t.Errorf("%s: %q, %v", in, got, err)
		}
	}
}

// FuzzParse checks that a parsed URL can be fetched and linked to, and that parsing its string gives the same URL.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"https://a.example/?a=1&amp;b=2#c", "http://[::1%25x]:80/", "http://user@a:65536/",
		"https://한국.example/%ea", `http://a\@b`, "http:a", "http://%EF%BC%91/",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		given := weburl.Clean(s)
		if weburl.Clean(given) != given {
			t.Fatalf("%q gives %q", s, given)
		}
		u, err := weburl.Parse(given)
		if err != nil {
			return
		}
		if len(given) > weburl.MaxLen || !utf8.ValidString(given) || u.User != nil || u.Hostname() == "" ||
			u.Scheme != "http" && u.Scheme != "https" {
			t.Errorf("%q was parsed as %+v", given, u)
		}
		if again, err := url.Parse(u.String()); err != nil || again.Host != u.Host {
			t.Errorf("%q gives %s: %v", given, u, err)
		}
		if host, err := weburl.Host(u); err == nil && strings.ContainsAny(host, "@/ %") {
			t.Errorf("%q has the host %q", given, host)
		}
	})
}

// TestName checks that different spellings of a host give the name that is connected to.
func TestName(t *testing.T) {
	for in, want := range map[string]string{
		"localhost": "localhost", "LOCALHOST.": "localhost", "ｌocalhost": "localhost", "ⓛocalhost": "localhost",
		"127。0。0。1": "127.0.0.1", "host.internal..": "host.internal", "a_b": "a_b", "한국.example": "xn--3e0b707e.example",
	} {
		if got := weburl.Name(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// TestHostRefusesEmptyLabels: with an empty label, normalizing the result again would change it.
func TestHostRefusesEmptyLabels(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example./x": "a.example", "https://a.example。/x": "a.example", "https://a.example../x": "",
		"https://a..example/x": "", "https://.example/x": "", "https://./x": "",
	} {
		u, err := url.Parse(in)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := weburl.Host(u); got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v", in, got, err)
		}
	}
}
