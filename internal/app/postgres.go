package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"newsroom.example/cards/handlers"
	"newsroom.example/cards/internal/conns"
	"newsroom.example/cards/internal/queue"
	"newsroom.example/cards/internal/store/postgres"
	"newsroom.example/cards/internal/store/recall"
)

// openPostgres is openDatabase for PostgreSQL. While its server cannot be reached, openPostgres waits.
func (a *App) openPostgres(ctx context.Context, c Config, s *stored) error {
	jobs, err := queue.ForPostgres()
	if err != nil {
		return err
	}
	var db *postgres.DB
	err = a.await(ctx, func() (err error) {
		if db == nil {
			db, err = postgres.Open(ctx, c.Database,
				postgres.Options{Window: c.ClickWindow, Log: a.log, Stored: following(jobs, c)})
		}
		if err != nil {
			return err
		}
		return db.Use(ctx)
	})
	if db != nil {
		a.onClose(db.Close)
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return settingf("database", "%v", err)
	}
	remembering := recall.New(a.watchStore(db), recallBytes)
	s.database, s.readers = remembering, remembering.Readers()
	s.queue = func(c queue.Config) (*queue.Queue, error) { return queue.OnPostgres(db.Jobs(), c) }
	return nil
}

// recallBytes is the memory of the articles that readers get while the database is away; docs/budgets.md.
const recallBytes = 8 << 20

// How often a database that cannot be reached is tried again, from when on one that does not answer hangs, and how
// often the log says so.
const (
	tryEvery   = 500 * time.Millisecond
	hangsAfter = time.Second
	sayEvery   = 5 * time.Second
)

// await calls try, which uses the database, until it succeeds, fails with an error that waiting does not help, or ctx
// ends. Meanwhile the service answers that it is not ready, also while the database hangs.
func (a *App) await(ctx context.Context, try func() error) (err error) {
	w := waiting{app: a, began: time.Now()}
	defer w.end(&err)
	for {
		err := w.watch(try)
		if err == nil || ctx.Err() != nil || postgres.IsLasting(err) {
			return err
		}
		w.say(err)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(tryEvery):
		}
	}
}

// waiting is a start that waits for the database.
type waiting struct {
	app         *App
	began, said time.Time
	stop        func() error // ends the answers that it waits; nil: there are none
}

// errHangs is what the log says of a database that does not answer.
var errHangs = errors.New("no answer yet")

// watch calls try, and says so if that takes long.
func (w *waiting) watch(try func() error) error {
	tried := make(chan error, 1)
	go func() { tried <- try() }()
	for {
		select {
		case err := <-tried:
			return err
		case <-time.After(hangsAfter):
			w.say(errHangs)
		}
	}
}

// say answers requests from now on, and logs the reason now and then.
func (w *waiting) say(reason error) {
	if w.stop == nil {
		w.stop = w.app.answerWaiting()
	}
	if time.Since(w.said) >= sayEvery {
		w.said = time.Now()
		w.app.log.Warn("waiting for the database", "seconds", time.Since(w.began).Seconds(), "error", reason.Error())
	}
}

// end ends the answers. err is the result of waiting.
func (w *waiting) end(err *error) {
	if w.stop == nil {
		return
	}
	if stopErr := w.stop(); stopErr != nil {
		w.app.log.Error("the end of waiting", "error", stopErr)
	}
	if *err == nil {
		w.app.log.Info("the database can be reached", "seconds", time.Since(w.began).Seconds())
	}
}

// stopTime is how long requests that are being answered while the service waits may take to end.
const stopTime = time.Second

// answerWaiting answers the requests of the public listener with handlers.Waiting until stop is called. Then the
// listener goes on, with the connections that were not accepted yet.
func (a *App) answerWaiting() (stop func() error) {
	listener := conns.Listen(a.listener.(*net.TCPListener), a.limits)
	server := &http.Server{
		Handler: handlers.Waiting(), ConnState: listener.Track, DisableGeneralOptionsHandler: true,
		ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(paused{listener}) }()
	return func() error {
		ctx, cancel := context.WithTimeout(context.Background(), stopTime)
		defer cancel()
		err := server.Shutdown(ctx)
		if errors.Is(err, context.DeadlineExceeded) {
			err = server.Close()
		}
		if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
			err = errors.Join(err, fmt.Errorf("waiting: %w", served))
		}
		return errors.Join(err, listener.SetDeadline(time.Time{}))
	}
}

// paused is a listener whose end does not close its socket. SetDeadline makes it accept connections again.
type paused struct{ *conns.Listener }

// Close ends Accept.
func (p paused) Close() error { return p.SetDeadline(time.Unix(1, 0)) }
