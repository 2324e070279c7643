package main

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/kakao"
)

type signCommand struct {
	Address string        `arg:"" name:"path?query" help:"The path and query to sign, such as '/v1/card.jpg?headline=Hello' or '/kakao?url=https://news.example/storm&title=Storm'."`
	Expires time.Duration `placeholder:"24h" help:"How long the signed URL is valid. Default: it never expires."`
	keySettings
}

func (c signCommand) Run(std stdio) error {
	path, query, _ := strings.Cut(c.Address, "?")
	check, ok := signable[path]
	if !ok {
		return usagef("path: %q must be /v1/card.jpg, /v1/card.png or /kakao", path)
	}
	q, err := url.ParseQuery(query)
	if err != nil {
		return usagef("query: %v", err)
	}
	if err := check(q); err != nil {
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

// signable has, for each path that can be signed, the check of its query.
var signable = map[string]func(url.Values) error{
	"/v1/card.jpg": checkCard, "/v1/card.png": checkCard, "/kakao": kakao.CheckQuery,
}

func checkCard(q url.Values) error {
	_, err := card.Parse(q)
	return err
}

// oneLine folds a joined error into one line.
func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }
