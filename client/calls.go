package client

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// AuditArticle has the service check the article with the id again. It stores nothing.
func (c *Client) AuditArticle(ctx context.Context, id string) (Audit, error) {
	var answer Audit
	return answer, c.do(ctx, call{method: http.MethodPost, path: articlePath(id) + ":audit"}, &answer)
}

// ReadPage has the service read a public article page (docs/pages.md). It returns an Article that can be edited
// and passed to PutArticle. The service stores nothing.
func (c *Client) ReadPage(ctx context.Context, page string) (Article, error) {
	what, err := call{method: http.MethodPost, path: "/v1/articles:preview"}.withJSON(map[string]string{"url": page})
	if err != nil {
		return Article{}, err
	}
	var answer Article
	return answer, c.do(ctx, what, &answer)
}

// Stats returns the number of the article's clicks and shares in the window before now. A zero window is the
// service's default.
func (c *Client) Stats(ctx context.Context, id string, window time.Duration) (Stats, error) {
	var answer Stats
	return answer, c.do(ctx, call{method: http.MethodGet, path: articlePath(id) + "/stats",
		query: windowed(window)}, &answer)
}

// StatsBy is Stats with the series of its hours (step "1h") or days ("1d") in which something was counted.
func (c *Client) StatsBy(ctx context.Context, id string, window time.Duration, step string) (Stats, error) {
	query := windowed(window)
	query.Set("step", step)
	var answer Stats
	return answer, c.do(ctx, call{method: http.MethodGet, path: articlePath(id) + "/stats", query: query}, &answer)
}

// UploadPhoto stores a JPEG, PNG, GIF or WebP file.
func (c *Client) UploadPhoto(ctx context.Context, file []byte) (UploadedPhoto, error) {
	what := call{method: http.MethodPost, path: "/v1/photos", body: bytes.NewReader(file),
		contentType: "application/octet-stream"}
	var answer UploadedPhoto
	return answer, c.do(ctx, what, &answer)
}

// Photo returns the stored photo with the ID.
func (c *Client) Photo(ctx context.Context, id string) (StoredPhoto, error) {
	var answer StoredPhoto
	return answer, c.do(ctx, call{method: http.MethodGet, path: photoPath(id)}, &answer)
}

// DeletePhoto withdraws the photo with the ID, for good: its file and every card with it are removed, and the service
// refuses the same bytes from then on.
func (c *Client) DeletePhoto(ctx context.Context, id string) (WithdrawnPhoto, error) {
	var answer WithdrawnPhoto
	return answer, c.do(ctx, call{method: http.MethodDelete, path: photoPath(id)}, &answer)
}

// LinkOptions are the optional parameters of ShareLinks.
type LinkOptions struct {
	Text, Image, Via string
	Lang             string   // of the labels; docs/embed.md lists them
	Hashtags         []string // without #
	Targets          []string // which, in which order; none means all
	UTM              bool     // add utm_source and utm_medium to the shared address, unless it has them
	Campaign         string   // with UTM: utm_campaign, unless the address has one
}

// ShareLinks returns the share links of any story; it need not be registered.
func (c *Client) ShareLinks(ctx context.Context, address, title string, o LinkOptions) (ShareLinks, error) {
	q := url.Values{"url": {address}, "title": {title}}
	for name, value := range map[string]string{
		"text": o.Text, "image": o.Image, "via": o.Via, "lang": o.Lang,
		"utm_campaign": o.Campaign, "hashtags": strings.Join(o.Hashtags, ","), "targets": strings.Join(o.Targets, ","),
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if o.UTM {
		q.Set("utm", "1")
	}
	var answer ShareLinks
	return answer, c.do(ctx, call{method: http.MethodGet, path: "/v1/share-links", query: q}, &answer)
}

// TopOptions select a list. Zero fields are the service's defaults.
type TopOptions struct {
	Window time.Duration
	Limit  int    // 1 to 100
	By     string // clicks or shares; empty: both together
	Site   string // empty: every site
}

// Top returns the stories that were opened and shared most.
func (c *Client) Top(ctx context.Context, o TopOptions) (Top, error) {
	q := windowed(o.Window)
	if o.Limit != 0 {
		q.Set("limit", strconv.Itoa(o.Limit))
	}
	if o.By != "" {
		q.Set("by", o.By)
	}
	if o.Site != "" {
		q.Set("site", o.Site)
	}
	var answer Top
	return answer, c.do(ctx, call{method: http.MethodGet, path: "/v1/top", query: q}, &answer)
}

func photoPath(id string) string { return "/v1/photos/" + url.PathEscape(id) }

func windowed(window time.Duration) url.Values {
	if window == 0 {
		return url.Values{}
	}
	return url.Values{"window": {window.String()}}
}
