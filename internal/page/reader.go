package page

import (
	"context"

	"newsroom.example/cards/internal/fetch"
)

// Fetcher fetches pages. *fetch.Client implements it.
type Fetcher interface {
	Page(ctx context.Context, rawURL string) (fetch.Page, error)
}

// Reader fetches pages and reads their metadata. It is safe for concurrent use.
type Reader struct{ fetcher Fetcher }

// NewReader returns a Reader that fetches pages with f.
func NewReader(f Fetcher) *Reader { return &Reader{f} }

// Story fetches the page at a URL and returns its metadata. Errors: those of the Fetcher.
func (r *Reader) Story(ctx context.Context, rawURL string) (Story, error) {
	p, err := r.fetcher.Page(ctx, rawURL)
	if err != nil {
		return Story{}, err
	}
	return Read(p.Data, p.Type, p.URL), nil
}
