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

// memoChat is the chat type of messages to oneself, which do not count as shares. (Kakao Developers, KakaoTalk
// Share, Webhook)
const memoChat = "MemoChat"

// maxReceipt is the maximum length of a message's id, in bytes.
const maxReceipt = 256

// Callback counts a share that Kakao confirms. It does not read the chat's hash. A story that was withdrawn
// since is not an error of the caller.
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

// byKakao reports whether the request has the admin key.
func (h *Handlers) byKakao(r *http.Request) bool {
	scheme, given, _ := strings.Cut(r.Header.Get(echo.HeaderAuthorization), " ")
	return strings.EqualFold(scheme, "KakaoAK") && access.IsSecret(given, h.AdminKey)
}

// callbackOf reads the needed fields of the body, JSON or a form, and ignores the others: Kakao may add some.
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
