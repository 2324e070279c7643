package handlers

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"cards/api"
	"cards/article"
	"cards/card"
	"cards/share"
	"cards/web"
)

// studioFields are the fields of the studio's form, as its query carries them.
var studioFields = []string{
	"url", "headline", "caption", "credit", "byline", "kicker", "site", "lang", "badge", "photo", "focal", "template", "theme", "size", "font_step",
}

// sample is what the studio shows at a first visit.
var sample = url.Values{
	"url": {"https://news.example/weather/storm-front"}, "headline": {"Storm front stalls over the west coast as harbor towns brace for a second night"},
	"caption": {"Ferry services are suspended until Monday, the port authority says."}, "kicker": {"Weather"}, "site": {"The Harbor Post"},
	"byline": {"By the Weather Desk"}, "lang": {"en"}, "badge": {"live"},
}

func (s *server) studio(c echo.Context) error {
	q, err := query(c, studioFields...)
	if err != nil {
		return err
	}
	if len(q) == 0 {
		q = sample
	}
	state := s.studioOf(q)
	c.Response().Header().Set("Cache-Control", "no-store")
	return s.page(c, policyPage, func(w http.ResponseWriter) error {
		return s.Pages.Studio(w, web.StudioData{
			Form: form(q), Sizes: sizeOptions(), Templates: options("", s.Designs.Templates()...), Themes: options("", s.Designs.Themes()...),
			Badges: options("none", card.Badges...), Langs: []web.Option{{Value: "", Label: "by the text"}, {Value: "en", Label: "English"}, {Value: "ko", Label: "한국어"}, {Value: "ja", Label: "日本語"}, {Value: "zh", Label: "中文"}},
			CardURL: state.CardUrl, Problems: webProblems(state.Problems), Links: webLinks(state.Links), Meta: state.Meta,
			Curl: state.Curl, Command: state.Command, Open: s.atHome(c),
		})
	})
}

func (s *server) studioState(c echo.Context) error {
	q, err := query(c, studioFields...)
	if err != nil {
		return err
	}
	return private(c).JSON(http.StatusOK, s.studioOf(q))
}

// studioPhoto keeps a photo for the studio, where that needs no token.
func (s *server) studioPhoto(c echo.Context) error {
	if !s.atHome(c) {
		return errUnauthorized
	}
	return s.uploadPhoto(c)
}

// studioOf is the card, the links and the tags of what was typed, or what is wrong with it.
func (s *server) studioOf(q url.Values) api.StudioState {
	state := api.StudioState{Problems: []api.FieldProblem{}, Links: []api.ShareLink{}}
	cardQuery := url.Values{}
	for name, values := range q {
		if name != "url" && values[0] != "" {
			cardQuery[name] = values
		}
	}
	asked, err := card.Parse(cardQuery)
	state.Problems = append(state.Problems, problems(err)...)
	if err == nil {
		state.CardUrl = "/v1/card." + cardFormat(asked) + "?" + s.Signer.Sign("/v1/card."+cardFormat(asked), asked.Values(), s.Now().AddDate(0, 0, 1)).Encode()
	}
	if q.Get("url") == "" {
		return state
	}
	s.studioLinks(&state, q, asked)
	return state
}

// signedPicture is the card at a size, as a page may name it for good without registering.
func (s *server) signedPicture(asked card.Card, size card.Size) article.Picture {
	asked.Size = size
	format := cardFormat(asked)
	at := "/v1/card." + format
	signed := s.Signer.Sign(at, asked.Values(), time.Time{})
	return article.Picture{URL: s.absolute(at + "?" + signed.Encode()), Type: mediaType(format), Width: size.W, Height: size.H}
}

func cardFormat(c card.Card) string {
	if c.Photo.URL != "" && c.TemplateName(true) != "text" {
		return "jpg"
	}
	return "png"
}

// studioLinks adds what needs the story's address.
func (s *server) studioLinks(state *api.StudioState, q url.Values, asked card.Card) {
	_, links, err := share.Links(s.Share, share.Post{URL: q.Get("url"), Title: asked.Headline, Text: asked.Caption, Lang: q.Get("lang")},
		[]string{"facebook", "twitter", "kakao", "mail", "link"})
	if err != nil {
		state.Problems = append(state.Problems, problems(err)...)
		return
	}
	state.Links = apiLinks(links)
	a := article.Article{
		ID: "my-story", URL: q.Get("url"), Headline: asked.Headline, Caption: asked.Caption, Credit: asked.Credit, Byline: asked.Byline,
		Kicker: asked.Kicker, Site: asked.Site, Lang: asked.Lang, Badge: asked.Badge, Template: asked.Template, Theme: asked.Theme,
		FontStep: asked.FontStep, Photo: article.Photo{URL: asked.Photo.URL, Focal: asked.Photo.Focal},
	}
	a, err = a.Normalize()
	if err != nil {
		return // its faults are the card's, and named there
	}
	state.Meta = article.Meta(article.MetaInput{Article: a, Image: s.signedPicture(asked, card.OpenGraph), Twitter: s.signedPicture(asked, card.Twitter)})
	state.Curl, state.Command = s.commands(a, asked)
}

// commands say the same story to the API and to the command line.
func (s *server) commands(a article.Article, asked card.Card) (curl, command string) {
	fields := map[string]any{"url": a.URL}
	var flags []string
	for name, values := range asked.Values() {
		flags = append(flags, "--"+strings.ReplaceAll(name, "_", "-")+" "+quote(values[0]))
		switch name {
		case "photo", "focal", "size":
		case "font_step":
			fields[name] = asked.FontStep
		default:
			fields[name] = values[0]
		}
	}
	if asked.Photo.URL != "" {
		photo := map[string]any{"url": asked.Photo.URL}
		if f := asked.Photo.Focal; f != nil {
			photo["focal"] = []float64{f.X, f.Y}
		}
		fields["photo"] = photo
	}
	raw, err := json.MarshalIndent(fields, "", "  ")
	if err != nil { // strings and numbers alone
		return "", ""
	}
	curl = fmt.Sprintf("curl -X PUT %s \\\n  -H \"Authorization: Bearer $CARDS_API_TOKEN\" \\\n  -d %s", s.absolute("/v1/articles/my-story"), quote(string(raw)))
	return curl, "cards render " + strings.Join(sorted(flags), " ") + " --out card." + cardFormat(asked)
}

// quote makes a text one word of a POSIX shell.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
