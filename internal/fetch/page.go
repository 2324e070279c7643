package fetch

import (
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// MaxPage is how much of a page is read, in bytes; its head is expected within.
const MaxPage = 1 << 20

// Page is an HTML page, or another document.
type Page struct {
	URL  string // after redirects
	Type string // the response's Content-Type, which may name a charset
	Data []byte // at most MaxPage bytes, or MaxList or MaxRobots, from the beginning
}

// Page fetches the beginning of the HTML page behind a URL, under the same rules as media: addresses,
// redirects, time. Errors wrap ErrUnavailable, also for what is not HTML, ErrTimeout, or
// fault.ErrPhotoOverloaded where too many fetches from the host are under way.
func (c *Client) Page(ctx context.Context, rawURL string) (Page, error) {
	return c.document(ctx, rawURL, webPages)
}

// List fetches the beginning of a file that lists pages, a sitemap or a feed, at most MaxList bytes, under the same
// rules as Page.
func (c *Client) List(ctx context.Context, rawURL string) (Page, error) {
	return c.document(ctx, rawURL, lists)
}

// Robots fetches the robots.txt of the host of a URL (RFC 9309), at most MaxRobots bytes, under the same rules as Page.
func (c *Client) Robots(ctx context.Context, rawURL string) (Page, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return Page{}, fmt.Errorf("fetch robots.txt: %w: %w", ErrUnavailable, err)
	}
	return c.document(ctx, u.Scheme+"://"+u.Host+"/robots.txt", robots)
}

const (
	// MaxList is how much of a list is read, in bytes as they come; many come compressed.
	MaxList = 16 << 20
	// MaxRobots is how much of a robots.txt is read, in bytes: the least that RFC 9309 asks for.
	MaxRobots = 500 << 10
)

// StatusError is the answer of a host that gave no document. Errors of documents wrap it beside ErrUnavailable.
type StatusError struct {
	Status     int           // of HTTP
	RetryAfter time.Duration // how long the host asks to wait; zero: it names no time in seconds
}

// Error implements error.
func (e *StatusError) Error() string { return fmt.Sprintf("status %d", e.Status) }

// documents is a kind of documents.
type documents struct {
	accept string
	types  []string // media types
	most   int64    // bytes
}

var (
	webPages = documents{"text/html,application/xhtml+xml", []string{"text/html", "application/xhtml+xml"}, MaxPage}
	lists    = documents{"application/xml,text/xml,application/rss+xml,application/atom+xml,application/gzip;q=0.9,*/*;q=0.1",
		[]string{"application/xml", "text/xml", "application/rss+xml", "application/atom+xml", "application/rdf+xml",
			"application/gzip", "application/x-gzip", "application/octet-stream", "text/plain", "application/json",
			"application/jsonl", "application/x-ndjson"}, MaxList}
	robots = documents{"text/plain", []string{"text/plain"}, MaxRobots}
)

// document fetches the beginning of a document.
func (c *Client) document(ctx context.Context, rawURL string, kind documents) (p Page, err error) {
	began := time.Now()
	defer func() { c.watch(whatDocument, began, Answer{}, err) }()
	u, err := c.checkURL(rawURL)
	if err != nil {
		return Page{}, fmt.Errorf("fetch page: %w: %w", ErrUnavailable, err)
	}
	_, release, err := c.slot(ctx, u)
	if err != nil {
		return Page{}, err
	}
	defer release()
	began = time.Now()
	ctx, cancel := context.WithTimeout(ctx, c.opts.Timeout)
	defer cancel()
	resp, err := c.askPage(ctx, u, kind)
	if err != nil {
		return Page{}, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(bodyOf(resp, kind.most), kind.most))
	if err != nil {
		return Page{}, c.failure(u, err)
	}
	return Page{URL: resp.Request.URL.String(), Type: resp.Header.Get("Content-Type"), Data: data}, nil
}

// askPage returns the response, if it is a document of the kind. Its body is to be closed.
func (c *Client) askPage(ctx context.Context, u *url.URL, kind documents) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("fetch page %s: %w", redacted(u), ErrUnavailable)
	}
	c.name(req)
	req.Header.Set("Accept", kind.accept)
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, c.failure(u, err)
	}
	media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	switch taken := resp.StatusCode == http.StatusOK || resp.StatusCode == http.StatusNonAuthoritativeInfo; {
	case !taken:
		err = statusOf(resp)
	case !slices.Contains(kind.types, media):
		err = fmt.Errorf("the %w is %.100q", errType, media)
	default:
		return resp, nil
	}
	resp.Body.Close()
	return nil, fmt.Errorf("fetch page %s: %w: %w", redacted(u), err, ErrUnavailable)
}

// statusOf returns the error of a response whose status is not that of a document.
func statusOf(resp *http.Response) error {
	e := &StatusError{Status: resp.StatusCode}
	if seconds, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && seconds > 0 {
		e.RetryAfter = time.Duration(min(seconds, 24*60*60)) * time.Second
	}
	return e
}
