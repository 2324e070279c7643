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
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

// Waits of a crawler: the whole answer, and the photo's part of it.
const (
	pictureWait = 2400 * time.Millisecond
	photoWait   = 1700 * time.Millisecond
)

// signedCard draws a card from the query of its address.
func (s *server) signedCard(c echo.Context) error {
	r := c.Request()
	q, err := query(c, cardParameters...)
	if err != nil {
		return err
	}
	strict, err := flag(q, "strict")
	if err != nil {
		return err
	}
	if err := s.mayAsk(c, q); err != nil {
		return err
	}
	asked := shown{until: s.signedUntil(q), asOf: s.changes.Load()}
	if asked.card, err = card.Parse(q); err != nil {
		return err
	}
	format := strings.TrimPrefix(r.URL.Path, "/v1/card.")
	asked.key = s.Pictures.Key(asked.card, format)
	return s.servePicture(c, asked, format, strict)
}

// signedUntil is how long a signed card is believed: its theme may change. A card without a
// signature is not, since who asks for it counts.
func (s *server) signedUntil(q url.Values) time.Time {
	if !q.Has("sig") {
		return time.Time{}
	}
	until := s.Now().Add(shownFor)
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
	strict := false
	if c.Request().URL.RawQuery != "" {
		q, err := openQuery(c, "strict")
		if err != nil {
			return err
		}
		if strict, err = flag(q, "strict"); err != nil {
			return err
		}
	}
	size, format, err := fileName(c.Param("file"))
	if err != nil || article.CheckID(c.Param("id")) != nil {
		return store.ErrNotFound
	}
	asked, err := s.shownCard(c.Request().Context(), stories.PictureRequest{
		ID: c.Param("id"), Version: c.Param("version"), Size: size, Format: format,
	})
	if err != nil {
		return hidden(err)
	}
	return s.servePicture(c, asked, format, strict)
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

// servePicture answers a card's picture: 304 without drawing where the client has it, and at once
// where it is kept. One that does not last is drawn, and cached for a minute.
func (s *server) servePicture(c echo.Context, asked shown, format string, strict bool) error {
	r, h := c.Request(), c.Response().Header()
	tag := asked.key.ETag()
	if asked.key != "" && matches(r.Header.Get("If-None-Match"), tag) {
		hush(c)
		s.warm(c, asked, pictures.Image{})
		maps.DeleteFunc(h, func(name string, _ []string) bool { return always[name] != nil && confirming[name] == nil })
		h.Set("ETag", tag)
		h.Set("Cache-Control", cacheForever)
		return c.NoContent(http.StatusNotModified)
	}
	img, err := s.pictureOf(c, asked, format, strict)
	if err != nil {
		return err
	}
	h.Set(echo.HeaderContentType, img.Type)
	h.Set("Cache-Control", cacheForever)
	if img.Degraded != nil {
		h.Set("X-Card-Degraded", fault.KindOf(img.Degraded).Code())
	}
	if img.Degraded != nil || asked.key == "" {
		h.Set("Cache-Control", "public, max-age=60")
	} else {
		h.Set("ETag", img.ETag)
	}
	return sendBytes(c, img.Bytes)
}

// pictureOf is the card's picture: the one that is kept, else drawn, for whom may have that done.
func (s *server) pictureOf(c echo.Context, asked shown, format string, strict bool) (pictures.Image, error) {
	ctx := c.Request().Context()
	if asked.key != "" {
		if img, kept := s.Pictures.Kept(ctx, asked.key, format); kept {
			hush(c)
			s.warm(c, asked, img)
			return img, nil
		}
	}
	if err := s.mayDraw(c, asked.card.Size); err != nil {
		return pictures.Image{}, err
	}
	return s.drawPicture(ctx, asked, format, strict)
}

// drawPicture waits for a picture as long as a crawler does.
func (s *server) drawPicture(ctx context.Context, asked shown, format string, strict bool) (pictures.Image, error) {
	o := pictures.Options{Strict: true, Passing: asked.key == ""}
	if !strict {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, pictureWait)
		defer cancel()
		o.Strict, o.PhotoWait = false, photoWait
	}
	return s.Pictures.Preview(ctx, asked.card, format, o)
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
