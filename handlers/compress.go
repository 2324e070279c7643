package handlers

import (
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"
	"github.com/labstack/echo/v4"
)

// minCompressed is the size in bytes below which compression does not pay.
const minCompressed = 1024

// gzipLevel is the level that brings 5,000 whole stories of a list under 2 MB: 1.81 MB, where the default level, 5,
// gives 2.47 MB. It takes some 20 ms for a page of 100 of them, on a busy machine.
const gzipLevel = 9

// newCompressor returns middleware that compresses text, JSON, HTML, XML and SVG with gzip, or with zstd if the client
// prefers it. An ETag gets the suffix -gzip or -zstd, since other bytes have another tag. Pictures and archives are
// compressed already. HEAD gets the headers that GET would get (RFC 9110, section 9.3.2): for HEAD, gzhttp would not
// compress, and net/http would send the Content-Length of the plain body.
func newCompressor() echo.MiddlewareFunc {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(minCompressed), gzhttp.CompressionLevel(gzipLevel),
		gzhttp.EnableZstd(true), gzhttp.SuffixETag("-gzip"))
	if err != nil {
		panic(err) // the options are constants
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) (err error) {
			sent := c.Response()
			plain := sent.Writer
			defer func() { sent.Writer = plain }() // an error is answered after this middleware
			r := c.Request()
			if r.Method == http.MethodHead {
				get := *r
				get.Method, r = http.MethodGet, &get
			}
			wrap(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				sent.Writer = w
				err = next(c) // with the request itself
			})).ServeHTTP(plain, r)
			return err
		}
	}
}

// isCompressed reports whether a route answers only with pictures, which are requested most often, or with files that
// were compressed in advance.
func isCompressed(path string) bool {
	return strings.HasPrefix(path, "/cards/") || strings.HasPrefix(path, "/v1/card.") || strings.HasPrefix(path, "/embed/")
}
