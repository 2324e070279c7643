// Package tables has what the databases have in common: which version of an article may be stored and what the article
// keeps, how records are columns, and which sums a click is in.
package tables

import (
	"encoding/json"
	"fmt"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
)

// State is what is stored of an article. The zero value is that of an unknown one. Times are Unix milliseconds.
type State struct {
	Code                  string // empty: unknown
	Created, Changed      int64
	Revision, Withdrawals int64
	Withdrawn             bool
	Version, Photo        string // of the current version
	Texts
}

// Texts are columns of a version.
type Texts struct {
	Content string // the article as JSON
	Warned  string // the warnings as JSON; empty: none
}

// Live reports whether the article is known and not withdrawn.
func (s State) Live() bool { return s.Code != "" && !s.Withdrawn }

// MayPut returns an error if no version that was made for the state seen may be stored: see store.Store.PutArticle.
func (s State) MayPut(seen store.Seen) error {
	switch {
	case s.Withdrawals != seen.Withdrawals, s.Withdrawn && seen.Revision > 0:
		return fmt.Errorf("put article: withdrawn meanwhile: %w", store.ErrGone)
	case seen.Revision == store.Absent && s.Live(), seen.Revision > 0 && s.Revision != seen.Revision:
		return fmt.Errorf("put article: %w", store.ErrChanged)
	}
	return nil
}

// Next sets r to what the article keeps and to its next revision, and returns the texts of the version.
func (s State) Next(r *store.Record) (t Texts, err error) {
	raw, err := json.Marshal(r.Article)
	if err != nil {
		return t, err
	}
	t.Content = string(raw)
	if len(r.Warnings) > 0 {
		if raw, err = json.Marshal(r.Warnings); err != nil {
			return t, err
		}
		t.Warned = string(raw)
	}
	r.Created, r.Updated = Time(r.Created.UnixMilli()), Time(r.Updated.UnixMilli())
	if s.Code != "" {
		r.Code, r.Created = s.Code, Time(s.Created)
	}
	r.Changed, r.Revision = r.Updated, s.Revision+1
	return t, nil
}

// Settle sets the revision of r back if all of it was stored already. r is as the version's row keeps it.
func (s State) Settle(r *store.Record, t Texts) {
	if s.Live() && s.Version == r.Version && s.Texts == t && s.Photo == r.PhotoID {
		r.Changed, r.Revision = Time(s.Changed), s.Revision
	}
}

// Embargo returns the end of the article's embargo in Unix seconds, 0 if it has none.
func Embargo(a article.Article) int64 {
	if a.EmbargoUntil.IsZero() {
		return 0
	}
	return a.EmbargoUntil.Unix()
}

// Time returns the time of a column, which has Unix milliseconds.
func Time(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// Period returns the beginning and the end of a period in Unix milliseconds as times. The end is zero if there is none.
func Period(from, until int64) (begin, end time.Time) {
	if until != 0 {
		end = Time(until)
	}
	return Time(from), end
}

// Begins reports whether storing r begins another period of the article: another version becomes the current one, or
// the article is new or returns.
func (s State) Begins(r store.Record) bool { return !s.Live() || s.Version != r.Version }

// Columns are the columns of a record: the content, version and warnings of the version, the code, the version's photo,
// when the article was created and the version and the article changed, the revision, and whether the article is gone.
type Columns struct {
	r                         store.Record
	texts                     Texts
	created, updated, changed int64
	gone                      int // 0: no; 1: withdrawn; 2: withdrawn before its embargo ended
}

// Targets returns where the columns are scanned to, in their order, and then more.
func (c *Columns) Targets(more ...any) []any {
	return append([]any{&c.texts.Content, &c.r.Version, &c.texts.Warned, &c.r.Code, &c.r.PhotoID, &c.created, &c.updated,
		&c.changed, &c.r.Revision, &c.gone}, more...)
}

// Record returns the record in the columns. Errors: those of Gone, and those of damaged JSON.
func (c *Columns) Record() (store.Record, error) {
	if err := Gone(c.gone); err != nil {
		return store.Record{}, err
	}
	r := c.r
	r.Created, r.Updated, r.Changed = Time(c.created), Time(c.updated), Time(c.changed)
	if err := json.Unmarshal([]byte(c.texts.Content), &r.Article); err != nil {
		return store.Record{}, fmt.Errorf("read article: %w", err)
	}
	if c.texts.Warned != "" {
		if err := json.Unmarshal([]byte(c.texts.Warned), &r.Warnings); err != nil {
			return store.Record{}, fmt.Errorf("read warnings: %w", err)
		}
	}
	return r, nil
}

// Gone returns the error for the last column of Columns: nil, store.ErrGone or store.ErrNeverPublic.
func Gone(gone int) error {
	switch gone {
	case 0:
		return nil
	case 2:
		return store.ErrNeverPublic
	}
	return store.ErrGone
}
