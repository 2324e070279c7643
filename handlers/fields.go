package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/internal/fault"
)

// maxFields is the maximum number of header fields of a request. Browsers send about twenty. Each takes about a hundred
// bytes of memory beside its text: 5,000 short ones in 32 KB take half a megabyte for as long as the request lasts.
const maxFields = 128

var errFields = fault.Public(fault.Invalid, "too many header fields",
	"the request has more than "+strconv.Itoa(maxFields)+" header fields")

// fewFields rejects requests with too many header fields. It frees them, and closes the connection, so that they are
// not held while net/http waits for the rest of the body.
func fewFields(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r, fields := c.Request(), 0
		for _, values := range r.Header {
			fields += len(values)
		}
		if fields > maxFields {
			r.Header = http.Header{}
			c.Response().Header().Set("Connection", "close")
			return errFields
		}
		return next(c)
	}
}
