package answer

import (
	"bytes"
	"net/http"

	"github.com/labstack/echo/v4"
)

// Page answers 200 with the HTML that write produces and a content security policy.
func Page(c echo.Context, policy string, write func(http.ResponseWriter) error) error {
	return PageWithStatus(c, http.StatusOK, policy, write)
}

// PageWithStatus is like Page, with another status.
func PageWithStatus(c echo.Context, status int, policy string, write func(http.ResponseWriter) error) error {
	var out pageBuffer
	if err := write(&out); err != nil {
		return err
	}
	c.Response().Header().Set("Content-Security-Policy", policy)
	return c.HTMLBlob(status, out.Bytes())
}

// pageBuffer holds a page until it is complete, so that an error never sends half a page.
type pageBuffer struct{ bytes.Buffer }

func (*pageBuffer) Header() http.Header { return http.Header{} }
func (*pageBuffer) WriteHeader(int)     {}
