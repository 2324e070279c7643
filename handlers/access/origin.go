package access

import (
	"net/http"
	"net/url"
	"strings"
)

// A browser sends its cookies, and a proxy adds its header, also to requests that a page of another site has caused
// (cross-site request forgery). So requests that are an editor's by either are taken only if their browser says that
// they come from here. Sec-Fetch-Site and Origin cannot be set by pages, and every browser sends at least one of them
// with a POST since 2020: OWASP's cheat sheet lists both as defences, and http.CrossOriginProtection of the standard
// library is the same check for methods that change something. This one is stricter (TestStricterThanTheLibrary): it
// also holds pages of other origins off what is only read, and takes no origin without TLS for one with it.

// IsSameOrigin reports whether the request was not sent by a page of another origin, even of the same site.
// It checks Sec-Fetch-Site and Origin, which pages cannot change. Programs send neither.
func (g *Guard) IsSameOrigin(r *http.Request) bool {
	for _, site := range r.Header.Values("Sec-Fetch-Site") {
		if site != "same-origin" && site != "none" {
			return false
		}
	}
	for _, origin := range r.Header.Values("Origin") {
		if !g.isOwnOrigin(origin, r.Host) {
			return false
		}
	}
	return true
}

// mayBeSignedIn reports whether the request's cookie or proxy may say who sends it: it comes from here, or from a link
// on another site that was followed to a page of this one. A page that is only shown changes nothing, and no other page
// can read it or show it in a frame.
func (g *Guard) mayBeSignedIn(r *http.Request) bool {
	return g.IsSameOrigin(r) || isVisit(r)
}

// isVisit reports whether the request is for a page that the browser will show in its window.
func isVisit(r *http.Request) bool {
	return (r.Method == http.MethodGet || r.Method == http.MethodHead) && len(r.Header.Values("Origin")) == 0 &&
		r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
}

// isOwnOrigin reports whether the origin is the public URL's or the one that the request was sent to. If the
// public URL is https, the origin must be too: a page loaded over http may have been tampered with.
func (g *Guard) isOwnOrigin(origin, host string) bool {
	given, err := url.Parse(origin)
	if err != nil || given.Host == "" || given.Scheme != "http" && given.Scheme != "https" {
		return false
	}
	if given.Scheme == "http" && strings.HasPrefix(g.PublicURL, "https:") {
		return false
	}
	return strings.EqualFold(origin, g.PublicURL) || strings.EqualFold(given.Host, host)
}
