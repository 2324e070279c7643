package handlers

import (
	"bytes"
	"log/slog"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
)

// null takes an answer and keeps only its headers, as net/http does between two requests.
type null struct {
	header http.Header
	status int
}

func (n *null) Header() http.Header         { return n.header }
func (n *null) WriteHeader(status int)      { n.status = status }
func (n *null) Write(p []byte) (int, error) { return len(p), nil }

// bareEcho is the least that a service on Echo does for a picture that it has in memory.
func bareEcho(data []byte, tag string) http.Handler {
	e := echo.New()
	e.GET("/*", func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("ETag", tag)
		h.Set("Cache-Control", cacheForever)
		if c.Request().Header.Get("If-None-Match") == tag {
			return c.NoContent(http.StatusNotModified)
		}
		h.Set("Content-Length", strconv.Itoa(len(data)))
		return c.Blob(http.StatusOK, "image/jpeg", data)
	})
	return e
}

// BenchmarkKept is a kept picture by both ways and from a bare Echo handler, without the network.
func BenchmarkKept(b *testing.B) {
	tag := card.Key(fakeKey).ETag()
	for kind, target := range map[string]string{"article": "/cards/storm-1/v/og.jpg", "signed": signedAddress(b, time.Time{})} {
		h, f, _ := hotHouse(b, slog.LevelInfo)
		h.pictures.kept = bytes.Repeat([]byte("x"), 200_000)
		f.Now = time.Now
		for way, handler := range map[string]http.Handler{"short": f, "long": f.echo, "bare": bareEcho(h.pictures.kept, tag)} {
			b.Run(kind+"/200/"+way, func(b *testing.B) { answers(b, handler, http.StatusOK, target) })
			b.Run(kind+"/304/"+way, func(b *testing.B) {
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
