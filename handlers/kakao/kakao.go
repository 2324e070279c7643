package kakao

import (
	"errors"
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/web"
	"newsroom.example/cards/internal/words"
	"newsroom.example/cards/share"
)

// Story answers with the page that opens Kakao's share sheet for an article.
func (h *Handlers) Story(c echo.Context) error {
	rec, err := h.Find.Coded(c)
	if err != nil {
		return err
	}
	return h.ofRecord(c, rec)
}

// Page is like Story for the story of a URL. If the story is registered, the page shows what is stored. Otherwise it
// shows the texts of the query if the query is signed. It shows nobody else's texts and links, because readers trust
// the publication's host. The page never redirects by itself.
func (h *Handlers) Page(c echo.Context) error {
	q, err := request.OpenQuery(c, append([]string{"expires", "sig"}, parameters...)...)
	if err != nil {
		return err
	}
	rec, found := h.Find.AtAddress(c.Request().Context(), q.Get("url"))
	if errors.Is(found, fault.ErrInvalid) {
		return found
	}
	if found == nil {
		return h.ofRecord(c, rec)
	}
	unsigned := h.Guard.Verify(c.Request(), q)
	switch {
	case unsigned == nil:
		post := postOf(q)
		post.Lang = h.Present.Told(article.Article{Headline: post.Title, Lang: post.Lang}).Lang
		return h.kakao(c, post, "/kakao?"+q.Encode())
	case errors.Is(found, store.ErrNotFound), errors.Is(found, store.ErrGone):
		return h.refuse(c, unsigned)
	}
	return found
}

// parameters are the parameters of the page's URL that a signature covers, in addition to its expiry.
var parameters = []string{"url", "title", "text", "image", "lang", "text_format"}

func postOf(q url.Values) share.Post {
	return share.Post{
		URL: q.Get("url"), Title: q.Get("title"), Text: q.Get("text"), Image: q.Get("image"), Lang: q.Get("lang"),
		TextFormat: share.TextFormat(q.Get("text_format")),
	}
}

// CheckQuery checks the query of a page's URL before it is signed. The error joins one *fault.Field for each
// parameter that is unknown, given twice or invalid.
func CheckQuery(q url.Values) error {
	var l fault.List
	for _, name := range slices.Sorted(maps.Keys(q)) {
		switch {
		case !slices.Contains(parameters, name):
			l.Add(name, "is not known here")
		case len(q[name]) > 1:
			l.Add(name, "is given %d times", len(q[name]))
		}
	}
	_, err := postOf(q).Normalize(share.Config{})
	return errors.Join(l.Err(), err)
}

// refuse answers a reader with a page that has nothing from the request, in the language of the browser.
func (h *Handlers) refuse(c echo.Context, err error) error {
	header := c.Response().Header()
	header.Set("Cache-Control", "no-store")
	header.Set("X-Robots-Tag", "noindex")
	header.Add("Vary", "Accept-Language")
	lang := words.Preferred(c.Request().Header.Get("Accept-Language"))
	return answer.PageWithStatus(c, fault.KindOf(err).Answer().Status, answer.PolicyPage,
		func(w http.ResponseWriter) error { return h.Pages.Notice(w, lang, web.Unknown) })
}

// ofRecord answers with the page of a registered story.
func (h *Handlers) ofRecord(c echo.Context, rec store.Record) error {
	return h.kakao(c, h.Present.Post(rec), "/kakao/"+rec.Code)
}

// kakao answers with the page of a post. path is the page's own path and query.
func (h *Handlers) kakao(c echo.Context, p share.Post, path string) error {
	p, err := p.Normalize(h.Present.Share)
	if err != nil {
		return err
	}
	_, links, err := share.Links(h.Present.Share, p, []string{"kakao"})
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	c.Response().Header().Set("X-Robots-Tag", "noindex")
	c.Response().Header().Add("Vary", "User-Agent")
	inApp, outside := browserOf(c.Request().UserAgent(), h.Present.Absolute(path))
	return answer.Page(c, policy(h.SDKURL), func(w http.ResponseWriter) error {
		return h.Pages.Kakao(w, web.KakaoData{
			Lang: p.Lang, Title: p.Title, Text: p.Text, Image: p.Image, URL: p.URL, Site: present.HostOf(p.URL),
			JSKey:  h.Present.Share.KakaoJSKey,
			SDKURL: h.SDKURL, SDKIntegrity: h.SDKIntegrity, Settings: links[0].SDK.Settings,
			InApp: inApp, Outside: outside,
		})
	})
}

// inAppBrowsers are the words in the User-Agent of apps' built-in browsers, in lower case. These browsers often
// do not open pop-ups and other apps.
var inAppBrowsers = []string{"kakaotalk", "line/", "naver(inapp", "daumapps", "fban", "fbav", "instagram",
	"barcelona", "snapchat"}

// browserOf reports whether the client is an app's built-in browser, and returns the URL that opens the page in
// the reader's browser, if there is one. KakaoTalk and LINE have their own; on Android an intent URL works for
// the others.
func browserOf(userAgent, page string) (inApp bool, outside template.URL) {
	ua := strings.ToLower(userAgent)
	if strings.Contains(ua, "kakaotalk-scrap") {
		return false, ""
	}
	for _, word := range inAppBrowsers {
		if !strings.Contains(ua, word) {
			continue
		}
		scheme, rest, _ := strings.Cut(page, "://")
		switch {
		case word == "kakaotalk":
			escaped := strings.ReplaceAll(url.QueryEscape(page), "+", "%20")
			return true, template.URL("kakaotalk://web/openExternal?url=" + escaped)
		case word == "line/":
			return true, template.URL(withQuery(page, "openExternalBrowser=1"))
		case strings.Contains(ua, "android"):
			return true, template.URL("intent://" + rest + "#Intent;scheme=" + scheme + ";end")
		}
		return true, ""
	}
	return false, ""
}

func withQuery(page, pair string) string {
	if strings.Contains(page, "?") {
		return page + "&" + pair
	}
	return page + "?" + pair
}
