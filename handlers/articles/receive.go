package articles

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/internal/fault"
)

// Limits of uploads, which are held in memory: the bytes of one, of those of one client and of all, and how long one
// waits for bytes that others hold.
const (
	maxPhoto   = 10 << 20
	maxClient  = 16 << 20
	maxUploads = 32 << 20
	uploadWait = 5 * time.Second
)

// Limits of the time that an upload takes. It may be paceTime behind paceSpeed, in bytes a second, as photos that are
// fetched may. The whole body must come within uploadTime, the ReadTimeout of the server, and be handled within
// handleTime, so that the response is sent before the server's WriteTimeout.
const (
	paceSpeed  = 8 << 10
	paceTime   = 2 * time.Second
	uploadTime = 15 * time.Second
	handleTime = 10 * time.Second
)

// firstBytes is how much memory an upload takes before anything has come. It takes twice as much each time.
const firstBytes = 64 << 10

var (
	// errNoRoom reports that too much is being uploaded at the same time.
	errNoRoom = fault.New(fault.Overloaded, "uploads: no room")
	errSlow   = fault.InField("body", fmt.Sprintf(
		"came too slowly; it must come at %d bytes a second at least, and within %d seconds",
		paceSpeed, uploadTime/time.Second))
)

// receive calls use with the body, which may have most bytes, and which use must not retain. The context ends when the
// response must be sent.
func (h *Handlers) receive(c echo.Context, most int64, use func(ctx context.Context, data []byte) error) error {
	r, size := c.Request(), c.Request().ContentLength
	switch {
	case size > most:
		return &http.MaxBytesError{Limit: most}
	case size < 0:
		size = most
	}
	mine := h.uploads.enter(access.Client(c.RealIP()))
	defer mine.leave()
	now := time.Now()
	u := upload{
		portion: mine, size: size, body: http.MaxBytesReader(c.Response(), r.Body, size),
		connection: http.NewResponseController(c.Response()), until: now.Add(uploadTime), pace: now.Add(paceTime),
	}
	if err := u.read(r.Context()); err != nil {
		return err
	}
	mine.complete()
	ctx, cancel := context.WithTimeout(r.Context(), handleTime)
	defer cancel()
	return use(ctx, u.data)
}

// upload is a body that is being read.
type upload struct {
	portion    *portion
	size       int64 // maximum length of the body
	body       io.Reader
	connection *http.ResponseController
	data       []byte

	until time.Time // when the whole body must have come
	pace  time.Time // when more must have come
}

// read reads the whole body.
func (u *upload) read(ctx context.Context) error {
	for {
		if len(u.data) == cap(u.data) {
			if err := u.grow(ctx); err != nil {
				return err
			}
		}
		n, err := u.body.Read(u.data[len(u.data):cap(u.data)])
		u.data = u.data[:len(u.data)+n]
		switch {
		case errors.Is(err, io.EOF):
			_ = u.connection.SetReadDeadline(time.Time{}) // else the deadline would end the request while it is handled
			return nil
		case err != nil:
			return readError(err)
		}
		u.came(n)
	}
}

// grow takes twice as much memory, but not more than the body can fill, and one byte to see its end.
func (u *upload) grow(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, uploadWait)
	defer cancel()
	began := time.Now()
	room := min(u.size+1, max(firstBytes, 2*int64(cap(u.data))))
	if u.portion.grow(ctx, room) != nil {
		return errNoRoom
	}
	u.data = append(make([]byte, 0, room), u.data...)
	u.pace = u.pace.Add(time.Since(began)) // the client did not cause the wait
	u.came(0)
	return nil
}

// came extends the time for the next bytes by that of the bytes that have come, to paceTime at most. The deadline
// replaces that of the server. Only connections of tests have none.
func (u *upload) came(bytes int) {
	latest := time.Now().Add(paceTime)
	u.pace = u.pace.Add(time.Duration(bytes) * time.Second / paceSpeed)
	if u.pace.After(latest) {
		u.pace = latest
	}
	if u.pace.After(u.until) {
		u.pace = u.until
	}
	_ = u.connection.SetReadDeadline(u.pace)
}

// readError returns the error of a body that could not be read.
func readError(err error) error {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return err
	case errors.Is(err, os.ErrDeadlineExceeded):
		return errSlow
	}
	return fmt.Errorf("body: %w: %w", fault.ErrInvalid, err)
}
