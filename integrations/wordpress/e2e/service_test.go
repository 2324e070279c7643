package e2e

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"newsroom.example/cards/internal/app"
)

// token is the API token of the service.
const token = "token-of-the-wordpress-tests-0123456789"

// service is a service of cards that can be stopped and started again, on the same port and data.
type service struct {
	url, token string
	config     app.Config
	end        func()
}

func newService(data string) (*service, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	s := &service{url: "http://" + addr, token: token, config: app.Config{
		Addr: addr, Data: data, MemoryCache: 1 << 20, Token: token, PublicURL: "http://" + addr,
	}}
	return s, s.start()
}

// start starts the service, unless it runs.
func (s *service) start() error {
	if s.end != nil {
		return nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	a, err := app.New(ctx, s.config, slog.New(slog.DiscardHandler))
	if err != nil {
		cancel()
		return err
	}
	done := make(chan error, 1)
	go func() { done <- a.Serve(ctx) }()
	s.end = func() {
		cancel()
		select {
		case <-done:
		case <-time.After(patience):
			fmt.Println("the service does not stop")
		}
		a.Close()
	}
	return nil
}

func (s *service) stop() {
	if s.end != nil {
		s.end()
		s.end = nil
	}
}
