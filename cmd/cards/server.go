package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"sync/atomic"
	"time"

	"newsroom.example/cards/handlers"
)

// Limits of the listener (security.md: slow and oversized requests).
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 15 * time.Second
	writeTimeout      = 30 * time.Second
	idleTimeout       = 60 * time.Second
	maxHeaderBytes    = 32 << 10
	maxConnections    = 2048
	drainTimeout      = 15 * time.Second
)

// server is the assembled service, listening but not yet serving.
type server struct {
	listener  net.Listener
	admin     net.Listener // nil unless asked for
	handler   http.Handler
	publicURL string
	token     string
	log       *slog.Logger
	state     *lifecycle
	closers   []func() error
}

// lifecycle is what /readyz asks: whether requests should come here.
type lifecycle struct{ serving atomic.Bool }

func (l *lifecycle) Ready() bool { return l.serving.Load() }

// serve answers until ctx ends. Then it refuses to be ready at once, and lets the requests
// in flight finish.
func (s *server) serve(ctx context.Context) error {
	public := &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			return handlers.WithTogether(ctx, c.(*conn).Together)
		},
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 2)
	s.state.serving.Store(true) // before the first request can ask
	go func() { failed <- public.Serve(newListener(s.listener, maxConnections)) }()
	if s.admin != nil {
		admin := &http.Server{Handler: adminHandler(), ReadHeaderTimeout: readHeaderTimeout, IdleTimeout: idleTimeout}
		defer admin.Close()
		go func() { failed <- admin.Serve(s.admin) }()
	}
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	s.state.serving.Store(false)
	s.log.Info("draining")
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
	defer cancel()
	if err := public.Shutdown(drain); err != nil {
		return fmt.Errorf("drain: %w", err)
	}
	return nil
}

// close ends what the handler used, in the reverse order of its making.
func (s *server) close() {
	for i := len(s.closers) - 1; i >= 0; i-- {
		if err := s.closers[i](); err != nil {
			s.log.Error("close", "error", err)
		}
	}
}

// adminHandler is for operators alone, on a listener of its own.
func adminHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return mux
}

// listen opens the address of the flag.
func listen(flag, addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	var op *net.OpError
	if errors.As(err, &op) {
		err = op.Err
	}
	if err != nil {
		return nil, usagef("--%s: cannot listen on %q: %v", flag, addr, err)
	}
	return l, nil
}
