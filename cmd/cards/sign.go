package main

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/kakao"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/lazyregexp"
)

type signCommand struct {
	Address string        `arg:"" name:"path?query" help:"The path and query to sign, such as '/v1/card.jpg?headline=Hello', '/kakao?url=https://news.example/storm&title=Storm' or, for a registered story's picture in a size that is not public, /cards/storm-1/5fnay3p9jmkxqv0d/640x480.jpg."`
	Expires time.Duration `placeholder:"24h" help:"How long the signed URL is valid. Default: it never expires."`
	keySettings
}

func (c signCommand) Run(std stdio) error {
	path, query, _ := strings.Cut(c.Address, "?")
	check, ok := signable[path]
	if !ok {
		if err := checkPicture(path); err != nil {
			return usagef("path: %q %v", path, err)
		}
		check = checkNone
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

// articlePicture matches the path of an article's picture, of one version or of the current one.
var articlePicture = lazyregexp.New(`^/cards/([^/]+)/(?:[a-z0-9]+/)?([^/.]+)\.(?:jpg|png)$`)

// checkPicture checks that the path is that of an article's picture in a size that needs a signature.
func checkPicture(path string) error {
	parts := articlePicture().FindStringSubmatch(path)
	if parts == nil || article.CheckID(parts[1]) != nil {
		return errors.New("must be /v1/card.jpg, /v1/card.png, /kakao or an article's picture, such as " +
			"/cards/storm-1/5fnay3p9jmkxqv0d/640x480.jpg")
	}
	size, err := card.ParseSize(parts[2])
	switch {
	case err != nil:
		return fmt.Errorf("has a size that %w", err)
	case size.Public():
		return errors.New("needs no signature: the size is public")
	}
	return nil
}

// checkNone checks that an article's picture has no query.
func checkNone(q url.Values) error {
	if len(q) > 0 {
		return errors.New("the picture of an article has none")
	}
	return nil
}

// oneLine folds a joined error into one line.
func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }
