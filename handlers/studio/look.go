package studio

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/web"
)

// lookDays are for how many days a link for a colleague may work, the default first.
var lookDays = []int{7, 1, 30}

// lookPath is the path of the links, which their signatures cover.
const lookPath = "/look"

// maxLook is the length of the longest link, in bytes: servers in between refuse longer ones.
const maxLook = 7 << 10

// lookFields are the fields of the form that a link has.
var lookFields = slices.Concat([]string{"fields[]", "url", "alt", "description", "published", "text_format"},
	slices.DeleteFunc(slices.Clone(cardFields), func(name string) bool { return name == "size" }))

// MakeLink answers the form with a link for a colleague: a signed address that shows the draft, and nothing else.
func (h *Handlers) MakeLink(c echo.Context) error {
	if _, err := request.Query(c); err != nil {
		return err
	}
	q, err := h.postedForm(c, "days")
	if err != nil {
		return err
	}
	days := lookDays[0]
	if given := q.Get("days"); given != "" {
		if days, err = strconv.Atoi(given); err != nil || !slices.Contains(lookDays, days) {
			return fault.InField("days", "must be 1, 7 or 30")
		}
	}
	q.Del("days")
	o, err := h.open(c.Request().Context(), q)
	if err != nil {
		return err
	}
	link := h.linkTo(q, o, days)
	if link.URL != "" {
		detail := fmt.Sprintf("for %d days", days)
		if err := journal.Enter(c.Request().Context(), h.Journal, journal.LinkDraft, detail, h.Now()); err != nil {
			return err
		}
	}
	if o != nil {
		return h.storyPage(c, http.StatusOK, o, q, storyNews{Look: link})
	}
	data := h.data(c, q, nil)
	data.Look = link
	return h.page(c, http.StatusOK, data)
}

// linkTo returns the link to the values of the form. Without a card it has a reason in its place.
func (h *Handlers) linkTo(q url.Values, o *opened, days int) *web.LookLink {
	link := &web.LookLink{Days: days}
	shown := withSampleURL(q)
	if o != nil {
		shown = o.asStored(o.form)
	}
	shown, _ = h.allowed(shown, formOf(q, o), o)
	if _, err := h.parse(shown); err != nil {
		link.Problem = "The form has errors: correct them first."
		return link
	}
	kept := url.Values{}
	for name, values := range shown {
		if request.IsKnown(lookFields, name) && values[0] != "" {
			kept.Set(name, values[0])
		}
	}
	link.Until = h.Now().Add(time.Duration(days) * 24 * time.Hour)
	at := h.Present.Absolute(lookPath + "?" + h.Guard.Sign(lookPath, kept, link.Until).Encode())
	if len(at) > maxLook {
		link.Problem = "The texts are too long for a link. Shorten the caption or the description."
		return link
	}
	link.URL = at
	return link
}

// Look answers with the draft of a link, without sign-in.
func (h *Handlers) Look(c echo.Context) error {
	header := c.Response().Header()
	header.Set("Cache-Control", answer.NoStore)
	header.Set("X-Robots-Tag", "noindex, nofollow")
	header.Set("Referrer-Policy", "no-referrer")
	q, err := request.OpenQuery(c, append([]string{"expires", "sig"}, lookFields...)...)
	if err == nil {
		err = h.Guard.Verify(c.Request(), q)
	}
	var asked card.Card
	if err == nil {
		asked, err = h.parse(q)
	}
	if err != nil {
		return h.noLook(c, err)
	}
	until, err := strconv.ParseInt(q.Get("expires"), 10, 64)
	if err != nil { // a signature without an end is none of ours
		return h.noLook(c, card.ErrSignature)
	}
	story := h.studioStory(q, asked)
	data := web.StudioData{Form: form(q, nil), Sizes: sizeOptions(), Cards: h.lookCards(asked, time.Unix(until, 0)),
		Story: web.StudioStory{Headline: story.Headline, Summary: story.Summary, Host: story.Host, Site: story.Site,
			Button: story.Button}}
	return answer.Page(c, answer.PolicyPage, func(w http.ResponseWriter) error {
		return h.Pages.Look(w, web.LookData{StudioData: data, Until: time.Unix(until, 0), Caption: asked.Caption,
			Credit: asked.Credit, Lang: asked.Lang})
	})
}

// lookCards returns the card in all sizes. Their addresses work as long as the link.
func (h *Handlers) lookCards(asked card.Card, until time.Time) (all []web.StudioCard) {
	asked = h.badged(asked, nil)
	format := asked.Format()
	path := "/v1/card." + format
	for _, size := range card.Sizes {
		asked.Size = size.Size
		all = append(all, web.StudioCard{Name: size.Name, Width: size.Size.W, Height: size.Size.H,
			File: "card-" + size.Name + "." + format, URL: path + "?" + h.Guard.Sign(path, asked.Values(), until).Encode()})
	}
	return all
}

// noLook answers a link that does not work with a page that says why.
func (h *Handlers) noLook(c echo.Context, err error) error {
	status, expired := http.StatusForbidden, errors.Is(err, card.ErrExpired)
	if expired {
		status = http.StatusGone
	}
	return answer.PageWithStatus(c, status, answer.PolicyPage,
		func(w http.ResponseWriter) error { return h.Pages.NoLook(w, expired) })
}
