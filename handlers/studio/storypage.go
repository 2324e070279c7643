package studio

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/web"
)

// storyNews is what the page of a stored story says of the last action.
type storyNews struct {
	Done    string // of an action that was done
	Refused error  // why one was not
	Look    *web.LookLink
}

// outcomes are what the page says after an action, by the parameter done.
var outcomes = map[string]string{
	"published": "Published. Networks that have read the page already show the old card until they read it again.",
	"withdrawn": "Withdrawn. Its link, its pictures and its oEmbed answer 410 from now on.",
	"refreshed": "The photo was requested from its source again.",
	"lifted":    "The embargo has ended. Readers can see the story.",
}

// Limits of what the page lists.
const (
	listedPeriods = 6
	listedEntries = 20
)

// storyPage answers with the studio with a stored story. given are the values that the editor has sent.
func (h *Handlers) storyPage(c echo.Context, status int, o *opened, given url.Values, news storyNews) error {
	ctx := c.Request().Context()
	data := h.data(c, o.form, o)
	shown, err := h.openStory(ctx, c, o)
	if err != nil {
		return err
	}
	shown.Outcome = outcomes[news.Done]
	if news.Refused != nil {
		shown.Refused = "Not published: " + h.refusal(news.Refused, &data)
	}
	if len(o.taken) > 0 {
		shown.Conflict = h.conflict(o, given, shown.Journal)
	}
	data.Open, data.Look = &shown, news.Look
	return h.page(c, status, data)
}

// refusal returns why an action was refused, and adds the errors of fields to the page's.
func (h *Handlers) refusal(err error, data *web.StudioData) string {
	var names []string
	for _, p := range formProblems(err) {
		if data.Problem(p.Field) == "" {
			data.Problems = append(data.Problems, web.Problem{Field: p.Field, Message: p.Message})
		}
		names = append(names, p.Message)
	}
	return strings.Join(names, " ")
}

// storyFault answers a request for a story that is not there with a page that says so.
func (h *Handlers) storyFault(c echo.Context, err error) error {
	if !isGone(err) {
		return err
	}
	c.Response().Header().Set("Cache-Control", answer.NoStore)
	return answer.PageWithStatus(c, http.StatusNotFound, answer.PolicyPage, func(w http.ResponseWriter) error {
		return h.Pages.NoStory(w, web.NoStoryData{Visitor: h.visitor(c)})
	})
}

// openStory returns what the page shows of a stored story beside its form.
func (h *Handlers) openStory(ctx context.Context, c echo.Context, o *opened) (s web.OpenStory, err error) {
	editor, _ := access.EditorOf(ctx)
	s = web.OpenStory{
		ID: o.Article.ID, Version: o.Version, Headline: o.Article.Headline, State: h.stateOf(o.Record, o.Withdrawn),
		Until: o.Article.EmbargoUntil, ShortURL: h.Present.Absolute("/s/" + o.Code), URL: o.Article.SharedURL(),
		Created: o.Created, Changed: o.Changed, CanEdit: editor.Can(access.RoleEditor), HasPhoto: o.Article.Photo.URL != "",
		Warnings: warningsOf(o.Warnings),
	}
	for _, name := range o.changed {
		s.Changes = append(s.Changes, web.FieldLabel(name))
	}
	if s.Periods, s.Older, err = h.periods(ctx, o, c.QueryParam("before")); err != nil {
		return s, err
	}
	if s.Stats, err = h.statsOf(ctx, o, c.QueryParam("stats")); err != nil {
		return s, err
	}
	if s.Journal, err = h.entriesOf(ctx, o.Article.ID); err != nil {
		return s, err
	}
	if c.QueryParam("audit") == "1" && !o.Withdrawn {
		result, err := h.Stories.Audit(ctx, o.Article.ID)
		if err != nil {
			return s, err
		}
		s.Audited, s.Audit = true, warningsOf(result.Said())
	}
	return s, nil
}

// stateOf returns the state of a story.
func (h *Handlers) stateOf(rec store.Record, withdrawn bool) string {
	switch {
	case withdrawn:
		return string(store.Withdrawn)
	case !rec.Article.Public(h.Now()):
		return string(store.Embargoed)
	}
	return string(store.Live)
}
