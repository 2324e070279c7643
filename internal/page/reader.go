package page

import (
	"context"

	"newsroom.example/cards/internal/fetch"
)

// Fetcher fetches pages. A *fetch.Client is one.
type Fetcher interface {
	Page(ctx context.Context, rawURL string) (fetch.Page, error)
}

// Reader reads the stories behind URLs. It is safe for concurrent use.
type Reader struct{ fetcher Fetcher }

// NewReader returns a reader of the pages that f fetches.
func NewReader(f Fetcher) *Reader { return &Reader{f} }

// Story fetches the page behind a URL and returns what it says of itself. Errors are the Fetcher's.
func (r *Reader) Story(ctx context.Context, rawURL string) (Story, error) {
	p, err := r.fetcher.Page(ctx, rawURL)
	if err != nil {
		return Story{}, err
	}
	return Read(p.Data, p.Type, p.URL), nil
}
