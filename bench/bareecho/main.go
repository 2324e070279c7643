// Command bareecho serves a JPEG file from memory with Echo and nothing else, and redirects from /s/CODE. It shows the
// maximum rate at which a service that uses Echo can serve a picture or redirect. It prints the URL of the picture.
//
//	bareecho FILE
package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"github.com/labstack/echo/v4"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bareecho:", err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) != 2 {
		return errors.New("usage: bareecho FILE")
	}
	picture, err := os.ReadFile(os.Args[1])
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("http://%s/picture.jpg\n", listener.Addr())
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	server := &http.Server{Handler: handler(picture)}
	go func() { <-ctx.Done(); server.Close() }()
	if err := server.Serve(listener); err != http.ErrServerClosed {
		return err
	}
	return nil
}

// handler returns a handler that serves the picture with an ETag, and 304 if the request has that ETag.
func handler(picture []byte) http.Handler {
	e := echo.New()
	e.Logger.SetOutput(io.Discard)
	etag := fmt.Sprintf(`"%x"`, sha256.Sum256(picture))
	e.GET("/picture.jpg", func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("ETag", etag)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		if c.Request().Header.Get("If-None-Match") == etag {
			return c.NoContent(http.StatusNotModified)
		}
		h.Set("Content-Length", strconv.Itoa(len(picture))) // otherwise the response is chunked
		return c.Blob(http.StatusOK, "image/jpeg", picture)
	})
	e.GET("/s/:code", func(c echo.Context) error {
		return c.Redirect(http.StatusFound, "https://news.example/storm?id="+c.Param("code"))
	})
	return e
}
