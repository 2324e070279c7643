package photo

import (
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
)

// MaxPage is how much of a page is read, in bytes; its head is expected within.
const MaxPage = 1 << 20

// Page is an HTML page as it was answered.
type Page struct {
	URL  string // after redirects
	Type string // the answer's Content-Type, which may name a charset
	Data []byte // at most MaxPage bytes, from the beginning
}

// FetchPage has the beginning of the HTML page behind the URL, under the rules that photos are
// fetched by: addresses, redirects, time. Errors are ErrUnavailable, for what is no HTML too, ErrTimeout, and
// ErrOverloaded where too much is being fetched from the host.
func (f *Fetcher) FetchPage(ctx context.Context, rawURL string) (Page, error) {
	u, err := f.checkURL(rawURL)
	if err != nil {
		return Page{}, fmt.Errorf("fetch page: %w: %w", ErrUnavailable, err)
	}
	_, release, err := f.slot(ctx, u)
	if err != nil {
		return Page{}, err
	}
	defer release()
	ctx, cancel := context.WithTimeout(ctx, f.opts.Timeout)
	defer cancel()
	resp, err := f.askPage(ctx, u)
	if err != nil {
		return Page{}, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, MaxPage))
	if err != nil {
		return Page{}, f.failure(u, err)
	}
	return Page{URL: resp.Request.URL.String(), Type: resp.Header.Get("Content-Type"), Data: data}, nil
}

// askPage is the answer, if it is HTML. Its body is to be closed.
func (f *Fetcher) askPage(ctx context.Context, u *url.URL) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("fetch page %s: %w", shown(u), ErrUnavailable)
	}
	req.Header.Set("User-Agent", "cards/1 (page preview)")
	req.Header.Set("Accept", "text/html,application/xhtml+xml")
	resp, err := f.client.Do(req)
	if err != nil {
		return nil, f.failure(u, err)
	}
	media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if resp.StatusCode != http.StatusOK || media != "text/html" && media != "application/xhtml+xml" {
		resp.Body.Close()
		return nil, fmt.Errorf("fetch page %s: status %d, %q: %w", shown(u), resp.StatusCode, media, ErrUnavailable)
	}
	return resp, nil
}
