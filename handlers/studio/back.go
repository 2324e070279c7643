package studio

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxAddress is the length of the longest URL that the sign-in page repeats, in bytes. The page may have it twice, and
// no refusal is larger than answer.MaxErrorBody.
const maxAddress = 2 << 10

// backParameter is the parameter of the addresses of a sign-in with the page to which it leads.
const backParameter = "back"

// backOf returns the page to which a sign-in leads: that of the request or, if that is one of a sign-in, the one that
// its query names. It never leads to another site.
func backOf(r *http.Request) string {
	q := r.URL.Query()
	switch {
	case q.Has(backParameter):
		back, err := url.Parse(q.Get(backParameter))
		if err != nil || back.Host != "" || back.Scheme != "" || back.Opaque != "" || back.User != nil {
			return "/"
		}
		return pageOf(back)
	case strings.HasPrefix(r.URL.Path, "/sign-in"):
		return "/"
	}
	return pageOf(r.URL)
}

// pageOf returns the address of a page of the studio: the studio itself with the values of its form, or a page below
// it.
func pageOf(u *url.URL) string {
	if u.Path == "/" {
		return studioAddress(u.Query())
	}
	at := (&url.URL{Path: u.Path, RawQuery: u.Query().Encode()}).String()
	leaves := strings.Contains(at, "//") || strings.Contains(at, "/..")
	if !strings.HasPrefix(at, "/studio/") || leaves || len(at) > maxAddress {
		return "/"
	}
	return at
}

// signInAddress returns the address of a sign-in that leads to a page.
func signInAddress(at, back string) string {
	switch query, isStudio := strings.CutPrefix(back, "/?"); {
	case back == "/" || len(back) > maxAddress:
		return at
	case isStudio && at == "/":
		return at + "?" + query
	}
	return at + "?" + url.Values{backParameter: {back}}.Encode()
}

// studioAddress returns the studio's address with the values of its form that a query holds.
func studioAddress(given url.Values) string {
	kept := url.Values{}
	for name, v := range given {
		if isStudioField(name) && len(v) == 1 && v[0] != "" && utf8.ValidString(v[0]) {
			kept[name] = v
		}
	}
	if len(kept) == 0 {
		return "/"
	}
	return "/?" + kept.Encode()
}

// isStudioField reports whether the form has a field of the name.
func isStudioField(name string) bool {
	return slices.Contains(studioFields, name) || strings.HasPrefix(name, "fields[") && strings.HasSuffix(name, "]")
}
