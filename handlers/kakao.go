package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"cards/card"
	"cards/share"
	"cards/web"
)

// kakaoStory is the page that opens Kakao's share sheet for an article.
func (s *server) kakaoStory(c echo.Context) error {
	rec, err := s.coded(c)
	if err != nil {
		return err
	}
	return s.kakao(c, s.post(rec), s.picture(rec, card.Kakao).URL)
}

// kakaoPage is the same for any story. It shows what it was asked to show, and goes nowhere by itself.
func (s *server) kakaoPage(c echo.Context) error {
	q, err := query(c, "url", "title", "text", "image", "lang")
	if err != nil {
		return err
	}
	return s.kakao(c, share.Post{
		URL: q.Get("url"), Title: q.Get("title"), Text: q.Get("text"), Image: q.Get("image"), Lang: q.Get("lang"),
	}, q.Get("image"))
}

func (s *server) kakao(c echo.Context, p share.Post, image string) error {
	canonical, links, err := share.Links(s.Share, p, []string{"kakao"})
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	c.Response().Header().Set("X-Robots-Tag", "noindex")
	return s.page(c, policyKakao, func(w http.ResponseWriter) error {
		return s.Pages.Kakao(w, web.KakaoData{
			Lang: p.Lang, Title: p.Title, Text: p.Text, Image: image, URL: canonical, JSKey: s.Share.KakaoJSKey,
			SDKURL: share.KakaoSDKURL, SDKIntegrity: share.KakaoSDKIntegrity, Settings: links[0].SDK.Settings,
		})
	})
}
