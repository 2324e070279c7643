package main

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"newsroom.example/cards/card"
)

type signCommand struct {
	Address string        `arg:"" name:"path?query" help:"The path and query to sign, such as '/v1/card.jpg?headline=Hello'."`
	Expires time.Duration `placeholder:"24h" help:"How long the signed URL is valid. Default: it never expires."`
	keySettings
}

func (c signCommand) Run(std stdio) error {
	path, query, _ := strings.Cut(c.Address, "?")
	if path != "/v1/card.jpg" && path != "/v1/card.png" {
		return usagef("path: %q must be /v1/card.jpg or /v1/card.png", path)
	}
	q, err := url.ParseQuery(query)
	if err != nil {
		return usagef("query: %v", err)
	}
	if _, err := card.Parse(q); err != nil {
		return usagef("query: %s", oneLine(err))
	}
	if c.Expires < 0 {
		return usagef("--expires: must not be negative")
	}
	signer, err := c.signer()
	if err != nil {
		return err
	}
	var until time.Time
	if c.Expires > 0 {
		until = time.Now().Add(c.Expires)
	}
	_, err = fmt.Fprintf(std.out, "%s?%s\n", path, signer.Sign(path, q, until).Encode())
	return err
}

// oneLine folds a joined error into one line.
func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }
