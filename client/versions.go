package client

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Versions is a page of the versions of an article, the last one first.
type Versions struct {
	ID       string          `json:"id"`
	Versions []VersionPeriod `json:"versions"`
	Next     string          `json:"next,omitempty"` // cursor of the next page; empty: there is none
}

// VersionPeriod is a time in which one version was the current one.
type VersionPeriod struct {
	Version   string    `json:"version"`
	Headline  string    `json:"headline"`
	From      time.Time `json:"from"`
	Until     time.Time `json:"until,omitzero"` // zero: it is the current one
	Withdrawn bool      `json:"withdrawn,omitempty"`
	Images    Images    `json:"images"`
	Changes   []Change  `json:"changes"` // from the version before
}

// Change is a field in which two versions differ.
type Change struct {
	Field  string         `json:"field"`
	Before string         `json:"before,omitempty"`
	After  string         `json:"after,omitempty"`
	Words  []ChangedWords `json:"words"`
}

// ChangedWords are words that both versions have, or only one.
type ChangedWords struct {
	Op   string `json:"op"` // same, gone or new
	Text string `json:"text"`
}

// Versions returns at most limit versions of the article (1 to 50; 0: the service's default), beginning after the
// cursor. An empty cursor begins with the current version.
func (c *Client) Versions(ctx context.Context, id, cursor string, limit int) (Versions, error) {
	q := url.Values{}
	if cursor != "" {
		q.Set("cursor", cursor)
	}
	if limit != 0 {
		q.Set("limit", strconv.Itoa(limit))
	}
	var answer Versions
	return answer, c.do(ctx, call{method: http.MethodGet, path: articlePath(id) + "/versions", query: q}, &answer)
}
