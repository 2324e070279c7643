package answer

import (
	"bytes"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// conditions are the headers that request a part of the response, or make it conditional.
var conditions = []string{"Range", "If-Range", "If-Match", "If-Unmodified-Since", "If-Modified-Since"}

// partWriter discards net/http's error responses: errors of this service are JSON.
type partWriter struct {
	http.ResponseWriter
	refused int // status; 0: none
}

func (w *partWriter) WriteHeader(status int) {
	switch status {
	case http.StatusRequestedRangeNotSatisfiable, http.StatusPreconditionFailed:
		w.refused = status
	default:
		w.ResponseWriter.WriteHeader(status)
	}
}

func (w *partWriter) Write(data []byte) (int, error) {
	if w.refused != 0 {
		return len(data), nil
	}
	return w.ResponseWriter.Write(data)
}

// Bytes sends the bytes, or the range that the request asks for. Without an ETag in the response's header, no condition
// confirms them.
func Bytes(c echo.Context, data []byte) error {
	r, h := c.Request(), c.Response().Header()
	for _, name := range conditions {
		if len(r.Header[name]) > 0 {
			if h.Get("ETag") == "" { // net/http answers 304 to "*"
				r = r.Clone(r.Context())
				r.Header.Del("If-None-Match")
			}
			part := &partWriter{ResponseWriter: c.Response()}
			http.ServeContent(part, r, "", time.Time{}, bytes.NewReader(data))
			if part.refused != 0 {
				return echo.NewHTTPError(part.refused)
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

// Forever is the Cache-Control of a response that never changes.
const Forever = "public, max-age=31536000, immutable"

// HasTag reports whether If-None-Match names the tag. It compares weakly, as RFC 9110, section 13.1.2, requires.
func HasTag(r *http.Request, tag string) bool {
	if tag == "" {
		return false
	}
	for given := range strings.SplitSeq(r.Header.Get("If-None-Match"), ",") {
		if strings.TrimPrefix(strings.TrimSpace(given), "W/") == tag {
			return true
		}
	}
	return false
}

// HasAny reports whether If-None-Match is "*", which only what is known to exist matches.
func HasAny(r *http.Request) bool { return strings.TrimSpace(r.Header.Get("If-None-Match")) == "*" }

// NotModified sends a 304 to a client that already has what has the ETag, with the Cache-Control.
func NotModified(c echo.Context, tag, lifetime string) error {
	h := c.Response().Header()
	maps.DeleteFunc(h, func(name string, _ []string) bool { return Always[name] != nil && confirming[name] == nil })
	h.Set("ETag", tag)
	h.Set("Cache-Control", lifetime)
	return c.NoContent(http.StatusNotModified)
}
