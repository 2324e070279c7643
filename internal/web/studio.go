package web

import "io"

// StudioForm holds the values of the studio's form.
type StudioForm struct {
	URL, Headline, Caption, Credit, Byline, Kicker, Site, Lang, Badge, Photo, Focal, Template, Theme, Size, FontStep, Alt,
	Description string
}

// StudioData holds everything that the studio shows.
type StudioData struct {
	Form                                    StudioForm
	Sizes, Templates, Themes, Badges, Langs []Option
	CardURL                                 string       // same origin; empty when the form is invalid
	Cards                                   []StudioCard // in all sizes; empty when the form is invalid
	ZipURL                                  string
	Story                                   StudioStory
	Checks                                  []Check
	Problems                                []Problem
	Links                                   []Link
	Meta                                    string // meta tags to copy, as text
	Curl, Command                           string // the same card as an API request and as a command
	SignedIn                                bool   // the editor has a session; the page shows "Sign out"
}

// StudioCard is the card in one size.
type StudioCard struct {
	Name, URL, File string
	Width, Height   int // pixels
}

// StudioStory holds the texts that networks show next to the picture.
type StudioStory struct{ Headline, Summary, Host, Site, Button string }

// Check is an issue to fix (level "fault") or to consider (level "note"). Field may be empty.
type Check struct{ Level, Field, Message string }

// Studio writes the studio.
func (p *Pages) Studio(w io.Writer, d StudioData) error {
	return p.set.ExecuteTemplate(w, "studio.html", d)
}

// Problem returns the error message of a field, or "".
func (d StudioData) Problem(field string) string {
	for _, p := range d.Problems {
		if p.Field == field {
			return p.Message
		}
	}
	return ""
}

// Card returns the card in the named size; zero when the form is invalid.
func (d StudioData) Card(name string) StudioCard {
	for _, c := range d.Cards {
		if c.Name == name {
			return c
		}
	}
	return StudioCard{}
}

// SizeLabel returns the label of the named size in the list of sizes.
func (d StudioData) SizeLabel(name string) string {
	for _, o := range d.Sizes {
		if o.Value == name {
			return o.Label
		}
	}
	return name
}

// StudioField is a control of the studio's form.
type StudioField struct {
	Name, Label, Value, Problem, Help string
	Long                              int // rows of a textarea; 0: an input of one line
	Options                           []Option
}

// Address is the field for the story's URL.
func (d StudioData) Address() StudioField {
	return d.field(StudioField{Name: "url", Label: "Story URL", Value: d.Form.URL})
}

// Words are the text fields of the story.
func (d StudioData) Words() []StudioField {
	f := d.Form
	return d.fields(
		StudioField{Name: "headline", Label: "Headline", Value: f.Headline, Long: 3},
		StudioField{Name: "caption", Label: "Caption", Value: f.Caption, Long: 2},
		StudioField{Name: "description", Label: "Description", Value: f.Description, Long: 2,
			Help: "Networks show it next to the card, not on it."},
		StudioField{Name: "kicker", Label: "Section", Value: f.Kicker},
		StudioField{Name: "site", Label: "Publication", Value: f.Site},
		StudioField{Name: "byline", Label: "Byline", Value: f.Byline},
		StudioField{Name: "lang", Label: "Language", Value: f.Lang, Options: d.Langs},
	)
}

// Photo are the fields of the photo.
func (d StudioData) Photo() []StudioField {
	f := d.Form
	return d.fields(
		StudioField{Name: "photo", Label: "Photo URL", Value: f.Photo},
		StudioField{Name: "credit", Label: "Photo credit", Value: f.Credit},
		StudioField{Name: "alt", Label: "Alt text: describe the photo for people who can't see it", Value: f.Alt},
		StudioField{Name: "focal", Label: "Focal point", Value: f.Focal,
			Help: "The point that must stay visible: x,y from the top left, each 0 to 1."},
	)
}

// Looks are the choices of the card's design.
func (d StudioData) Looks() []StudioField {
	f := d.Form
	return d.fields(
		StudioField{Name: "template", Label: "Template", Value: f.Template, Options: d.Templates},
		StudioField{Name: "theme", Label: "Theme", Value: f.Theme, Options: d.Themes},
		StudioField{Name: "badge", Label: "Badge", Value: f.Badge, Options: d.Badges},
		StudioField{Name: "font_step", Label: "Headline size", Value: f.FontStep,
			Options: []Option{{Value: "-2", Label: "−2"}, {Value: "-1", Label: "−1"}, {Label: "0"}, {Value: "1", Label: "+1"},
				{Value: "2", Label: "+2"}}},
	)
}

// Size is the choice of the size that the large preview shows.
func (d StudioData) Size() StudioField {
	return d.field(StudioField{Name: "size", Label: "Size", Value: or(d.Form.Size, "og"), Options: d.Sizes})
}

func (d StudioData) fields(all ...StudioField) []StudioField {
	for i := range all {
		all[i] = d.field(all[i])
	}
	return all
}

// field adds the field's error message. A value that is not among the options is added to them.
func (d StudioData) field(f StudioField) StudioField {
	f.Problem = d.Problem(f.Name)
	if f.Options != nil && !has(f.Options, f.Value) {
		f.Options = append([]Option{{Value: f.Value, Label: f.Value}}, f.Options...)
	}
	return f
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
