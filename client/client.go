// Package client calls the API of a cards service from Go. It registers articles, uploads photos, and returns share
// links, statistics and the Top list. To sign the URLs of pictures, use package card; that needs no request.
//
//	c, err := client.New("https://cards.example", os.Getenv("CARDS_API_TOKEN"))
//	...
//	story, err := c.PutArticle(ctx, "storm-1", client.Article{
//		URL: "https://news.example/storm", Headline: "Storm front stalls over the west coast",
//	}, client.PutOptions{})
//	fmt.Println(story.Images.OG.URL, story.ShortURL)
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
)

// Client calls one service. It is safe for concurrent use. HTTPClient may be replaced before the first call. Its
// timeout and the context's deadline should allow a PUT several seconds, because the service fetches the photo and
// renders the card before it answers.
type Client struct {
	HTTPClient *http.Client // http.DefaultClient unless replaced
	base       string
	token      string
}

// New returns a client of the service with the public URL base. token is the API token; ShareLinks, ShareBar and
// Top need none.
func New(base, token string) (*Client, error) {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("client: %q is not an http or https URL of a service", base)
	}
	return &Client{HTTPClient: http.DefaultClient, base: strings.TrimRight(base, "/"), token: token}, nil
}

// maxAnswer is the maximum size of a response, in bytes.
const maxAnswer = 16 << 20

// call is one request to the API.
type call struct {
	method, path string
	query        url.Values
	body         io.Reader
	contentType  string
	header       http.Header // further ones
}

// do sends the request and decodes the response into answer, unless that is nil. If the status is not 2xx, it
// returns an *Error.
func (c *Client) do(ctx context.Context, what call, answer any) error {
	_, err := c.doTagged(ctx, what, answer)
	return err
}

// doTagged is do, and returns the response's ETag.
func (c *Client) doTagged(ctx context.Context, what call, answer any) (tag string, err error) {
	raw, header, err := c.send(ctx, what)
	if err != nil || answer == nil {
		return "", err
	}
	if err := json.Unmarshal(raw, answer); err != nil {
		return "", fmt.Errorf("client: %s %s: %w", what.method, what.path, err)
	}
	return header.Get("ETag"), nil
}

func (c *Client) send(ctx context.Context, what call) ([]byte, http.Header, error) {
	address := c.base + what.path
	if len(what.query) > 0 {
		address += "?" + what.query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, what.method, address, what.body)
	if err != nil {
		return nil, nil, err
	}
	maps.Copy(req.Header, what.header)
	if what.contentType != "" {
		req.Header.Set("Content-Type", what.contentType)
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	resp, err := c.HTTPClient.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, nil, fmt.Errorf("client: %s %s: %w", what.method, what.path, err)
	case resp.StatusCode < 200 || resp.StatusCode > 299:
		return nil, nil, errorOf(resp, raw)
	case len(raw) > maxAnswer:
		return nil, nil, errors.New("client: the answer is too long")
	}
	return raw, resp.Header, nil
}

// withJSON returns the call with v as its body.
func (what call) withJSON(v any) (call, error) {
	raw, err := json.Marshal(v)
	what.body, what.contentType = bytes.NewReader(raw), "application/json"
	return what, err
}
