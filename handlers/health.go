package handlers

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"cards/preview"
)

func (s *server) healthz(c echo.Context) error { return private(c).String(http.StatusOK, "ok\n") }

// errNotReady is answered as an overloaded service is: come back in a moment.
var errNotReady = errors.Join(errors.New("not ready"), preview.ErrOverloaded)

// readyz says whether requests should come here: not while starting, draining or without the database.
func (s *server) readyz(c echo.Context) error {
	if !s.Ready() {
		return errNotReady
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), 2*time.Second)
	defer cancel()
	if err := s.Clicks.Ping(ctx); err != nil {
		return errors.Join(err, errNotReady)
	}
	return private(c).String(http.StatusOK, "ready\n")
}
