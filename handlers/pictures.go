package handlers

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/pictures"
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

// signedCard draws a card from the query of its address.
func (s *server) signedCard(c echo.Context) error {
	r := c.Request()
	if done, err := s.answerAgain(c, r.RequestURI, s.isFresh); done {
		return err
	}
	q, err := query(c, cardParameters...)
	if err != nil {
		return err
	}
	a := asked{format: strings.TrimPrefix(r.URL.Path, "/v1/card."), request: r.RequestURI, asOf: s.answers.Changes()}
	if a.strict, err = flag(q, "strict"); err != nil {
		return err
	}
	if err := s.mayAsk(c, q); err != nil {
		return err
	}
	a.until = s.signedUntil(q)
	if a.card, err = card.Parse(q); err != nil {
		return err
	}
	a.key = s.Pictures.Key(a.card, a.format)
	return s.servePicture(c, a)
}

// signedUntil is how long the answer to a signed request is fresh: its theme may change. Without a
// signature, where the request came from has decided, and the answer is not remembered.
func (s *server) signedUntil(q url.Values) time.Time {
	if !q.Has("sig") {
		return time.Time{}
	}
	until := s.Now().Add(freshFor)
	unix, err := strconv.ParseInt(q.Get("expires"), 10, 64)
	if expires := time.Unix(unix, 0); err == nil && expires.Before(until) {
		return expires
	}
	return until
}

var cardParameters = card.Parameters()

// mayAsk checks the signature, which only a local request can do without, and the expiry.
func (s *server) mayAsk(c echo.Context, q url.Values) error {
	if s.isLocal(c) && !q.Has("sig") {
		return card.CheckExpiry(q, s.Now())
	}
	return s.Signer.Verify(c.Request().URL.EscapedPath(), q, s.Now())
}

// articlePicture draws a size of a version of an article.
func (s *server) articlePicture(c echo.Context) error {
	r := c.Request()
	strict := false
	if r.URL.RawQuery != "" {
		q, err := openQuery(c, "strict")
		if err != nil {
			return err
		}
		if strict, err = flag(q, "strict"); err != nil {
			return err
		}
	}
	if done, err := s.answerAgain(c, r.URL.Path, s.isFresh); done {
		return err
	}
	size, format, err := fileName(c.Param("file"))
	if err != nil || article.CheckID(c.Param("id")) != nil {
		return store.ErrNotFound
	}
	a := asked{
		format: format, strict: strict, article: c.Param("id"),
		request: r.URL.Path, until: s.Now().Add(freshFor), asOf: s.answers.Changes(),
	}
	a.card, err = s.Articles.Card(r.Context(), stories.PictureRequest{ID: a.article, Version: c.Param("version"), Size: size, Format: format})
	if kind := fault.KindOf(err); err != nil && (kind == fault.Internal || kind == fault.Unavailable) {
		if done, err := s.answerAgain(c, a.request, evenStale); done {
			return err
		}
	}
	if err != nil {
		return hidden(err)
	}
	if s.Pictures.Lasts(a.card) {
		a.key = s.Pictures.Key(a.card, format)
	}
	return s.servePicture(c, a)
}

// answerAgain answers a request as it was answered before, where that is usable and the picture is still
// cached; otherwise done is false.
func (s *server) answerAgain(c echo.Context, request string, usable func(respcache.Entry) bool) (done bool, err error) {
	e, known := s.answers.Get(request)
	if !known || !usable(e) {
		return false, nil
	}
	return s.answerCached(c, e.Key, e.Format)
}

func (s *server) isFresh(e respcache.Entry) bool { return s.Now().Before(e.Until) }

// evenStale is for a store that cannot answer: readers go on seeing the pictures that they saw before.
func evenStale(respcache.Entry) bool { return true }

// answerCached answers 304 where the client has the picture, or with the picture that was drawn before;
// done is false where there is none.
func (s *server) answerCached(c echo.Context, key card.Key, format string) (done bool, err error) {
	r, h := c.Request(), c.Response().Header()
	if tag := key.ETag(); matches(r.Header.Get("If-None-Match"), tag) {
		hush(c)
		maps.DeleteFunc(h, func(name string, _ []string) bool { return always[name] != nil && confirming[name] == nil })
		h.Set("ETag", tag)
		h.Set("Cache-Control", cacheForever)
		return true, c.NoContent(http.StatusNotModified)
	}
	img, cached := s.Pictures.Kept(r.Context(), key, format)
	if !cached {
		return false, nil
	}
	hush(c)
	return true, sendPicture(c, img)
}

// remember has the next request for the picture answered again.
func (s *server) remember(a asked) {
	s.answers.Put(a.request, respcache.Entry{Article: a.article, Key: a.key, Format: a.format, Until: a.until}, a.asOf)
}

// hidden turns a fault of a path into a picture that is not there.
func hidden(err error) error {
	if errors.Is(err, card.ErrInvalid) {
		return store.ErrNotFound
	}
	return err
}

// currentPicture leads to the picture of the current version.
func (s *server) currentPicture(c echo.Context) error {
	size, format, err := fileName(c.Param("file"))
	if err != nil || article.CheckID(c.Param("id")) != nil {
		return store.ErrNotFound
	}
	if _, err := card.ParseSize(size); err != nil {
		return store.ErrNotFound
	}
	rec, err := s.Articles.Current(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-cache")
	return c.Redirect(http.StatusFound, s.absolute("/cards/"+rec.Article.ID+"/"+rec.Version+"/"+size+"."+format))
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
func (s *server) servePicture(c echo.Context, a asked) error {
	if a.key != "" {
		if done, err := s.answerCached(c, a.key, a.format); done {
			if !a.until.IsZero() {
				s.remember(a)
			}
			return err
		}
	}
	if err := s.mayDraw(c, a.card.Size); err != nil {
		return err
	}
	img, err := s.drawPicture(c.Request().Context(), a)
	if err != nil {
		return err
	}
	return sendPicture(c, img)
}

// drawPicture waits for a picture as long as a crawler does.
func (s *server) drawPicture(ctx context.Context, a asked) (pictures.Image, error) {
	o := pictures.Options{Strict: true, Passing: a.key == ""}
	if !a.strict {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, pictureWait)
		defer cancel()
		o.Strict, o.PhotoWait = false, photoWait
	}
	return s.Pictures.Preview(ctx, a.card, a.format, o)
}

// sendPicture sends a picture, which caches may store for good if it has a tag and for a minute otherwise.
func sendPicture(c echo.Context, img pictures.Image) error {
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, img.Type)
	if img.Degraded != nil {
		h.Set("X-Card-Degraded", fault.KindOf(img.Degraded).Code())
	}
	if img.ETag == "" {
		h.Set("Cache-Control", "public, max-age=60")
	} else {
		h.Set("ETag", img.ETag)
		h.Set("Cache-Control", cacheForever)
	}
	return sendBytes(c, img.Bytes)
}

// conditions are the headers that ask for less than the whole, or for none of it.
var conditions = []string{"Range", "If-Range", "If-Match", "If-Unmodified-Since", "If-Modified-Since"}

// partWriter holds back the text with which net/http refuses a range: our refusals are JSON.
type partWriter struct {
	http.ResponseWriter
	outside bool
}

func (w *partWriter) WriteHeader(status int) {
	if w.outside = status == http.StatusRequestedRangeNotSatisfiable; !w.outside {
		w.ResponseWriter.WriteHeader(status)
	}
}

func (w *partWriter) Write(data []byte) (int, error) {
	if w.outside {
		return len(data), nil
	}
	return w.ResponseWriter.Write(data)
}

// sendBytes answers the bytes: in one piece, unless a part is asked for.
func sendBytes(c echo.Context, data []byte) error {
	r, h := c.Request(), c.Response().Header()
	for _, name := range conditions {
		if len(r.Header[name]) > 0 {
			part := &partWriter{ResponseWriter: c.Response()}
			http.ServeContent(part, r, "", time.Time{}, bytes.NewReader(data))
			if part.outside {
				return echo.NewHTTPError(http.StatusRequestedRangeNotSatisfiable)
			}
			return nil
		}
	}
	h.Set("Accept-Ranges", "bytes")
	h.Set("Content-Length", strconv.Itoa(len(data)))
	c.Response().WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return nil
	}
	_, err := c.Response().Write(data)
	return err
}

const cacheForever = "public, max-age=31536000, immutable"

// matches compares If-None-Match weakly, as RFC 9110, section 13.1.2, asks.
func matches(header, tag string) bool {
	if tag == "" {
		return false
	}
	for given := range strings.SplitSeq(header, ",") {
		given = strings.TrimPrefix(strings.TrimSpace(given), "W/")
		if given == tag || given == "*" {
			return true
		}
	}
	return false
}
