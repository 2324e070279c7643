package handlers

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/pictures"
)

// TestWhatIsLoggedOfErrors: overload has one line a minute with a count, a fault of the service a line each,
// and clients that have gone none above debug.
func TestWhatIsLoggedOfErrors(t *testing.T) {
	for name, tt := range map[string]struct {
		err  error
		gone bool // the client, before the answer
		want string
	}{
		"overload":            {err: pictures.ErrOverloaded, want: `level=WARN msg="requests were refused" code=overloaded count=1 | level=WARN msg="requests were refused" code=overloaded count=3`},
		"a fault":             {err: errors.New("broken"), want: strings.TrimSuffix(strings.Repeat(`level=ERROR msg="request failed" status=500 | `, 4), " | ")},
		"gone":                {err: context.Canceled, gone: true},
		"gone while it broke": {err: errors.New("interrupted"), gone: true},
	} {
		h := newHouse(t)
		h.pictures.draw = func(card.Card, string, pictures.Options) (pictures.Image, error) {
			return pictures.Image{}, tt.err
		}
		var out bytes.Buffer
		h.deps.Log = slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelWarn, ReplaceAttr: onlyShape}))
		now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
		h.deps.Now = func() time.Time { return now }
		service, err := newService(t, h.deps)
		if err != nil {
			t.Fatal(err)
		}
		for _, wait := range []time.Duration{0, time.Second, 58 * time.Second, time.Second} {
			now = now.Add(wait)
			ctx, cancel := context.WithCancel(t.Context())
			if tt.gone {
				cancel()
			}
			service.ServeHTTP(httptest.NewRecorder(), request("GET", "/cards/storm-1/v/og.jpg", "").WithContext(ctx))
			cancel()
		}
		if got := strings.Join(strings.Split(strings.TrimSpace(out.String()), "\n"), " | "); got != tt.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestPanicAfterTheHeaders: it is logged, and the client's connection ends before the response does.
func TestPanicAfterTheHeaders(t *testing.T) {
	var out bytes.Buffer
	s := &server{Deps: Deps{Log: slog.New(slog.NewTextHandler(&out, nil)), Now: func() time.Time { return noon }}}
	e := echo.New()
	e.GET("/", func(c echo.Context) error {
		c.Response().WriteHeader(200)
		panic("broken")
	}, s.recover)
	defer func() {
		if err, _ := recover().(error); !errors.Is(err, http.ErrAbortHandler) || !strings.Contains(out.String(), "panic: broken") {
			t.Errorf("panic %v, log %s", err, out.String())
		}
	}()
	e.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
}

// onlyShape leaves out of a log line what differs between runs.
func onlyShape(_ []string, a slog.Attr) slog.Attr {
	switch a.Key {
	case slog.TimeKey, "request_id", "error":
		return slog.Attr{}
	}
	return a
}
