package pictures

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/request"
)

// Signed answers with the card that the query describes. A signature covers every parameter, so others' are refused
// beside one; without a signature, on a service that only this machine can reach, they are ignored.
func (h *Handlers) Signed(c echo.Context) error {
	r := c.Request()
	if done, err := h.answerAgain(c, r.RequestURI, h.isFresh); done {
		return err
	}
	q, err := request.OpenQuery(c, cardParameters...)
	if q.Has("sig") {
		q, err = request.Query(c, cardParameters...)
	}
	if err != nil {
		return err
	}
	a := asked{format: strings.TrimPrefix(r.URL.Path, "/v1/card."), request: r.RequestURI, asOf: h.answers.Changes()}
	if a.strict, err = request.Flag(q, "strict"); err != nil {
		return err
	}
	if err := h.mayAsk(c, q); err != nil {
		return err
	}
	a.expires, a.until = h.signedUntil(q)
	if a.card, err = card.Parse(q); err != nil {
		return err
	}
	a.key = h.Pictures.Key(a.card, a.format)
	return h.servePicture(c, a)
}

// signedUntil returns when the signed URL expires (zero: never), and until when its response is cached here: its
// theme may change. A request without a signature was authorized by its session; its response is not cached.
func (h *Handlers) signedUntil(q url.Values) (expires, until time.Time) {
	if unix, err := strconv.ParseInt(q.Get("expires"), 10, 64); err == nil {
		expires = time.Unix(unix, 0)
	}
	if !q.Has("sig") {
		return expires, time.Time{}
	}
	until = h.Now().Add(freshFor)
	if !expires.IsZero() && expires.Before(until) {
		until = expires
	}
	return expires, until
}

var cardParameters = card.Parameters()

// mayAsk checks the signature and the expiry. An editor's request needs no signature on a service that only this
// machine can reach.
func (h *Handlers) mayAsk(c echo.Context, q url.Values) error {
	if h.Guard.MayDrawUnsigned(c.Request()) && !q.Has("sig") {
		return card.CheckExpiry(q, h.Now())
	}
	return h.Guard.Verify(c.Request(), q)
}
