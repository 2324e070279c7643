// Command bareecho serves the bytes of a file from memory through Echo alone: the least that a
// service on Echo does for a picture. It prints its address; FILE is a JPEG.
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

// handler answers the picture with its ETag, or 304 to who has it.
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
		h.Set("Content-Length", strconv.Itoa(len(picture))) // or Echo sends it in chunks
		return c.Blob(http.StatusOK, "image/jpeg", picture)
	})
	return e
}
