package studio

import (
	"maps"
	"net/url"
	"strings"
	"time"

	"newsroom.example/cards/internal/advice"
	"newsroom.example/cards/internal/article"
)

// notSocial is the value of the field photo_social for a photo that may not be shown on social networks.
const notSocial = "no"

// rightsFields are the fields of the form with the rights of the photo.
var rightsFields = []string{"photo_social", "photo_until", "photo_countries"}

// rightsValues returns the values of the form for the rights of a photo.
func (h *Handlers) rightsValues(r article.Rights) map[string]string {
	social := ""
	if r.NotSocial {
		social = notSocial
	}
	return map[string]string{"photo_social": social, "photo_until": h.local(r.Expires),
		"photo_countries": strings.Join(r.Territories, ", ")}
}

// setRights sets one field of the rights from the value of the form.
func (h *Handlers) setRights(r *article.Rights, name, value string) (err error) {
	switch name {
	case "photo_social":
		if value != "" && value != notSocial {
			return formProblem("must be empty or no")
		}
		r.NotSocial = value == notSocial
	case "photo_until":
		r.Expires, err = h.timeOf(value)
	case "photo_countries":
		r.Territories = tagsOf(value)
	}
	return err
}

// rightsOf returns the rights of the photo in the form, without those of its fields that are invalid.
func (h *Handlers) rightsOf(q url.Values) (r article.Rights) {
	for _, name := range rightsFields {
		if err := h.setRights(&r, name, plain(q.Get(name))); err != nil {
			continue // it is reported with the story's fields
		}
	}
	return r
}

// allowed returns the form without the photo and the portrait that its cards may not show, and which these are. The
// form is of the stored story o, or of none.
func (h *Handlers) allowed(shown url.Values, form url.Values, o *opened) (url.Values, []advice.Barred) {
	a := article.Article{Photo: article.Photo{URL: shown.Get("photo"), Rights: h.rightsOf(form)}}
	if o != nil {
		a.Portrait = article.Photo{URL: shown.Get("portrait"), Rights: o.Article.Portrait.Rights}
	}
	barred := advice.BarredIn(a, h.Now(), h.Territories)
	if len(barred) == 0 {
		return shown, nil
	}
	shown = maps.Clone(shown)
	for _, b := range barred {
		shown.Del(b.Name)
		shown.Del(map[string]string{"photo": "focal", "portrait": "portrait_focal"}[b.Name])
	}
	return shown, barred
}

// rightsIn returns the rights of a photo in the body of a PUT; nil if it has none.
func rightsIn(r article.Rights) map[string]any {
	if r.IsZero() {
		return nil
	}
	fields := map[string]any{}
	if !r.Expires.IsZero() {
		fields["expires"] = r.Expires.Format(time.RFC3339)
	}
	if len(r.Territories) > 0 {
		fields["territories"] = r.Territories
	}
	if r.NotSocial {
		fields["social"] = false
	}
	return fields
}
