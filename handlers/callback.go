package handlers

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/share"
)

// toOneself is the kind of chat that is no share. (Kakao Developers, KakaoTalk Share, Webhook)
const toOneself = "MemoChat"

// maxReceipt bounds the name of a message, in bytes.
const maxReceipt = 256

// kakaoCallback counts a share by Kakao's own word. Of what Kakao tells, the chat's hash is not
// even read. A story that is gone since is no fault of the caller's.
func (s *server) kakaoCallback(c echo.Context) error {
	if s.Kakao.AdminKey == "" {
		return store.ErrNotFound
	}
	if !s.byKakao(c.Request()) {
		return errUnauthorized
	}
	receipt := c.Request().Header.Get("X-Kakao-Resource-ID")
	if receipt == "" || len(receipt) > maxReceipt {
		return field("X-Kakao-Resource-ID", "must name the message")
	}
	chat, code, err := callbackOf(c)
	if err != nil {
		return err
	}
	if !codeForm.MatchString(code) {
		return field(share.KakaoCodeArg, "must be a story's short code")
	}
	if chat == toOneself {
		return private(c).NoContent(http.StatusNoContent)
	}
	ctx := c.Request().Context()
	rec, err := s.Articles.ByCode(ctx, code)
	switch {
	case errors.Is(err, store.ErrGone):
	case err != nil:
		return err
	default:
		confirmed := store.Confirmation{ArticleID: rec.Article.ID, Target: "kakao", At: s.Now(), Receipt: "kakao " + receipt}
		if _, err := s.Clicks.ConfirmShare(ctx, confirmed); err != nil {
			return err
		}
	}
	return private(c).NoContent(http.StatusNoContent)
}

// byKakao checks the admin key; the comparison takes as long for every guess.
func (s *server) byKakao(r *http.Request) bool {
	scheme, given, _ := strings.Cut(r.Header.Get(echo.HeaderAuthorization), " ")
	want, got := sha256.Sum256([]byte(s.Kakao.AdminKey)), sha256.Sum256([]byte(given))
	return strings.EqualFold(scheme, "KakaoAK") && subtle.ConstantTimeCompare(got[:], want[:]) == 1
}

// callbackOf reads what is needed of the body, JSON or a form; Kakao may add to the rest.
func callbackOf(c echo.Context) (chat, code string, err error) {
	data, err := body(c, maxJSON)
	if err != nil {
		return "", "", err
	}
	media, _, _ := mime.ParseMediaType(c.Request().Header.Get(echo.HeaderContentType))
	if media == echo.MIMEApplicationForm {
		form, err := url.ParseQuery(string(data))
		if err != nil {
			return "", "", field("body", "is no form")
		}
		return form.Get("CHAT_TYPE"), form.Get(share.KakaoCodeArg), nil
	}
	var got struct {
		Chat string `json:"CHAT_TYPE"`
		Code string `json:"code"` // share.KakaoCodeArg
	}
	if err := json.Unmarshal(data, &got); err != nil {
		return "", "", errors.Join(field("body", "is no valid JSON"), card.ErrInvalid)
	}
	return got.Chat, got.Code, nil
}
