package pictures

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	draw "newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/respcache"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

// Waits of a crawler: the whole answer, and the photo's part of it.
const (
	pictureWait = 2400 * time.Millisecond
	photoWait   = 1700 * time.Millisecond
)

// freshFor is how long a picture is answered without asking the store or checking its signature again, so
// that a story that everybody opens costs one question a second. Changes by other instances show that late.
const freshFor = time.Second

// maxAnswers bounds the requests that are remembered.
const maxAnswers = 8192

// asked is the picture that a request asks for.
type asked struct {
	card    card.Card
	key     card.Key // names the picture; empty where its photo may be another one tomorrow
	format  string
	strict  bool
	article string // id; empty for a signed picture

	request string    // what the answer is remembered by
	until   time.Time // how long the answer is fresh; zero: it is not remembered
	asOf    uint64    // the changes of articles that the card knows of
}

// Signed draws a card from the query of its address.
func (h *Handlers) Signed(c echo.Context) error {
	r := c.Request()
	if done, err := h.answerAgain(c, r.RequestURI, h.isFresh); done {
		return err
	}
	q, err := request.Query(c, cardParameters...)
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
	a.until = h.signedUntil(q)
	if a.card, err = card.Parse(q); err != nil {
		return err
	}
	a.key = h.Pictures.Key(a.card, a.format)
	return h.servePicture(c, a)
}

// signedUntil is how long the answer to a signed request is fresh: its theme may change. Without a
// signature, where the request came from has decided, and the answer is not remembered.
func (h *Handlers) signedUntil(q url.Values) time.Time {
	if !q.Has("sig") {
		return time.Time{}
	}
	until := h.Now().Add(freshFor)
	unix, err := strconv.ParseInt(q.Get("expires"), 10, 64)
	if expires := time.Unix(unix, 0); err == nil && expires.Before(until) {
		return expires
	}
	return until
}

var cardParameters = card.Parameters()

// mayAsk checks the signature, which only a local request can do without, and the expiry.
func (h *Handlers) mayAsk(c echo.Context, q url.Values) error {
	if h.Guard.IsLocal(c.Request()) && !q.Has("sig") {
		return card.CheckExpiry(q, h.Now())
	}
	return h.Guard.Verify(c.Request(), q)
}

// OfVersion draws a size of a version of an article.
func (h *Handlers) OfVersion(c echo.Context) error {
	r := c.Request()
	strict := false
	if r.URL.RawQuery != "" {
		q, err := request.OpenQuery(c, "strict")
		if err != nil {
			return err
		}
		if strict, err = request.Flag(q, "strict"); err != nil {
			return err
		}
	}
	if done, err := h.answerAgain(c, r.URL.Path, h.isFresh); done {
		return err
	}
	size, format, err := fileName(c.Param("file"))
	if err != nil || article.CheckID(c.Param("id")) != nil {
		return store.ErrNotFound
	}
	a := asked{
		format: format, strict: strict, article: c.Param("id"),
		request: r.URL.Path, until: h.Now().Add(freshFor), asOf: h.answers.Changes(),
	}
	a.card, err = h.Articles.Card(r.Context(), stories.PictureRequest{ID: a.article, Version: c.Param("version"),
		Size: size, Format: format})
	if kind := fault.KindOf(err); err != nil && (kind == fault.Internal || kind == fault.Unavailable) {
		if done, err := h.answerAgain(c, a.request, evenStale); done {
			return err
		}
	}
	if err != nil {
		return hidden(err)
	}
	if h.Pictures.Lasts(a.card) {
		a.key = h.Pictures.Key(a.card, format)
	}
	return h.servePicture(c, a)
}

// answerAgain answers a request as it was answered before, where that is usable and the picture is still
// cached; otherwise done is false.
func (h *Handlers) answerAgain(c echo.Context, request string, usable func(respcache.Entry) bool) (done bool,
	err error) {
	e, known := h.answers.Get(request)
	if !known || !usable(e) {
		return false, nil
	}
	return h.answerCached(c, e)
}

func (h *Handlers) isFresh(e respcache.Entry) bool { return h.Now().Before(e.Until) }

// evenStale is for a store that cannot answer: readers go on seeing the pictures that they saw before.
func evenStale(respcache.Entry) bool { return true }

// answerCached answers 304 where the client has the picture, or with the picture that was drawn before;
// done is false where there is none.
func (h *Handlers) answerCached(c echo.Context, e respcache.Entry) (done bool, err error) {
	if answer.Matches(c.Request().Header.Get("If-None-Match"), e.Tag) {
		answer.Quiet(c)
		return true, answer.NotModified(c, e.Tag)
	}
	img, cached := h.Pictures.Kept(c.Request().Context(), e.Key, e.Format)
	if !cached {
		return false, nil
	}
	answer.Quiet(c)
	return true, sendPicture(c, img)
}

// hidden turns a fault of a path into a picture that is not there.
func hidden(err error) error {
	if errors.Is(err, card.ErrInvalid) {
		return store.ErrNotFound
	}
	return err
}

// Current leads to the picture of the current version.
func (h *Handlers) Current(c echo.Context) error {
	size, format, err := fileName(c.Param("file"))
	if err != nil || article.CheckID(c.Param("id")) != nil {
		return store.ErrNotFound
	}
	if _, err := card.ParseSize(size); err != nil {
		return store.ErrNotFound
	}
	rec, err := h.Articles.Current(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-cache")
	return c.Redirect(http.StatusFound, h.Present.Absolute("/cards/"+rec.Article.ID+"/"+rec.Version+"/"+size+"."+format))
}

// fileName splits "og.jpg".
func fileName(file string) (size, format string, err error) {
	size, format, _ = strings.Cut(file, ".")
	if size == "" || format != "jpg" && format != "png" {
		return "", "", store.ErrNotFound
	}
	return size, format, nil
}

// servePicture answers a card's picture: from the caches, else drawn, where the client may have that done.
func (h *Handlers) servePicture(c echo.Context, a asked) error {
	if a.key != "" {
		e := respcache.Entry{Article: a.article, Key: a.key, Tag: a.key.ETag(), Format: a.format, Until: a.until}
		if done, err := h.answerCached(c, e); done {
			if !a.until.IsZero() {
				h.answers.Put(a.request, e, a.asOf)
			}
			return err
		}
	}
	if !h.mayDraw(c, a.card.Size) {
		return access.ErrLimited
	}
	img, err := h.drawPicture(c.Request().Context(), a)
	if err != nil {
		return err
	}
	return sendPicture(c, img)
}

// mayDraw charges the drawing of an article's picture in a size without a name, of which anyone could ask for
// millions. Signed pictures have no size that their signer did not name.
func (h *Handlers) mayDraw(c echo.Context, size card.Size) bool {
	return c.Param("version") == "" || size.Named() || h.Guard.IsLocal(c.Request()) ||
		h.Guard.Draws.Take(access.Client(c.RealIP()), h.Now())
}

// drawPicture waits for a picture as long as a crawler does.
func (h *Handlers) drawPicture(ctx context.Context, a asked) (draw.Image, error) {
	o := draw.Options{Strict: true, Passing: a.key == ""}
	if !a.strict {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, pictureWait)
		defer cancel()
		o.Strict, o.PhotoWait = false, photoWait
	}
	return h.Pictures.Preview(ctx, a.card, a.format, o)
}

// sendPicture sends a picture, which caches may store for good if it has a tag and for a minute otherwise.
func sendPicture(c echo.Context, img draw.Image) error {
	header := c.Response().Header()
	header.Set(echo.HeaderContentType, img.Type)
	if img.Degraded != nil {
		header.Set("X-Card-Degraded", fault.KindOf(img.Degraded).Code())
	}
	if img.ETag == "" {
		header.Set("Cache-Control", "public, max-age=60")
	} else {
		header.Set("ETag", img.ETag)
		header.Set("Cache-Control", answer.Forever)
	}
	return answer.Bytes(c, img.Bytes)
}
