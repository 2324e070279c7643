package kakao

import (
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/web"
	"newsroom.example/cards/share"
)

// Story answers with the page that opens Kakao's share sheet for an article.
func (h *Handlers) Story(c echo.Context) error {
	rec, err := h.Find.Coded(c)
	if err != nil {
		return err
	}
	return h.kakao(c, h.Present.Post(rec))
}

// Page is like Story for any story: its texts and URL are in the query. The page never redirects by itself.
func (h *Handlers) Page(c echo.Context) error {
	q, err := request.OpenQuery(c, "url", "title", "text", "image", "lang")
	if err != nil {
		return err
	}
	return h.kakao(c, share.Post{
		URL: q.Get("url"), Title: q.Get("title"), Text: q.Get("text"), Image: q.Get("image"),
		Lang: article.Article{Headline: q.Get("title"), Lang: q.Get("lang")}.Language(),
	})
}

func (h *Handlers) kakao(c echo.Context, p share.Post) error {
	p, err := p.Normalize(h.Present.Share)
	if err != nil {
		return err
	}
	canonical, links, err := share.Links(h.Present.Share, p, []string{"kakao"})
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	c.Response().Header().Set("X-Robots-Tag", "noindex")
	c.Response().Header().Set("Vary", "User-Agent")
	inApp, outside := browserOf(c.Request().UserAgent(), h.Present.Absolute(c.Request().URL.RequestURI()))
	return answer.Page(c, policy(h.SDKURL), func(w http.ResponseWriter) error {
		return h.Pages.Kakao(w, web.KakaoData{
			Lang: p.Lang, Title: p.Title, Text: p.Text, Image: p.Image, URL: canonical, Site: present.HostOf(canonical),
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
