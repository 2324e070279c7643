package handlers

import (
	"log/slog"
	"maps"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/internal/pictures"
)

// front stands before Echo. A hot picture is answered here, with the headers and the log line that
// it has from Echo's handlers; everything else is left to them.
type front struct {
	*server
	echo http.Handler
}

// ServeHTTP implements http.Handler.
func (f front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p := f.hot.recall(r.RequestURI)
	if p == nil {
		f.echo.ServeHTTP(w, r)
		return
	}
	began := f.Now()
	status := p.status(r)
	if status == 0 || !began.Before(p.until) || p.renewal.due(began, p.until) {
		f.echo.ServeHTTP(w, r)
		return
	}
	a := answer{id: newRequestID(), status: status, began: began}
	a.bytes = p.send(w, r, status, a.id)
	f.logAnswer(r, slog.LevelDebug, a)
}

// status is how the picture answers the request by itself; 0 where that takes more than a look.
func (p *hotPicture) status(r *http.Request) int {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return 0
	}
	if given := r.Header["If-None-Match"]; len(given) > 0 {
		if given[0] == p.tag {
			return http.StatusNotModified
		}
		return 0
	}
	if p.data == nil {
		return 0
	}
	for _, name := range conditions {
		if len(r.Header[name]) > 0 {
			return 0
		}
	}
	return http.StatusOK
}

// send answers, and tells how many bytes of the picture went out.
func (p *hotPicture) send(w http.ResponseWriter, r *http.Request, status int, id string) (sent int64) {
	h := w.Header()
	h["X-Request-Id"] = []string{id}
	h["Etag"] = p.etag
	h["Cache-Control"] = forever
	if status == http.StatusNotModified {
		maps.Copy(h, confirming)
		w.WriteHeader(status)
		return 0
	}
	maps.Copy(h, always)
	h["Content-Type"] = p.mediaType
	h["Accept-Ranges"] = inBytes
	h["Content-Length"] = p.length
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return 0
	}
	n, _ := w.Write(p.data) // an error here means that the client has gone
	return int64(n)
}

// Values of headers that all hot pictures share; never changed.
var (
	forever = []string{cacheForever}
	inBytes = []string{"bytes"}
)

// warm makes the picture of the request hot for as long as its card is believed. img is zero where
// the client needed no more than its tag. A target with parameters that were ignored is not kept: anybody
// can make up as many as there is room for.
func (s *server) warm(c echo.Context, asked shown, img pictures.Image) {
	if ignored(c) {
		return
	}
	tag := asked.key.ETag()
	s.hot.keep(c.Request().RequestURI, &hotPicture{
		renewal: new(renewal), article: c.Param("id"), until: asked.until, asOf: asked.asOf, data: img.Bytes, tag: tag,
		etag: []string{tag}, mediaType: []string{img.Type}, length: []string{strconv.Itoa(len(img.Bytes))},
	}, s.Now())
}
