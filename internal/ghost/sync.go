package ghost

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// published returns the IDs of one page of the published posts, oldest first, and the number of the next page: 0 after
// the last.
func (a *Admin) published(ctx context.Context, page int) (ids []string, next int, err error) {
	var all struct {
		posts
		Meta struct {
			Pagination struct {
				Next int `json:"next"`
			} `json:"pagination"`
		} `json:"meta"`
	}
	path := fmt.Sprintf("posts/?filter=status:published&fields=id&order=published_at%%20asc&limit=50&page=%d", page)
	if err := a.call(ctx, http.MethodGet, path, nil, &all); err != nil {
		return nil, 0, err
	}
	for _, p := range all.Posts {
		ids = append(ids, p.ID)
	}
	return ids, all.Meta.Pagination.Next, nil
}

// Sync updates all published posts, one after the other, and returns how many it did. It goes on after a post that
// fails, and returns the errors together. Repeating it writes only what lacks.
func (r *Receiver) Sync(ctx context.Context) (done int, failed error) {
	for page := 1; page > 0; {
		ids, next, err := r.Ghost.published(ctx, page)
		if err != nil {
			return done, errors.Join(failed, err)
		}
		for _, id := range ids {
			if err := r.Update(ctx, id); err != nil {
				failed = errors.Join(failed, fmt.Errorf("post %s: %w", id, err))
			} else {
				done++
			}
			if ctx.Err() != nil {
				return done, failed
			}
		}
		if next <= page {
			return done, failed
		}
		page = next
	}
	return done, failed
}
