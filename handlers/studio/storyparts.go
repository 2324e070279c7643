package studio

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/web"
	"newsroom.example/cards/internal/worddiff"
)

// periods returns the versions of the story, and the address of the page with older ones; empty: there are none.
func (h *Handlers) periods(ctx context.Context, o *opened, before string) (all []web.Period, older string, err error) {
	number, err := strconv.ParseInt(before, 10, 64)
	if err != nil {
		number = 0
	}
	found, err := h.Stories.History(ctx, o.Article.ID, number, listedPeriods+1)
	if err != nil {
		return nil, "", err
	}
	for i, p := range found[:min(len(found), listedPeriods)] {
		shown := web.Period{Version: p.Version, From: p.From, Until: p.Until, Withdrawn: p.Withdrawn,
			After: h.thumbnail(p.Record, o.Withdrawn)}
		if i+1 < len(found) {
			was := found[i+1]
			shown.Before = h.thumbnail(was.Record, o.Withdrawn)
			shown.Changes = h.changesOf(was.Record, p.Record)
		}
		all = append(all, shown)
	}
	if len(found) > listedPeriods {
		older = "/?" + url.Values{"article": {o.Article.ID}, "before": {
			strconv.FormatInt(found[listedPeriods-1].Number, 10),
		}}.Encode() + "#versions"
	}
	return all, older, nil
}

// thumbnail returns the URL of a small picture of a version on this origin; empty if the story is withdrawn.
func (h *Handlers) thumbnail(rec store.Record, withdrawn bool) string {
	if withdrawn {
		return ""
	}
	at := h.Present.Picture(rec, card.Size{W: 600, H: 315}).URL
	return strings.TrimPrefix(at, h.Present.PublicURL)
}

// changesOf returns the differences of two versions with the studio's labels.
func (h *Handlers) changesOf(was, is store.Record) (all []web.Change) {
	for _, change := range present.Changes(was, is) {
		shown := web.Change{Label: web.FieldLabel(formName(change.Field))}
		for _, p := range change.Words {
			shown.Words = append(shown.Words, web.Words{Op: string(p.Op), Text: p.Text})
		}
		all = append(all, shown)
	}
	return all
}

// entriesOf returns the last entries of the journal about the story.
func (h *Handlers) entriesOf(ctx context.Context, id string) (all []web.Entry, err error) {
	entries, err := h.Journal.Entries(ctx, journal.Query{Article: id, Limit: listedEntries})
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		what := did[e.Action]
		if what == "" {
			what = string(e.Action)
		}
		all = append(all, web.Entry{At: e.At, Who: e.Who, What: what, Detail: e.Detail, Version: e.Version})
	}
	return all, nil
}

// did are the actions of the journal as the page tells them.
var did = map[journal.Action]string{
	journal.Put: "registered", journal.Patch: "changed", journal.Batch: "imported", journal.Refresh: "refreshed the photo",
	journal.Refetch: "fetched the photo", journal.ByClock: "let a badge or a photo end",
	journal.Withdraw: "withdrew", journal.Retract: "retracted earlier pictures",
	journal.DeletePhoto: "took the photo down",
}

// conflict returns what others have changed since the editor opened the story, and what she has.
func (h *Handlers) conflict(o *opened, given url.Values, entries []web.Entry) *web.Conflict {
	all := &web.Conflict{At: o.Changed}
	for _, e := range entries {
		if e.Version == o.Version {
			all.Who = e.Who
			break
		}
	}
	was, now := o.was(), o.stored()
	both := o.conflicts(given)
	for _, name := range o.taken {
		row := web.ConflictRow{Field: name, Label: web.FieldLabel(name),
			Theirs: now.Get(name), Both: slices.Contains(both, name)}
		if row.Both {
			row.Yours = given.Get(name)
		}
		for _, p := range worddiff.Compare(was.Get(name), now.Get(name)) {
			row.Words = append(row.Words, web.Words{Op: string(p.Op), Text: p.Text})
		}
		all.Rows = append(all.Rows, row)
	}
	return all
}

// warningsOf converts warnings to the form of the studio's issues.
func warningsOf(all []article.Warning) (shown []web.Check) {
	for _, w := range all {
		shown = append(shown, web.Check{Level: "fault", Field: formName(w.Field), Message: w.Message})
	}
	return shown
}
