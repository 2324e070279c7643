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

// partWriter discards the text of net/http's range errors: errors of this service are JSON.
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

// Bytes sends the bytes, or the range that the request asks for.
func Bytes(c echo.Context, data []byte) error {
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

// Forever is the Cache-Control of a response that never changes.
const Forever = "public, max-age=31536000, immutable"

// Matches compares If-None-Match weakly, as RFC 9110, section 13.1.2, requires.
func Matches(header, tag string) bool {
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

// NotModified sends a 304 to a client that already has the picture with the ETag, with the Cache-Control.
func NotModified(c echo.Context, tag, lifetime string) error {
	h := c.Response().Header()
	maps.DeleteFunc(h, func(name string, _ []string) bool { return Always[name] != nil && confirming[name] == nil })
	h.Set("ETag", tag)
	h.Set("Cache-Control", lifetime)
	return c.NoContent(http.StatusNotModified)
}
