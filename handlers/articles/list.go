package articles

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
)

// Limits of one page of the list, in articles. Whole articles have 10 KB each, and are shown with their links and tags,
// which takes time; fields of one line are cheap.
const (
	defaultListed = 20
	maxWhole      = 100
	maxSmall      = 1000
)

// maxListed is the size of the articles in one answer, in bytes. A page of usual articles has a quarter of it.
const maxListed = 4 << 20

// maxSought is the length of the text to look for, in characters.
const maxSought = 200

// states are the values of the parameter state.
var states = []store.State{store.Live, store.Embargoed, store.Withdrawn}

// listParameters are the parameters of the list.
var listParameters = []string{"cursor", "limit", "fields", "site", "kind", "since", "q", "state"}

// list is the answer with a page of the list.
type list struct {
	Articles []json.RawMessage `json:"articles"`
	Next     string            `json:"next,omitempty"`
}

// List answers with a page of the list of articles.
func (h *Handlers) List(c echo.Context) error {
	q, err := request.Query(c, listParameters...)
	if err != nil {
		return err
	}
	picked, err := pick(q)
	if err != nil {
		return err
	}
	query, err := listQuery(q, picked)
	if err != nil {
		return err
	}
	page, next, err := h.Articles.Articles(c.Request().Context(), query)
	if err != nil {
		return err
	}
	all, err := h.listed(page, picked, maxListed)
	if err != nil {
		return err
	}
	if n := len(all.Articles); n < len(page) {
		next = store.Cursor{ID: page[n-1].Article.ID}
		if !query.Since.IsZero() {
			next.Changed = page[n-1].Changed
		}
	}
	all.Next = next.String()
	if all.Next != "" {
		q.Set("cursor", all.Next)
		c.Response().Header().Set("Link", "<"+h.Present.Absolute("/v1/articles?"+q.Encode())+`>; rel="next"`)
	}
	return answer.Private(c).JSON(http.StatusOK, all)
}

// listed returns as many of the articles as have most bytes in all, and at least one.
func (h *Handlers) listed(page []store.Record, picked present.Picked, most int) (list, error) {
	all, size := list{Articles: make([]json.RawMessage, 0, len(page))}, 0
	for _, rec := range page {
		shown, err := h.Present.Some(rec, picked)
		if err != nil {
			return all, err
		}
		raw, err := picked.JSON(shown)
		if err != nil {
			return all, err
		}
		if size += len(raw); size > most && len(all.Articles) > 0 {
			break
		}
		all.Articles = append(all.Articles, raw)
	}
	return all, nil
}

// pick returns the fields that the answer shall have.
func pick(q url.Values) (present.Picked, error) {
	names := request.List(q.Get("fields"))
	if len(names) == 0 && q.Has("fields") {
		return present.Picked{}, fault.InField("fields", "must be names of fields, such as id,url")
	}
	picked, unknown := present.Pick(names)
	if unknown != "" {
		return picked, fault.InField("fields", "names "+strconv.Quote(unknown)+", which is no field of an article")
	}
	return picked, nil
}

// listQuery returns which articles are asked for.
func listQuery(q url.Values, picked present.Picked) (query store.ArticleQuery, err error) {
	most := maxWhole
	if picked.Small() {
		most = maxSmall
	}
	var f fault.List
	query.Limit = number(q, most, &f)
	query.Site, query.Kind = q.Get("site"), q.Get("kind")
	if query.Kind != "" && !slices.Contains(article.Kinds, query.Kind) {
		f.Add("kind", "must be one of %s", strings.Join(article.Kinds, ", "))
	}
	if query.State = store.State(q.Get("state")); query.State != "" && !slices.Contains(states, query.State) {
		f.Add("state", "must be live, embargoed or withdrawn")
	}
	if given := q.Get("since"); given != "" {
		if query.Since, err = time.Parse(time.RFC3339, given); err != nil || !article.Writable(query.Since) {
			f.Add("since", "must be a time of RFC 3339, such as 2026-11-23T12:00:00Z; + is written %%2B")
		}
	}
	if query.Text = store.Fold(strings.TrimSpace(q.Get("q"))); len([]rune(query.Text)) > maxSought {
		f.Add("q", "has more than %d characters", maxSought)
	}
	var ok bool
	query.After, ok = store.ParseCursor(q.Get("cursor"), !query.Since.IsZero())
	if !ok || query.After.ID != "" && article.CheckID(query.After.ID) != nil {
		f.Add("cursor", "is no cursor of this list; lists with since have cursors of their own")
	}
	return query, f.Err()
}

// number returns the length of a page, at most most.
func number(q url.Values, most int, f *fault.List) int {
	limit, err := request.Number(q, "limit", defaultListed, 1, most)
	switch {
	case err == nil:
	case most == maxWhole:
		f.Add("limit", "must be a whole number from 1 to %d, or to %d with fields=%s", maxWhole, maxSmall, "id,url")
	default:
		f.Add("limit", "must be a whole number from 1 to %d", most)
	}
	return limit
}
