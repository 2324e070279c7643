package page

import (
	"context"

	"newsroom.example/cards/internal/photo"
)

// Fetcher has pages; package photo has it.
type Fetcher interface {
	FetchPage(ctx context.Context, rawURL string) (photo.Page, error)
}

// Reader reads the stories behind addresses. It is safe for concurrent use.
type Reader struct{ fetcher Fetcher }

// NewReader reads what the fetcher has.
func NewReader(f Fetcher) *Reader { return &Reader{f} }

// Story is what the page behind the URL says of itself. Errors are package photo's kinds.
func (r *Reader) Story(ctx context.Context, rawURL string) (Story, error) {
	p, err := r.fetcher.FetchPage(ctx, rawURL)
	if err != nil {
		return Story{}, err
	}
	return Read(p.Data, p.Type, p.URL), nil
}
