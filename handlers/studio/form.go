package studio

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/advice"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/web"
)

// form returns the values of the form. own are the names of the newsroom's own texts that templates show; those of the
// query are added.
func form(q url.Values, own []string) web.StudioForm {
	f := web.StudioForm{
		URL: q.Get("url"), Headline: q.Get("headline"), Deck: q.Get("deck"), Caption: q.Get("caption"),
		Credit: q.Get("credit"), Byline: q.Get("byline"), Published: q.Get("published"), Kind: q.Get("kind"),
		Speaker: q.Get("speaker"), SpeakerRole: q.Get("speaker_role"),
		Kicker: q.Get("kicker"), Site: q.Get("site"), Lang: q.Get("lang"), Badge: q.Get("badge"), Photo: q.Get("photo"),
		Focal: q.Get("focal"), Alt: q.Get("alt"), Description: q.Get("description"), Tags: q.Get("tags"),
		Embargo: q.Get("embargo"), Portrait: q.Get("portrait"), PortraitFocal: q.Get("portrait_focal"),
		PortraitAlt: q.Get("portrait_alt"), PhotoSocial: q.Get("photo_social"), PhotoUntil: q.Get("photo_until"),
		PhotoCountries: q.Get("photo_countries"), Article: q.Get("article"), Base: q.Get("base"),
		Template: q.Get("template"), Theme: q.Get("theme"), Size: q.Get("size"), FontStep: q.Get("font_step"),
	}
	for name := range q {
		if field, ok := strings.CutPrefix(name, "fields["); ok && !slices.Contains(own, strings.TrimSuffix(field, "]")) {
			own = append(own, strings.TrimSuffix(field, "]"))
		}
	}
	for _, name := range sorted(slices.Clone(own)) {
		f.Own = append(f.Own, web.OwnField{Name: name, Value: q.Get("fields[" + name + "]")})
	}
	return f
}

// options returns the values as options with their own names as labels, after an option for no value.
func options(empty string, values ...string) []web.Option {
	if empty == "" {
		empty = "Automatic"
	}
	all := []web.Option{{Label: empty}}
	for _, v := range values {
		all = append(all, web.Option{Value: v, Label: strings.ToUpper(v[:1]) + v[1:]})
	}
	return all
}

// kindOptions are the kinds of stories. The first is that of a story that says nothing.
func kindOptions() []web.Option {
	all := options("News", card.Kinds[1:]...)
	for i, o := range all {
		if o.Value == "paid" {
			all[i].Label = "Paid content"
		}
	}
	return all
}

// sizeNames are the names of the sizes that editors see.
var sizeNames = map[string]string{"og": "Link", "twitter": "X", "kakao": "KakaoTalk", "square": "Square",
	"portrait": "Portrait", "story": "Story"}

func sizeOptions() []web.Option {
	var all []web.Option
	for _, s := range card.Sizes {
		all = append(all, web.Option{Value: s.Name, Label: sizeNames[s.Name],
			Note: fmt.Sprintf("%d × %d", s.Size.W, s.Size.H)})
	}
	return all
}

func webProblems(in []api.FieldProblem) []web.Problem {
	var all []web.Problem
	for _, p := range in {
		all = append(all, web.Problem{Field: p.Field, Message: p.Message})
	}
	return all
}

func webLinks(in []api.ShareLink) []web.Link {
	var all []web.Link
	for _, l := range in {
		all = append(all, web.Link{Target: l.Target, Label: l.Label, URL: l.Url})
	}
	return all
}

func sorted(in []string) []string {
	slices.Sort(in)
	return in
}

func webCards(in []api.StudioCard) []web.StudioCard {
	var all []web.StudioCard
	for _, c := range in {
		all = append(all, web.StudioCard{Name: c.Name, URL: c.Url, SmallURL: c.SmallUrl, File: c.File,
			Width: c.Width, Height: c.Height})
	}
	return all
}

func webChecks(in []api.StudioCheck) []web.Check {
	var all []web.Check
	for _, c := range in {
		all = append(all, web.Check{Level: string(c.Level), Field: c.Field, Message: c.Message})
	}
	return all
}

// linkTo returns the URL of the link to the target, or "" if there is none.
func linkTo(target string, links []api.ShareLink) string {
	for _, l := range links {
		if l.Target == target {
			return l.Url
		}
	}
	return ""
}

// fieldOf has the studio's names of the fields that the API calls otherwise.
var fieldOf = map[string]string{"photo.url": "photo", "photo.alt": "alt", "photo.focal": "focal", "date": "published",
	"time": "published", "published_at": "published", "portrait.url": "portrait", "portrait.alt": "portrait_alt",
	"portrait.focal": "portrait_focal", "embargo_until": "embargo",
	"photo.rights.social": "photo_social", "photo.rights.expires": "photo_until",
	"photo.rights.territories": "photo_countries"}

// htmlFields returns the API's names of the fields whose text was converted from HTML.
func htmlFields(q url.Values) (names []string) {
	for _, name := range studioFields {
		if name == "url" || name == "photo" || !card.IsHTML(q.Get(name)) {
			continue
		}
		for theirs, ours := range fieldOf {
			if ours == name {
				name = theirs
			}
		}
		names = append(names, name)
	}
	return names
}

func apiChecks(in []advice.Check) []api.StudioCheck {
	all := []api.StudioCheck{}
	for _, c := range in {
		level := api.StudioCheckLevel(c.Level)
		all = append(all, api.StudioCheck{Code: c.Code, Level: level, Field: formName(c.Field), Message: c.Message})
	}
	return all
}
