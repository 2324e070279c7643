package studio

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

// maxForm bounds the body of the studio's form, in bytes: each character of its texts may take nine.
const maxForm = 128 << 10

// postedForm reads the values of a form that the studio's own page has sent.
func (h *Handlers) postedForm(c echo.Context, known ...string) (url.Values, error) {
	if !h.Guard.IsSameOrigin(c.Request()) {
		return nil, access.ErrNotSignedIn
	}
	kind, _, err := mime.ParseMediaType(c.Request().Header.Get(echo.HeaderContentType))
	if err != nil || kind != echo.MIMEApplicationForm {
		return nil, fault.InField("body", "must be a form (application/x-www-form-urlencoded)")
	}
	raw, err := request.Body(c, maxForm)
	if err != nil {
		return nil, err
	}
	given, err := url.ParseQuery(string(raw))
	if err != nil {
		return nil, fault.InField("body", "must be a form (application/x-www-form-urlencoded)")
	}
	var f fault.List
	form := url.Values{}
	for name, values := range given {
		switch {
		case !isStudioField(name) && !slices.Contains(known, name):
			f.Add(strings.ToValidUTF8(name, "\ufffd"), "is not known here")
		case len(values) > 1:
			f.Add(name, "is given %d times", len(values))
		case !utf8.ValidString(values[0]) || strings.ContainsRune(values[0], 0):
			f.Add(name, "is not valid UTF-8")
		case values[0] != "":
			form.Set(name, values[0])
		}
	}
	return form, f.Err()
}

// action is what an editor does with a stored story.
type action struct {
	done string // the value of the parameter done of the page that follows; see outcomes
	do   func(h *Handlers, ctx context.Context, o *opened) error
}

// actions are the values of the field action.
var actions = map[string]action{
	"publish":  {"published", (*Handlers).publish},
	"withdraw": {"withdrawn", (*Handlers).withdraw},
	"refresh":  {"refreshed", (*Handlers).refresh},
	"lift":     {"lifted", (*Handlers).lift},
}

// errConflict says that others have changed the story since the editor opened it.
var errConflict = fault.New(fault.Precondition, "the story has changed since it was opened")

// Act changes a stored story as the field action says, and redirects to its page. If others have changed the story
// meanwhile, it answers the page with both texts and the status 412, and changes nothing.
func (h *Handlers) Act(c echo.Context) error {
	if _, err := request.Query(c); err != nil {
		return err
	}
	form, err := h.postedForm(c, "action", "days")
	if err != nil {
		return err
	}
	act, ok := actions[form.Get("action")]
	if !ok {
		return fault.InField("action", "must be publish, withdraw, refresh or lift")
	}
	form.Del("action")
	form.Set("article", c.Param("id"))
	o, err := h.open(c.Request().Context(), form)
	if err != nil {
		return err
	}
	err = errConflict
	if len(o.taken) == 0 {
		err = h.doing(c.Request().Context(), o, act)
	}
	switch kind := fault.KindOf(err); {
	case err == nil:
		return answer.Private(c).Redirect(http.StatusSeeOther, "/?"+url.Values{
			"article": {o.Article.ID}, "done": {act.done},
		}.Encode())
	case kind == fault.Precondition:
		if o, err = h.open(c.Request().Context(), form); err != nil { // it may have changed just now
			return err
		}
		return h.storyPage(c, http.StatusPreconditionFailed, o, form, storyNews{})
	case kind == fault.Invalid:
		return h.storyPage(c, http.StatusBadRequest, o, form, storyNews{Refused: err})
	}
	return err
}

// doing does what the editor has asked for, and drops what is cached of the story.
func (h *Handlers) doing(ctx context.Context, o *opened, act action) error {
	defer h.Changed(o.Article.ID)
	return act.do(h, ctx, o)
}

// unchanged is the condition that the story is as it was when it was read for the request.
func (o *opened) unchanged() stories.Condition {
	return func(current store.Record, live bool) bool {
		return live != o.Withdrawn && (!live || current.Revision == o.Revision)
	}
}

// publish stores the story with the editor's changes. A withdrawn one returns.
func (h *Handlers) publish(ctx context.Context, o *opened) error {
	next, err := h.next(o)
	if err != nil {
		return err
	}
	if !next.EmbargoUntil.IsZero() && !article.Writable(next.EmbargoUntil) {
		return &card.FieldError{Field: "embargo", Problem: "must be in the years 1 to 9999"}
	}
	options := stories.PutOptions{If: o.unchanged()}
	if o.Withdrawn {
		_, err = h.Stories.Put(journal.Doing(journal.About(ctx, "published again"), journal.Put), next, options)
		return err
	}
	if len(o.changed) == 0 {
		return nil
	}
	ctx = journal.Doing(journal.About(ctx, strings.Join(o.changed, ", ")), journal.Patch)
	_, err = h.Stories.Update(ctx, next.ID, func(article.Article) (article.Article, error) { return next, nil }, options)
	return err
}

func (h *Handlers) withdraw(ctx context.Context, o *opened) error {
	err := h.Stories.DeleteIf(journal.Doing(ctx, journal.Withdraw), o.Article.ID, o.unchanged())
	if errors.Is(err, store.ErrGone) { // somebody else has, just now
		return nil
	}
	return err
}

func (h *Handlers) refresh(ctx context.Context, o *opened) error {
	_, err := h.Stories.Refresh(journal.Doing(ctx, journal.Refresh), o.Article.ID, stories.PutOptions{If: o.unchanged()})
	return err
}

// lift ends the embargo of the story now. The editor's other changes wait.
func (h *Handlers) lift(ctx context.Context, o *opened) error {
	ctx = journal.Doing(journal.About(ctx, "embargo lifted"), journal.Patch)
	_, err := h.Stories.Update(ctx, o.Article.ID, func(a article.Article) (article.Article, error) {
		a.EmbargoUntil = time.Time{}
		return a, nil
	}, stories.PutOptions{If: o.unchanged()})
	return err
}
