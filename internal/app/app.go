// Package app assembles, starts and drains the service, for the command line and for tests.
package app

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"newsroom.example/cards/internal/conns"
	"newsroom.example/cards/internal/jobs"
	"newsroom.example/cards/internal/metrics"
	"newsroom.example/cards/internal/queue"
)

// Limits of the listener, against slow and oversized requests.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 15 * time.Second
	writeTimeout      = 30 * time.Second
	idleTimeout       = 60 * time.Second
	maxHeaderBytes    = 32 << 10
	drainTimeout      = 15 * time.Second
)

// App is the assembled service. It listens from New on, answers while Serve runs, and must be closed.
type App struct {
	URL   string // prefix of every absolute URL, without a trailing slash
	Token string // of the articles API

	// StudioURL opens the studio. If only this machine can reach the service, it holds a key that is made at each
	// start, in place of the API token.
	StudioURL string

	listener net.Listener
	limits   conns.Config // of the connections of listener
	admin    net.Listener // nil: none
	handler  http.Handler

	tls       *tls.Config  // of listener; nil: it answers over plain HTTP
	plain     net.Listener // leads to HTTPS; nil: none
	redirects http.Handler // of plain

	log      *slog.Logger
	drain    time.Duration    // how long the listener stays open after /readyz reports 503
	grace    time.Duration    // how long requests in flight may take after that
	serving  atomic.Bool      // what /readyz reports
	jobs     []jobs.Job       // of this process, run until Serve returns
	queue    *queue.Queue     // jobs of the database, done until Serve returns
	watched  []watched        // checked until Serve returns
	state    state            // of the parts, for operators
	metrics  *metrics.Metrics // nil: nobody can ask for them
	readings metrics.Readings // of metrics
	closers  []func() error
}

// Handler answers the requests of the public listener.
func (a *App) Handler() http.Handler { return a.handler }

// Serve answers requests until ctx ends. Then /readyz reports 503, so that a load balancer sends no more requests,
// and those that still come are answered for the time of Config.Drain. After that the listener is closed, and
// requests in flight have 15 seconds to finish; those that do not are cut off.
func (a *App) Serve(ctx context.Context) error {
	listener := conns.Listen(a.listener.(*net.TCPListener), a.limits)
	public := &http.Server{
		Handler: a.handler, ConnState: listener.Track, DisableGeneralOptionsHandler: true,
		ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
		ErrorLog: slog.NewLogLogger(a.log.Handler(), slog.LevelDebug),
	}
	a.useTLS(public)
	failed := make(chan error, 3)
	var background sync.WaitGroup
	working, stop := context.WithCancel(ctx)
	defer func() { stop(); background.Wait() }()
	background.Go(func() { jobs.Run(working, a.log, a.jobs...) })
	background.Go(func() { a.queue.Run(working) })
	for _, w := range a.watched {
		background.Go(func() { w.watch(working, a.log) })
	}
	a.serving.Store(true) // before the first request can ask
	go func() { failed <- a.answer(public, listener) }()
	if a.plain != nil {
		plain := a.plainServer()
		defer plain.Close()
		go func() { failed <- plain.Serve(conns.Listen(a.plain.(*net.TCPListener), a.limits)) }()
	}
	if a.admin != nil {
		admin := &http.Server{Handler: a.adminHandler(), ReadHeaderTimeout: readHeaderTimeout, IdleTimeout: idleTimeout}
		defer admin.Close()
		go func() { failed <- admin.Serve(a.admin) }()
	}
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	a.serving.Store(false)
	a.log.Info("draining")
	select {
	case err := <-failed:
		return err
	case <-time.After(a.drain):
	}
	return a.shutDown(context.WithoutCancel(ctx), public, listener)
}

// shutDown closes the listener and waits for the requests in flight, and for those of connections that were accepted.
func (a *App) shutDown(ctx context.Context, public *http.Server, listener *conns.Listener) error {
	ctx, cancel := context.WithTimeout(ctx, a.grace)
	defer cancel()
	public.SetKeepAlivesEnabled(false)
	finished := listener.Finish(ctx)
	err := cmp.Or(public.Shutdown(ctx), finished)
	if errors.Is(err, context.DeadlineExceeded) {
		a.log.Warn("requests that did not end in time are cut off", "seconds", a.grace.Seconds())
		err = public.Close()
	}
	if err != nil {
		return fmt.Errorf("drain: %w", err)
	}
	return nil
}

// Close closes everything that the service has opened, in reverse order, and logs errors.
func (a *App) Close() {
	for _, closer := range slices.Backward(a.closers) {
		if err := closer(); err != nil {
			a.log.Error("close", "error", err)
		}
	}
	a.closers = nil
}

// AdminURL is the address for operators; empty: there is none.
func (a *App) AdminURL() string {
	if a.admin == nil {
		return ""
	}
	return "http://" + a.admin.Addr().String()
}

// onClose makes Close call f.
func (a *App) onClose(f func() error) { a.closers = append(a.closers, f) }

// adminHandler answers operators on a separate listener.
func (a *App) adminHandler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", a.metrics.Handler())
	mux.Handle("GET /readyz", &a.state)
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return mux
}
