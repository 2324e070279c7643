package web

// StudioField is a control of the studio's form.
type StudioField struct {
	Name, Label, Value, Problem string
	Long                        int // rows of a text of several lines
	Options                     []Option
}

// Fields are the controls of the form, in order.
func (d StudioData) Fields() []StudioField {
	f := d.Form
	fields := []StudioField{
		{Name: "headline", Label: "Headline", Value: f.Headline, Long: 3},
		{Name: "caption", Label: "Caption", Value: f.Caption, Long: 2},
		{Name: "credit", Label: "Photo credit", Value: f.Credit},
		{Name: "photo", Label: "Photo, by its address", Value: f.Photo},
		{Name: "kicker", Label: "Section", Value: f.Kicker},
		{Name: "badge", Label: "Badge", Value: f.Badge, Options: d.Badges},
		{Name: "site", Label: "Publication", Value: f.Site},
		{Name: "byline", Label: "Byline", Value: f.Byline},
		{Name: "url", Label: "The story's address", Value: f.URL},
		{Name: "lang", Label: "Language", Value: f.Lang, Options: d.Langs},
		{Name: "size", Label: "Size", Value: or(f.Size, "og"), Options: d.Sizes},
		{Name: "template", Label: "Template", Value: f.Template, Options: d.Templates},
		{Name: "theme", Label: "Theme", Value: f.Theme, Options: d.Themes},
		{Name: "focal", Label: "Focal point, x,y", Value: f.Focal},
	}
	for i := range fields {
		fields[i].Problem = d.Problem(fields[i].Name)
		if v := fields[i].Value; fields[i].Options != nil && !has(fields[i].Options, v) {
			fields[i].Options = append([]Option{{v, v}}, fields[i].Options...)
		}
	}
	return fields
}

func or(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

func has(options []Option, value string) bool {
	for _, o := range options {
		if o.Value == value {
			return true
		}
	}
	return false
}
