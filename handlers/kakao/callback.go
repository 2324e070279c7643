package kakao

import (
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/lookup"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/share"
)

// memoChat is the kind of chat for messages to oneself, which are no shares. (Kakao Developers, KakaoTalk Share,
// Webhook)
const memoChat = "MemoChat"

// maxReceipt bounds the name of a message, in bytes.
const maxReceipt = 256

// Callback counts a share by Kakao's own word. Of what Kakao tells, the chat's hash is not
// even read. A story that is gone since is no fault of the caller'h.
func (h *Handlers) Callback(c echo.Context) error {
	if h.AdminKey == "" {
		return store.ErrNotFound
	}
	if !h.byKakao(c.Request()) {
		return access.ErrUnauthorized
	}
	receipt := c.Request().Header.Get("X-Kakao-Resource-ID")
	if receipt == "" || len(receipt) > maxReceipt {
		return fault.InField("X-Kakao-Resource-ID", "must name the message")
	}
	chat, code, err := callbackOf(c)
	if err != nil {
		return err
	}
	if !lookup.IsCode(code) {
		return fault.InField(share.KakaoCodeArg, "must be a story's short code")
	}
	if chat == memoChat {
		return answer.Private(c).NoContent(http.StatusNoContent)
	}
	ctx := c.Request().Context()
	rec, err := h.Find.Articles.ByCode(ctx, code)
	switch {
	case errors.Is(err, store.ErrGone):
	case err != nil:
		return err
	default:
		confirmed := store.Confirmation{ArticleID: rec.Article.ID, Target: "kakao", At: h.Now(), Receipt: "kakao " + receipt}
		if _, err := h.Clicks.ConfirmShare(ctx, confirmed); err != nil {
			return err
		}
	}
	return answer.Private(c).NoContent(http.StatusNoContent)
}

// byKakao reports a request with the admin key.
func (h *Handlers) byKakao(r *http.Request) bool {
	scheme, given, _ := strings.Cut(r.Header.Get(echo.HeaderAuthorization), " ")
	return strings.EqualFold(scheme, "KakaoAK") && access.IsSecret(given, h.AdminKey)
}

// callbackOf reads what is needed of the body, JSON or a form; Kakao may add to the rest.
func callbackOf(c echo.Context) (chat, code string, err error) {
	data, err := request.Body(c, request.MaxJSON)
	if err != nil {
		return "", "", err
	}
	media, _, _ := mime.ParseMediaType(c.Request().Header.Get(echo.HeaderContentType))
	if media == echo.MIMEApplicationForm {
		form, err := url.ParseQuery(string(data))
		if err != nil {
			return "", "", fault.InField("body", "is no form")
		}
		return form.Get("CHAT_TYPE"), form.Get(share.KakaoCodeArg), nil
	}
	var got struct {
		Chat string `json:"CHAT_TYPE"`
		Code string `json:"code"` // share.KakaoCodeArg
	}
	if err := json.Unmarshal(data, &got); err != nil {
		return "", "", errors.Join(fault.InField("body", "is no valid JSON"), card.ErrInvalid)
	}
	return got.Chat, got.Code, nil
}
