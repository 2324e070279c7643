package client

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
)

// PutOptions are the options of calls that register or change an article. The zero value has none.
type PutOptions struct {
	DryRun bool // answer without storing
	Strict bool // a photo that cannot be used is an error; otherwise it is a warning
	Force  bool // replace an article whose UpdatedAt is later; otherwise that is an error, with the code stale
	// Retract has the pictures of all versions before the change answer 410 from now on, for legal reasons. It has no
	// effect on a refresh.
	Retract bool
	// IfMatch is the Registered.ETag of the article that may be changed, or "*" for any that exists. If the article has
	// another, the call fails with the code precondition_failed. Empty: any article may be changed.
	IfMatch string
	IfNew   bool // fail with the code precondition_failed if the article exists
}

func (o PutOptions) values() url.Values {
	q := url.Values{}
	for name, set := range map[string]bool{
		"dry_run": o.DryRun, "strict": o.Strict, "force": o.Force, "retract": o.Retract,
	} {
		if set {
			q.Set(name, "1")
		}
	}
	return q
}

func (o PutOptions) header() http.Header {
	h := http.Header{}
	if o.IfMatch != "" {
		h.Set("If-Match", o.IfMatch)
	}
	if o.IfNew {
		h.Set("If-None-Match", "*")
	}
	return h
}

// PutArticle registers the article under id, or updates it. When it returns, the service has usually rendered the
// card; a warning says when it has not. It can be repeated without harm.
func (c *Client) PutArticle(ctx context.Context, id string, a Article, o PutOptions) (Registered, error) {
	what, err := call{method: http.MethodPut, path: articlePath(id), query: o.values(), header: o.header()}.withJSON(a)
	if err != nil {
		return Registered{}, err
	}
	return c.registered(ctx, what)
}

// PatchArticle changes some fields of the article. patch becomes a JSON merge patch (RFC 7396), such as
//
//	map[string]any{"badge": "live", "caption": nil, "photo": map[string]any{"alt": "A pier"}}
//
// which sets the badge and the alt text of the photo, and removes the caption. No change that others make meanwhile is
// lost.
func (c *Client) PatchArticle(ctx context.Context, id string, patch any, o PutOptions) (Registered, error) {
	what := call{method: http.MethodPatch, path: articlePath(id), query: o.values(), header: o.header()}
	what, err := what.withJSON(patch)
	if err != nil {
		return Registered{}, err
	}
	what.contentType = "application/merge-patch+json"
	return c.registered(ctx, what)
}

// Article returns the article with the id.
func (c *Client) Article(ctx context.Context, id string) (Registered, error) {
	return c.registered(ctx, call{method: http.MethodGet, path: articlePath(id)})
}

// DeleteArticle withdraws the article. From then on its cards and short links answer 410.
func (c *Client) DeleteArticle(ctx context.Context, id string) error {
	return c.DeleteArticleIf(ctx, id, "")
}

// DeleteArticleIf is DeleteArticle for the article that has the ETag. It fails with the code precondition_failed if the
// article has another. An empty tag is that of any article.
func (c *Client) DeleteArticleIf(ctx context.Context, id, tag string) error {
	header := PutOptions{IfMatch: tag}.header()
	return c.do(ctx, call{method: http.MethodDelete, path: articlePath(id), header: header}, nil)
}

// RefreshArticle has the service request the article's photo from its source again. The article gets a new version if
// the photo has changed. Force has no effect.
func (c *Client) RefreshArticle(ctx context.Context, id string, o PutOptions) (Registered, error) {
	o.Force, o.Retract = false, false
	what := call{method: http.MethodPost, path: articlePath(id) + ":refresh", query: o.values(), header: o.header()}
	return c.registered(ctx, what)
}

// RetractArticle has the pictures of all versions but the current one answer 410 from now on, for legal reasons. The
// answer says in StillHeld who may still have them. tag is as in DeleteArticleIf.
func (c *Client) RetractArticle(ctx context.Context, id, tag string) (Registered, error) {
	header := PutOptions{IfMatch: tag}.header()
	return c.registered(ctx, call{method: http.MethodPost, path: articlePath(id) + ":retract", header: header})
}

func (c *Client) registered(ctx context.Context, what call) (answer Registered, err error) {
	tag, err := c.doTagged(ctx, what, &answer)
	answer.ETag = tag
	return answer, err
}

// MaxBatch is the maximum number of articles of PutArticles. Their JSON may have 2 MiB in all.
const MaxBatch = 100

// BatchArticle is an article of PutArticles.
type BatchArticle struct {
	ID string `json:"id"`
	Article
}

// BatchResult is the result of one article of PutArticles.
type BatchResult struct {
	ID      string
	Status  int        // as that of a PutArticle
	Article Registered // without its ETag; empty if the article was not stored
	Err     *Error     // why it was not stored; nil if it was
}

// PutArticles registers or updates up to MaxBatch articles. Some may fail while others are stored: the results are in
// the order of the articles, each with its own Err. Those with the status 503 can be sent again. IfMatch and IfNew have
// no effect.
func (c *Client) PutArticles(ctx context.Context, all []BatchArticle, o PutOptions) ([]BatchResult, error) {
	body := struct {
		Articles []BatchArticle `json:"articles"`
	}{append([]BatchArticle{}, all...)}
	what, err := call{method: http.MethodPost, path: "/v1/articles:batch", query: o.values()}.withJSON(body)
	if err != nil {
		return nil, err
	}
	var answer struct {
		Results []struct {
			ID      string          `json:"id"`
			Status  int             `json:"status"`
			Article Registered      `json:"article"`
			Error   json.RawMessage `json:"error"`
		} `json:"results"`
	}
	if err := c.do(ctx, what, &answer); err != nil {
		return nil, err
	}
	results := make([]BatchResult, 0, len(answer.Results))
	for _, r := range answer.Results {
		one := BatchResult{ID: r.ID, Status: r.Status, Article: r.Article}
		if r.Error != nil {
			one.Err = errorIn(r.Status, r.Error)
		}
		results = append(results, one)
	}
	return results, nil
}

func articlePath(id string) string { return "/v1/articles/" + url.PathEscape(id) }
