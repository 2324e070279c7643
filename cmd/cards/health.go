package main

import (
	"context"

	"newsroom.example/cards/internal/health"
)

type healthCommand struct {
	URL  string `arg:"" optional:"" placeholder:"URL" help:"URL of the service; its path is /readyz unless the URL has one. Default: where --addr says."`
	Addr string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Address where the service listens, as for serve. Default: 127.0.0.1:8080."`

	TLSCert    string   `name:"tls-cert" placeholder:"FILE" help:"As for serve: the service is asked over HTTPS."`
	ACMEDomain []string `name:"acme-domain" placeholder:"HOST" help:"As for serve: the service is asked over HTTPS."`
}

// Run asks the service once. It prints nothing if the service is ready.
func (c healthCommand) Run(ctx context.Context) error {
	flag, target := "--addr", c.Addr
	if c.URL != "" {
		flag, target = "URL", c.URL
	}
	address, err := health.Address(target, c.TLSCert != "" || len(c.ACMEDomain) > 0)
	if err != nil {
		return usagef("%s: %v", flag, err)
	}
	return health.Check(ctx, address)
}
