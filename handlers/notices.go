package handlers

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/audience"
	"newsroom.example/cards/internal/web"
	"newsroom.example/cards/internal/words"
)

// framed is the route whose notices are shown in frames of other sites too.
const framed = "/embed/story/:code"

// readerRoutes are the routes that readers open, by a link that somebody gave them.
var readerRoutes = []string{"/", "/s/:code", "/s/:code/:target", "/kakao", "/kakao/:code", framed}

// apiPaths are the beginnings of paths that only programs and pages request.
var apiPaths = []string{"/v1/", "/cards/", "/static/", "/embed/", "/studio/", "/oembed", "/healthz", "/readyz"}

// noticeOf returns the notice for a reader whose request failed with the status: for a browser that shows what it gets,
// on a route for readers or at an address that is none. Programs and crawlers get the error of the API. What is under
// embargo gets the same notice as what never was.
func noticeOf(c echo.Context, err error, status int) (n web.Notice, ok bool) {
	r := c.Request()
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead, !isForReaders(c, err),
		!prefersHTML(r.Header.Get(echo.HeaderAccept)), audience.AgentOf(r) == audience.Crawler:
		return n, false
	}
	switch status {
	case http.StatusBadRequest, http.StatusNotFound:
		return web.Missing, true
	case http.StatusGone:
		return web.Gone, true
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return web.Later, true
	}
	return n, false
}

// isForReaders reports whether a reader may have opened the request's address. err is the error of an address that is
// none.
func isForReaders(c echo.Context, err error) bool {
	path := c.Request().URL.Path
	if slices.Contains(readerRoutes, c.Path()) {
		return true
	}
	program := slices.ContainsFunc(apiPaths, func(begin string) bool { return strings.HasPrefix(path, begin) })
	return isNowhere(err) && !program
}

// isNowhere reports whether the request's address is none of this service.
func isNowhere(err error) bool {
	return statusOf(err) == http.StatusNotFound && isRouting(err)
}

// prefersHTML reports whether an Accept header prefers text/html to JSON, as those of browsers do for what they show.
func prefersHTML(accept string) bool {
	html, json, any := 0.0, 0.0, 0.0
	for part := range strings.SplitSeq(accept, ",") {
		kind, quality := weight(part)
		switch kind {
		case "text/html":
			html = max(html, quality)
		case "application/json", "application/*":
			json = max(json, quality)
		case "*/*":
			any = max(any, quality)
		}
	}
	return html > json && html >= any
}

// weight returns the media type of a part of an Accept header, and its quality: 1 if there is none, 0 if it is no
// number.
func weight(part string) (kind string, quality float64) {
	kind, rest, _ := strings.Cut(part, ";")
	quality = 1
	for p := range strings.SplitSeq(rest, ";") {
		if q, ok := strings.CutPrefix(strings.TrimSpace(strings.ToLower(p)), "q="); ok {
			quality, _ = strconv.ParseFloat(q, 64)
		}
	}
	return strings.ToLower(strings.TrimSpace(kind)), quality
}

// answerNotice answers with the page of a notice, in the language of the browser.
func (s *server) answerNotice(c echo.Context, status int, n web.Notice) error {
	header := c.Response().Header()
	header.Set("X-Robots-Tag", "noindex")
	header.Add("Vary", "Accept, Accept-Language, User-Agent")
	policy := answer.PolicyPage
	if c.Path() == framed {
		policy = answer.PolicyFragment
	}
	lang := words.Preferred(c.Request().Header.Get("Accept-Language"))
	write := func(w http.ResponseWriter) error { return s.Pages.Notice(w, lang, n) }
	return answer.PageWithStatus(c, status, policy, write)
}
