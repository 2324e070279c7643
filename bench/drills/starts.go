package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"newsroom.example/cards/bench/internal/instance"
)

// startsWithout starts the service while the server is away.
func (b *bench) startsWithout(ctx context.Context, begin, end func() error) error {
	return b.onPostgres(postgresOptions{}, func() error {
		s, l, err := b.startLoaded(ctx)
		if err != nil {
			return err
		}
		if err := errors.Join(l.tap(ctx), s.Stop(), begin()); err != nil {
			return err
		}
		addr, err := freeAddr()
		if err != nil {
			return errors.Join(err, end())
		}
		type start struct {
			s   *instance.Service
			err error
		}
		started, began := make(chan start, 1), time.Now()
		go func() {
			s, err := instance.StartAt(ctx, b.program, addr, b.data, b.settings()...)
			started <- start{s, err}
		}()
		answers := b.until(func() bool { return statusOf("http://"+addr+"/healthz") == http.StatusOK })
		b.hold("/healthz answers 200 after", answers < mostRecovery, "5 s at most", "%v", answers.Round(10*time.Millisecond))
		status := statusOf("http://" + addr + "/readyz")
		b.hold("/readyz", status == http.StatusServiceUnavailable, "503", "%d", status)
		status = statusOf("http://" + addr + l.short)
		b.hold("a redirect, of which it knows nothing", status == http.StatusServiceUnavailable, "503", "%d", status)
		time.Sleep(b.length)
		if err := end(); err != nil {
			return err
		}
		back := time.Now()
		now := <-started
		if now.err != nil {
			return now.err
		}
		took := time.Since(back)
		b.out.named, b.out.again = answers, took
		b.hold("ready after the server is back", took <= mostRecovery, "5 s at most", "%v", took.Round(10*time.Millisecond))
		l.move(now.s)
		b.acknowledged(ctx, l, fault{}, "afterwards")
		b.out.row = []string{
			seconds(back.Sub(began)), "503", "503", "-", seconds(answers) + ", answers 503", seconds(took), b.lost(),
		}
		return now.s.Stop()
	})
}

// until waits for the condition, at most twice as long as a recovery may take, and returns how long that was.
func (b *bench) until(condition func() bool) time.Duration {
	began := time.Now()
	for !condition() && time.Since(began) < 2*mostRecovery {
		time.Sleep(20 * time.Millisecond)
	}
	return time.Since(began)
}

// statusOf returns the status of a page, 0 if nothing answers.
func statusOf(url string) int {
	client := http.Client{Timeout: mostRecovery}
	resp, err := client.Get(url)
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

// freeAddr returns an address of this machine where nothing listens.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
