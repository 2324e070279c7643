package studio

import (
	"maps"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/advice"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/sample"
	"newsroom.example/cards/internal/web"
)

// Sample is the story that the studio shows on a first visit. It has no URL, so that the field is
// empty for the editor's own. Sample must not be modified.
var Sample = url.Values{
	"headline": {"Storm front stalls over the west coast as harbor towns brace for a second night"},
	"caption":  {"Ferry services are suspended until Monday, the port authority says."}, "kicker": {"Weather"},
	"credit": {"Coast News"}, "alt": {"A dark sea under a bank of clouds that the last sun lights from below."},
	"site":   {"The Harbor Post"},
	"byline": {"By the Weather Desk"}, "lang": {"en"}, "badge": {"live"},
}

// SampleURL is the address of the sample's story.
const SampleURL = "https://news.example/weather/storm-front"

// withSampleURL adds SampleURL to a form that has no URL and still has the sample's headline. So a
// first visit shows what links and tags look like, and no real story gets the sample's URL.
func withSampleURL(q url.Values) url.Values {
	if q.Get("url") != "" || q.Get("headline") != Sample.Get("headline") {
		return q
	}
	q = maps.Clone(q)
	q.Set("url", SampleURL)
	return q
}

// sample returns the form of a first visit. Its photo is stored when it is first needed.
func (h *Handlers) sample(c echo.Context) url.Values {
	q := maps.Clone(Sample)
	id, err := h.Photos.Add(c.Request().Context(), sample.Photo)
	if err != nil { // withdrawn, or the disk is full: the sample has no photo then
		h.Refused(c, err)
		for _, name := range []string{"credit", "alt"} {
			q.Del(name)
		}
		return q
	}
	q.Set("photo", id)
	return q
}

// Page answers with the studio, filled with the story of the query or with the sample.
func (h *Handlers) Page(c echo.Context) error {
	q, err := request.OpenQuery(c, studioFields...)
	if err != nil {
		return err
	}
	o, err := h.open(c.Request().Context(), q)
	if err != nil {
		return h.storyFault(c, err)
	}
	if o != nil {
		return h.storyPage(c, http.StatusOK, o, q, storyNews{Done: c.QueryParam("done")})
	}
	first := len(q) == 0
	if first {
		q = h.sample(c)
	}
	data := h.data(c, q, nil)
	data.First = first
	return h.page(c, http.StatusOK, data)
}

// page answers with the studio.
func (h *Handlers) page(c echo.Context, status int, data web.StudioData) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	return answer.PageWithStatus(c, status, answer.PolicyPage,
		func(w http.ResponseWriter) error { return h.Pages.Studio(w, data) })
}

// data returns what the studio shows for the values of the form, which is of the stored story o, or of none.
func (h *Handlers) data(c echo.Context, q url.Values, o *opened) web.StudioData {
	state := h.studioOf(q, o)
	return web.StudioData{
		Form:  form(q, h.Designs.Fields()),
		Sizes: sizeOptions(), Templates: options("", h.Designs.Templates()...),
		Themes: options("", h.Designs.Themes()...),
		Badges: options("None", card.Badges...), Kinds: kindOptions(), Langs: languages,
		CardURL: state.CardUrl, SmallURL: state.SmallUrl, Width: state.Width, Height: state.Height,
		Cards: webCards(state.Cards), ZipURL: state.ZipUrl, Checks: webChecks(state.Checks),
		Story: web.StudioStory{Headline: state.Story.Headline, Summary: state.Story.Summary, Host: state.Story.Host,
			Site: state.Story.Site, Button: state.Story.Button},
		Problems: webProblems(state.Problems), Links: webLinks(state.Links), Meta: state.Meta,
		Curl: state.Curl, Command: state.Command, Zone: h.zone(), Visitor: h.visitor(c),
	}
}

// zone returns the zone of the times in the form, such as UTC+09:00.
func (h *Handlers) zone() string { return "UTC" + h.Now().Format("-07:00") }

// visitor returns who has sent a request.
func (h *Handlers) visitor(c echo.Context) web.Visitor {
	e, _ := access.EditorOf(c.Request().Context())
	return web.Visitor{Editor: e.Name, SignedIn: h.Guard.HasSession(c.Request())}
}

// State answers the studio's script with everything that the studio shows of a story.
func (h *Handlers) State(c echo.Context) error {
	q, err := request.OpenQuery(c, studioFields...)
	if err != nil {
		return err
	}
	o, err := h.open(c.Request().Context(), q)
	if err != nil {
		return err
	}
	return answer.Private(c).JSON(http.StatusOK, h.studioOf(q, o))
}

// formOf returns the values of the form that is of the stored story o, or of none.
func formOf(q url.Values, o *opened) url.Values {
	if o != nil {
		return o.form
	}
	return q
}

// studioOf returns the card, the links and the tags for the values of the form, or the form's errors. The form is of
// the stored story o, or of none.
func (h *Handlers) studioOf(q url.Values, o *opened) api.StudioState {
	state := api.StudioState{Problems: []api.FieldProblem{}, Links: []api.ShareLink{}, Cards: []api.StudioCard{},
		Checks: []api.StudioCheck{}, Changed: []string{}}
	shown := withSampleURL(q)
	if o != nil {
		shown = o.asStored(q)
		state.Changed = append(state.Changed, o.changed...)
	}
	shown, barred := h.allowed(shown, formOf(q, o), o)
	asked, err := h.parse(shown)
	state.Problems = append(state.Problems, formProblems(err)...)
	if err == nil {
		h.studioCards(&state, h.badged(asked, o))
	}
	q = withSampleURL(q)
	switch {
	case o != nil:
		h.storedLinks(&state, o)
	case q.Get("url") != "":
		h.studioLinks(&state, q, asked)
	}
	if err == nil {
		state.Checks = apiChecks(advice.OfStory(advice.Story{
			Article: h.storyOf(q, asked), HTML: htmlFields(q), PhotoUnused: !h.Designs.ShowsPhoto(asked),
			Barred: barred,
			Home:   h.Designs.Home(asked),
			XPost:  linkTo("twitter", state.Links),
		}))
		state.Story = h.studioStory(q, asked)
	}
	return state
}
