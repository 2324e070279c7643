package answer

import (
	"bytes"
	"net/http"

	"github.com/labstack/echo/v4"
)

// Page answers 200 with HTML that write makes, under a content security policy.
func Page(c echo.Context, policy string, write func(http.ResponseWriter) error) error {
	return PageWithStatus(c, http.StatusOK, policy, write)
}

// PageWithStatus is Page with another status.
func PageWithStatus(c echo.Context, status int, policy string, write func(http.ResponseWriter) error) error {
	var out pageBuffer
	if err := write(&out); err != nil {
		return err
	}
	c.Response().Header().Set("Content-Security-Policy", policy)
	return c.HTMLBlob(status, out.Bytes())
}

// pageBuffer holds a page until it is whole, so that a fault is never half a page.
type pageBuffer struct{ bytes.Buffer }

func (*pageBuffer) Header() http.Header { return http.Header{} }
func (*pageBuffer) WriteHeader(int)     {}
