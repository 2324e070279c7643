package client

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// ListOptions select the articles of a list, and what is returned of them. Zero fields select all.
type ListOptions struct {
	// Fields are the names of the fields that the articles have, as in the API: "id", "url", "updated". Others are
	// empty. None: all of them.
	Fields []string
	Site   string
	Kind   string    // news, opinion, analysis, live or paid
	Since  time.Time // changed, or withdrawn, at this time or later; the list is in the order of changes
	Query  string    // text in the headline or the URL, in upper or lower case
	State  string    // live, embargoed or withdrawn; empty: live and embargoed
	Cursor string    // Next of the page before; empty: the first page
	// Limit is the maximum number of articles of a page: 1 to 100, or to 1000 if Fields has only fields of one line,
	// such as id and url. 0: the service's default.
	Limit int
}

func (o ListOptions) values() url.Values {
	q := url.Values{}
	for name, value := range map[string]string{
		"fields": strings.Join(o.Fields, ","), "site": o.Site, "kind": o.Kind, "q": o.Query, "state": o.State,
		"cursor": o.Cursor,
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if !o.Since.IsZero() {
		q.Set("since", o.Since.UTC().Format(time.RFC3339Nano))
	}
	if o.Limit != 0 {
		q.Set("limit", strconv.Itoa(o.Limit))
	}
	return q
}

// ListArticles returns a page of the list of articles, ordered by ID or, with Since, by their last change. A page may
// have fewer articles than the limit although there are more: the list ends with the page that has no Next.
func (c *Client) ListArticles(ctx context.Context, o ListOptions) (ArticleList, error) {
	var answer ArticleList
	return answer, c.do(ctx, call{method: http.MethodGet, path: "/v1/articles", query: o.values()}, &answer)
}

// Articles returns at most limit articles (1 to 100), ordered by ID, beginning after the cursor. An empty cursor
// begins with the first article.
func (c *Client) Articles(ctx context.Context, cursor string, limit int) (ArticleList, error) {
	return c.ListArticles(ctx, ListOptions{Cursor: cursor, Limit: limit})
}

// AllArticles iterates over all articles, ordered by ID. It requests 100 at a time, and ends after an error.
func (c *Client) AllArticles(ctx context.Context) iter.Seq2[Registered, error] {
	return c.EachArticle(ctx, ListOptions{Limit: 100})
}

// EachArticle iterates over the articles that ListArticles lists, page by page, and ends after an error.
func (c *Client) EachArticle(ctx context.Context, o ListOptions) iter.Seq2[Registered, error] {
	return func(yield func(Registered, error) bool) {
		for o := o; ; {
			page, err := c.ListArticles(ctx, o)
			if err != nil {
				yield(Registered{}, err)
				return
			}
			for _, a := range page.Articles {
				if !yield(a, nil) {
					return
				}
			}
			if o.Cursor = page.Next; o.Cursor == "" {
				return
			}
		}
	}
}
