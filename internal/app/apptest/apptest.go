// Package apptest starts the whole service for tests of other packages.
package apptest

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"newsroom.example/cards/internal/app"
)

// Config returns settings with a port of its own and a new data folder, which ends with the test.
func Config(t testing.TB) app.Config {
	return app.Config{
		Addr: "127.0.0.1:0", Data: filepath.Join(t.TempDir(), "data"), MemoryCache: 1 << 20, ClickWindow: time.Minute,
	}
}

// Start starts a service, which ends with the test.
func Start(t testing.TB, c app.Config) *app.App {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	a, err := app.New(ctx, c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- a.Serve(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		a.Close()
	})
	return a
}
