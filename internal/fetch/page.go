package fetch

import (
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
)

// MaxPage is how much of a page is read, in bytes; its head is expected within.
const MaxPage = 1 << 20

// Page is an HTML page, or another document.
type Page struct {
	URL  string // after redirects
	Type string // the response's Content-Type, which may name a charset
	Data []byte // at most MaxPage bytes, or MaxSitemap, from the beginning
}

// Page fetches the beginning of the HTML page behind a URL, under the same rules as media: addresses,
// redirects, time. Errors wrap ErrUnavailable, also for what is not HTML, ErrTimeout, or
// fault.ErrPhotoOverloaded where too many fetches from the host are under way.
func (c *Client) Page(ctx context.Context, rawURL string) (Page, error) {
	return c.document(ctx, rawURL, webPages)
}

// Sitemap fetches the beginning of a sitemap, at most MaxSitemap bytes, under the same rules as Page.
func (c *Client) Sitemap(ctx context.Context, rawURL string) (Page, error) {
	return c.document(ctx, rawURL, sitemaps)
}

// MaxSitemap is how much of a sitemap is read, in bytes as they come; many come compressed.
const MaxSitemap = 16 << 20

// documents is a kind of documents.
type documents struct {
	accept string
	types  []string // media types
	most   int64    // bytes
}

var (
	webPages = documents{"text/html,application/xhtml+xml", []string{"text/html", "application/xhtml+xml"}, MaxPage}
	sitemaps = documents{"application/xml,text/xml,application/gzip;q=0.9,*/*;q=0.1", []string{"application/xml",
		"text/xml", "application/gzip", "application/x-gzip", "application/octet-stream", "text/plain"}, MaxSitemap}
)

// document fetches the beginning of a document.
func (c *Client) document(ctx context.Context, rawURL string, kind documents) (Page, error) {
	u, err := c.checkURL(rawURL)
	if err != nil {
		return Page{}, fmt.Errorf("fetch page: %w: %w", ErrUnavailable, err)
	}
	_, release, err := c.slot(ctx, u)
	if err != nil {
		return Page{}, err
	}
	defer release()
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
	taken := resp.StatusCode == http.StatusOK || resp.StatusCode == http.StatusNonAuthoritativeInfo
	if !taken || !slices.Contains(kind.types, media) {
		resp.Body.Close()
		return nil, fmt.Errorf("fetch page %s: status %d, %.100q: %w", redacted(u), resp.StatusCode, media, ErrUnavailable)
	}
	return resp, nil
}
