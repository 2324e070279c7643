package handlers

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/metrics"
	"newsroom.example/cards/internal/store"
)

// null takes an answer and keeps only its headers, as net/http does between two requests.
type null struct {
	header http.Header
	status int
}

func (n *null) Header() http.Header         { return n.header }
func (n *null) WriteHeader(status int)      { n.status = status }
func (n *null) Write(p []byte) (int, error) { return len(p), nil }

// watching counts requests as the service does for Prometheus.
type watching struct{ *metrics.Requests }

func (watching) SignInFailed(string) {}

// bareEcho is the least that a service on Echo does for a picture that it has in memory.
func bareEcho(data []byte, tag string) http.Handler {
	e := echo.New()
	e.GET("/*", func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("ETag", tag)
		h.Set("Cache-Control", answer.Forever)
		if c.Request().Header.Get("If-None-Match") == tag {
			return c.NoContent(http.StatusNotModified)
		}
		h.Set("Content-Length", strconv.Itoa(len(data)))
		return c.Blob(http.StatusOK, "image/jpeg", data)
	})
	return e
}

// BenchmarkCached is a picture that was drawn before, from the service and from a bare Echo handler, without
// the network.
func BenchmarkCached(b *testing.B) {
	key := card.Key(fakeKey)
	for kind, tt := range map[string]struct {
		target string
		tag    string
	}{
		"article": {story, key.ETag()}, "signed": {signedAddress(b, time.Time{}), key.ETag()},
		"by URL": {signedWith(newHouse(b), photoURL), key.With(photoID).ETag()},
	} {
		target, tag := tt.target, tt.tag
		h := newHouse(b)
		h.pictures.kept, h.pictures.keptPhoto = bytes.Repeat([]byte("x"), 200_000), photoID
		h.deps.Now = time.Now
		h.deps.Log = slog.New(slog.DiscardHandler)
		h.deps.Watch = watching{metrics.New("", metrics.Values{}).Requests}
		service, err := New(h.deps)
		if err != nil {
			b.Fatal(err)
		}
		for from, handler := range map[string]http.Handler{"service": service, "bare": bareEcho(h.pictures.kept, tag)} {
			b.Run(kind+"/200/"+from, func(b *testing.B) { answers(b, handler, http.StatusOK, target) })
			b.Run(kind+"/304/"+from, func(b *testing.B) {
				answers(b, handler, http.StatusNotModified, target, "If-None-Match", tag)
			})
		}
	}
}

// answers asks for the target over and over.
func answers(b *testing.B, h http.Handler, status int, target string, headers ...string) {
	r := request("GET", target, "", headers...)
	r.RequestURI = target
	b.ReportAllocs()
	for b.Loop() {
		w := &null{header: http.Header{}}
		if h.ServeHTTP(w, r); w.status != status {
			b.Fatal(w.status)
		}
	}
}

// nullClicks counts nothing.
type nullClicks struct{ fakeClicks }

func (*nullClicks) AddClick(context.Context, store.Click) error { return nil }
func (*nullClicks) AddUncounted(store.Uncounted) error          { return nil }

// BenchmarkShortLink is a redirect, without the network and the database.
func BenchmarkShortLink(b *testing.B) {
	h := newHouse(b)
	h.deps.Clicks = &nullClicks{}
	h.deps.Now = time.Now
	h.deps.Watch = watching{metrics.New("", metrics.Values{}).Requests}
	service, err := New(h.deps)
	if err != nil {
		b.Fatal(err)
	}
	for name, agent := range map[string]string{
		"reader": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
		"robot":  "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
	} {
		b.Run(name, func(b *testing.B) {
			answers(b, service, http.StatusFound, "/s/abcdefg", "User-Agent", agent)
		})
	}
}
