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

// Bytes answers the bytes: in one piece, unless a part is asked for.
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

// Forever is the Cache-Control of an answer that never changes.
const Forever = "public, max-age=31536000, immutable"

// Matches compares If-None-Match weakly, as RFC 9110, section 13.1.2, asks.
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

// NotModified answers 304 to a client that has the picture of the tag, which never changes.
func NotModified(c echo.Context, tag string) error {
	h := c.Response().Header()
	maps.DeleteFunc(h, func(name string, _ []string) bool { return Always[name] != nil && confirming[name] == nil })
	h.Set("ETag", tag)
	h.Set("Cache-Control", Forever)
	return c.NoContent(http.StatusNotModified)
}
