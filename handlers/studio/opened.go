package studio

import (
	"context"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
)

// opened is a stored story that is open in the studio.
type opened struct {
	store.Period                   // what is stored now; Withdrawn says that readers do not see it
	form         url.Values        // what the form shows: the editor's values, in what is stored now
	changed      []string          // the fields that the editor has changed
	taken        []string          // the fields that others have changed since the editor opened the story
	base         article.Article   // what she opened
	stored       func() url.Values // the form's values of what is stored now
	was          func() url.Values // and of what she opened
}

// mark identifies the revision and its version, for the field base.
func (o *opened) mark() string { return strconv.FormatInt(o.Revision, 10) + "-" + o.Version }

// conflicts returns the fields that both the editor and others have changed, to different values.
func (o *opened) conflicts(mine url.Values) (names []string) {
	now := o.stored()
	for _, name := range o.taken {
		if slices.Contains(o.changed, name) && plain(now.Get(name)) != plain(mine.Get(name)) {
			names = append(names, name)
		}
	}
	return names
}

// open returns the stored story that the form is of, or nil if it is of none. If the story has changed since the editor
// opened it, her changes are put into what is stored now. Errors: store.ErrNotFound, and those of the store.
func (h *Handlers) open(ctx context.Context, q url.Values) (*opened, error) {
	id := q.Get("article")
	if id == "" {
		return nil, nil //nolint:nilnil // most forms are of no stored story
	}
	if article.CheckID(id) != nil {
		return nil, store.ErrNotFound
	}
	now, err := h.Stories.History(ctx, id, 0, 1)
	if err != nil {
		return nil, err
	}
	o := &opened{Period: now[0], base: now[0].Article}
	if o.base, err = h.baseOf(ctx, o, q.Get("base")); err != nil {
		return nil, err
	}
	o.stored = func() url.Values { return h.stored(o.Article) }
	o.was = func() url.Values { return h.stored(o.base) }
	o.form = o.stored()
	if !slices.ContainsFunc(slices.Collect(maps.Keys(q)), isContent) { // opened, and not changed yet
		o.keep(q)
		return o, nil
	}
	was := o.was()
	if q.Get("base") == "" { // an address that somebody wrote: it names what it changes
		given := q
		q = maps.Clone(was)
		maps.Copy(q, given)
	}
	o.changed, o.taken = changed(was, q), changed(was, o.form)
	for _, name := range o.changed {
		o.form.Set(name, q.Get(name))
	}
	o.keep(q)
	o.changed = changed(o.stored(), o.form)
	return o, nil
}

// keep puts what belongs to no story into the form.
func (o *opened) keep(q url.Values) {
	o.form.Set("article", o.Article.ID)
	o.form.Set("base", o.mark())
	if size := q.Get("size"); size != "" {
		o.form.Set("size", size)
	}
}

// baseOf returns the article as the editor opened it. mark is the field base of her form. A version that is unknown is
// taken for the present one.
func (h *Handlers) baseOf(ctx context.Context, o *opened, mark string) (article.Article, error) {
	revision, version, ok := strings.Cut(mark, "-")
	if !ok || version == o.Version || revision == strconv.FormatInt(o.Revision, 10) {
		return o.Article, nil
	}
	rec, err := h.Stories.Version(ctx, o.Article.ID, version)
	switch {
	case errors.Is(err, store.ErrNotFound), errors.Is(err, store.ErrGone):
		return o.Article, nil
	case err != nil:
		return article.Article{}, err
	}
	return rec.Article, nil
}

// next returns the article as it is with the changes of the form. Errors: *card.FieldError, with the form's names.
func (h *Handlers) next(o *opened) (article.Article, error) {
	return h.apply(o.Article, o.form, o.changed)
}

// asStored completes the query of a card so that it shows what the card of the stored story shows: its stored photo,
// the caption and credit of the photo's file, and texts that are read as they are.
func (o *opened) asStored(q url.Values) url.Values {
	q = maps.Clone(q)
	if o.Article.Format == clean.Text {
		q.Set("text_format", string(clean.Text))
	}
	if q.Get("photo") == o.Article.Photo.URL && q.Get("photo") != "" {
		o.fill(q, "photo", o.PhotoID)
		if q.Get("caption") == "" {
			q.Set("caption", o.Article.FromPhoto.Caption)
		}
		if q.Get("credit") == "" {
			q.Set("credit", o.Article.FromPhoto.Credit)
		}
	}
	if q.Get("portrait") == o.Article.Portrait.URL && q.Get("portrait") != "" {
		o.fill(q, "portrait", o.Article.PortraitID)
	}
	return q
}

// fill replaces the URL of a picture by the ID of the stored one; a withdrawn one is removed.
func (o *opened) fill(q url.Values, name, id string) {
	switch id {
	case "": // it was not stored: it is fetched again
	case store.NoPhoto:
		q.Del(name)
		q.Del(map[string]string{"photo": "focal", "portrait": "portrait_focal"}[name])
	default:
		q.Set(name, id)
	}
}

// isGone reports whether the error says that there is no such story.
func isGone(err error) bool {
	kind := fault.KindOf(err)
	return kind == fault.NotFound || kind == fault.Gone
}
