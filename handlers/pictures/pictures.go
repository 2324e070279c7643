package pictures

import (
	"context"
	"errors"
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

// Time limits, because crawlers do not wait long: for the whole picture, for the photo, and for the card without its
// photo where the first is exceeded.
const (
	pictureWait = 2000 * time.Millisecond
	photoWait   = 1700 * time.Millisecond
	plainWait   = 400 * time.Millisecond
)

// freshFor is how long a response is reused without querying the store or checking the signature again, so that
// a popular story costs one query a second. Changes by other instances appear with this delay.
const freshFor = time.Second

// maxAnswers is the memory for cached responses, in bytes: about 10,000, without the pictures themselves.
const maxAnswers = 4 << 20

// asked is the picture that a request names.
type asked struct {
	card    card.Card
	key     card.Key // of the picture; empty if its photo may change
	format  string
	strict  bool
	article string // id; empty for a picture whose card is in the query

	expires time.Time // when the signed URL expires, or the photo's rights; zero: never
	latest  string    // the current version, if the picture is one of an earlier one
	brief   bool      // the picture lacks a photo that may come back
	request string    // the key of the cached response
	until   time.Time // when the cached response expires; zero: it is not cached, here or elsewhere
	asOf    uint64    // number of the last change of articles before the card was looked up
}

// OfVersion answers with the card of one version of an article in one size. Sizes that are not public need a signature,
// because anyone could request millions of them.
func (h *Handlers) OfVersion(c echo.Context) error {
	r := c.Request()
	size, format, err := fileName(c.Param("file"))
	if err != nil {
		return err
	}
	q, err := articleQuery(c, size)
	if err != nil {
		return err
	}
	a := asked{
		format: format, article: c.Param("id"),
		request: r.URL.Path, until: h.Now().Add(freshFor), asOf: h.answers.Changes(),
	}
	if a.strict, err = request.Flag(q, "strict"); err != nil {
		return err
	}
	if !size.Public() {
		if err := h.maySize(c, q); err != nil {
			return err
		}
		a.request = r.RequestURI // with the signature
		a.expires, a.until = h.signedUntil(q)
	}
	if done, err := h.answerAgain(c, a.request, h.isFresh); done {
		return err
	}
	if article.CheckID(a.article) != nil {
		return store.ErrNotFound
	}
	if err := h.findCard(c, size, &a); err != nil {
		return h.withoutCard(c, a.request, err)
	}
	if h.Pictures.Permanent(a.card) {
		a.key = h.Pictures.Key(a.card, format)
	}
	return h.servePicture(c, a)
}

// findCard sets the card of an article's picture. Editors see it under embargo too: the response is for them alone, and
// is cached neither here nor elsewhere.
func (h *Handlers) findCard(c echo.Context, size card.Size, a *asked) (err error) {
	ctx := c.Request().Context()
	q := stories.PictureRequest{ID: a.article, Version: c.Param("version"), Size: size.String(), Format: a.format}
	shown, err := h.Articles.Card(ctx, q)
	if errors.Is(err, stories.ErrEmbargoed) {
		if shown, err = h.unveil(c, q, err); err == nil {
			a.until = time.Time{}
		}
	}
	a.card, a.brief, a.latest = shown.Card, shown.Brief, shown.Latest
	if end := shown.Until; !end.IsZero() {
		if a.expires.IsZero() || end.Before(a.expires) {
			a.expires = end
		}
		if !a.until.IsZero() && end.Before(a.until) {
			a.until = end
		}
	}
	return err
}

// unveil looks an article's picture up that is under embargo, if the request may see it. Otherwise it returns
// embargoed.
func (h *Handlers) unveil(c echo.Context, q stories.PictureRequest, embargoed error) (stories.Picture, error) {
	site, ok := h.Guard.MayUnveil(c.Request())
	if !ok {
		return stories.Picture{}, embargoed
	}
	q.Embargoed = true
	found, err := h.Articles.Card(c.Request().Context(), q)
	if err == nil && site != "" && found.Card.Site != site {
		return stories.Picture{}, embargoed
	}
	return found, err
}

// articleQuery parses the query of an article's picture. It is nil if the request has none.
func articleQuery(c echo.Context, size card.Size) (url.Values, error) {
	switch {
	case c.Request().URL.RawQuery == "":
		return nil, nil
	case size.Public():
		return request.OpenQuery(c, "strict")
	}
	return request.OpenQuery(c, "expires", "sig", "strict")
}

// withoutCard answers a request whose card cannot be looked up: with the cached response if the store fails, else
// with the error. What the store no longer has must not come back when it fails later.
func (h *Handlers) withoutCard(c echo.Context, request string, err error) error {
	if kind := fault.KindOf(err); kind != fault.Internal && kind != fault.Unavailable {
		h.answers.Drop(request)
		return hidden(err)
	}
	if done, err := h.answerAgain(c, request, h.isUsable); done {
		return err
	}
	return err
}

// answerAgain repeats the cached response of a request, if it is usable and the picture is still cached.
// Otherwise done is false.
func (h *Handlers) answerAgain(c echo.Context, request string, usable func(respcache.Entry) bool) (done bool,
	err error) {
	e, known := h.answers.Get(request)
	if !known || !usable(e) {
		h.answers.Used(false)
		return false, nil
	}
	if soon := h.Now().Add(time.Minute); !h.isFresh(e) && (e.Expires.IsZero() || soon.Before(e.Expires)) {
		e.Expires = soon // caches ask again then
	}
	done, err = h.answerCached(c, &e)
	h.answers.Used(done)
	return done, err
}

func (h *Handlers) isFresh(e respcache.Entry) bool { return h.Now().Before(e.Until) }

// staleFor is how long after it has expired a response may be repeated while the store fails. Another instance may
// have withdrawn the article meanwhile.
const staleFor = 24 * time.Hour

// isUsable accepts expired responses, but not old ones: while the store fails, readers still get the pictures that
// they got before.
func (h *Handlers) isUsable(e respcache.Entry) bool {
	now := h.Now()
	return now.Before(e.Until.Add(staleFor)) && (e.Expires.IsZero() || now.Before(e.Expires))
}

// hidden turns an error in the path into store.ErrNotFound.
func hidden(err error) error {
	if errors.Is(err, card.ErrInvalid) {
		return store.ErrNotFound
	}
	return err
}

// fileName parses a name such as "og.jpg".
func fileName(file string) (size card.Size, format string, err error) {
	name, format, _ := strings.Cut(file, ".")
	if name == "" || format != "jpg" && format != "png" {
		return card.Size{}, "", errSize
	}
	if size, err = card.ParseSize(name); err != nil {
		return card.Size{}, "", errSize
	}
	return size, format, nil
}

// servePicture answers with a card's picture, from the cache or rendered.
func (h *Handlers) servePicture(c echo.Context, a asked) error {
	e := respcache.Entry{
		Article: a.article, Key: a.key, ByURL: a.card.ByURL(), Format: a.format, Until: a.until, Expires: a.expires,
		Brief: a.brief, Latest: a.latest,
	}
	if !e.ByURL {
		e.Photo, e.Tag = strings.TrimSpace(a.card.Photo.URL+" "+a.card.Portrait.URL), a.key.ETag()
	} // otherwise answerCached learns them from the picture
	if a.key != "" {
		if done, err := h.answerCached(c, &e); done {
			if !a.until.IsZero() {
				h.answers.Put(a.request, e, a.asOf)
			}
			return err
		}
	}
	img, err := h.drawPicture(c.Request().Context(), a)
	if err != nil {
		return err
	}
	if a.article != "" && a.key != "" && fault.KindOf(img.Degraded) == fault.PhotoGone {
		return img.Degraded // it was withdrawn since the card was looked up
	}
	return h.sendPicture(c, img, e)
}

// drawPicture renders a picture within the time that crawlers wait. If the photo takes too long, its card is drawn
// without it; the drawing with it goes on, for the next request.
func (h *Handlers) drawPicture(ctx context.Context, a asked) (draw.Image, error) {
	o := draw.Options{Strict: true, Temporary: a.key == ""}
	if a.strict {
		return h.Pictures.Preview(ctx, a.card, a.format, o)
	}
	o.Strict, o.PhotoWait = false, photoWait
	img, err := h.drawWithin(ctx, pictureWait, a, o)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		o.Plain = true
		img, err = h.drawWithin(ctx, plainWait, a, o)
	}
	return img, err
}

// drawWithin renders a picture within a time.
func (h *Handlers) drawWithin(
	ctx context.Context, wait time.Duration, a asked, o draw.Options,
) (draw.Image, error) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	return h.Pictures.Preview(ctx, a.card, a.format, o)
}

// sendPicture sends a picture. Caches may store it forever if it has an ETag, and for a minute otherwise, but not
// longer than the entry allows.
func (h *Handlers) sendPicture(c echo.Context, img draw.Image, e respcache.Entry) error {
	release := h.sending.take(access.Client(c.RealIP()), img.Bytes)
	if release == nil {
		return draw.ErrOverloaded
	}
	defer release()
	h.linkLatest(c, e)
	header := c.Response().Header()
	header.Set(echo.HeaderContentType, img.Type)
	if img.Degraded != nil {
		header.Set("X-Card-Degraded", fault.KindOf(img.Degraded).Code())
		h.Refused(c, img.Degraded)
	}
	if img.ETag == "" {
		header.Set("Cache-Control", h.lifetime(e, time.Minute))
	} else {
		header.Set("ETag", img.ETag)
		header.Set("Cache-Control", h.lifetime(e, year))
	}
	return answer.Bytes(c, img.Bytes)
}

// linkLatest says where the picture of the current version is (RFC 5829), if e is one of an earlier version.
func (h *Handlers) linkLatest(c echo.Context, e respcache.Entry) {
	if e.Latest == "" {
		return
	}
	at := h.Present.Absolute("/cards/" + e.Article + "/" + e.Latest + "/" + c.Param("file"))
	c.Response().Header().Set("Link", "<"+at+`>; rel="latest-version"`)
}

// unshared is the Cache-Control of a response that is for one client alone.
const unshared = "private, no-store"

const year = 365 * 24 * time.Hour

// lifetime returns the Cache-Control of a picture that caches may store for at most the time, and not longer than
// until its URL expires. The picture of a request that was authorized by its session or token is not for caches.
func (h *Handlers) lifetime(e respcache.Entry, most time.Duration) string {
	if e.Until.IsZero() {
		return unshared
	}
	left := most
	if !e.Expires.IsZero() {
		left = min(most, max(0, e.Expires.Sub(h.Now())))
	}
	if e.Brief {
		left = min(left, time.Minute)
	}
	if left == year {
		return answer.Forever
	}
	return "public, max-age=" + strconv.FormatInt(int64(left/time.Second), 10)
}
