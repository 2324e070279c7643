package web

import "io"

// StudioForm is what is typed in the studio.
type StudioForm struct {
	URL, Headline, Caption, Credit, Byline, Kicker, Site, Lang, Badge, Photo, Focal, Template, Theme, Size, FontStep, Alt,
	Description string
}

// StudioData is what the studio shows.
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
	Meta                                    string // tags to copy, as text
	Curl, Command                           string // the same by API and by command line
	SignedIn                                bool   // the editor has a session to end
}

// StudioCard is the card in a size.
type StudioCard struct {
	Name, URL, File string
	Width, Height   int // pixels
}

// StudioStory is what networks show beside the picture.
type StudioStory struct{ Headline, Summary, Host, Site, Button string }

// Check is something to mend ("fault") or to think about ("note"). Field may be empty.
type Check struct{ Level, Field, Message string }

// Studio writes the studio.
func (p *Pages) Studio(w io.Writer, d StudioData) error {
	return p.set.ExecuteTemplate(w, "studio.html", d)
}

// Problem is the message of a field, or nothing.
func (d StudioData) Problem(field string) string {
	for _, p := range d.Problems {
		if p.Field == field {
			return p.Message
		}
	}
	return ""
}

// Card is the card in the size of that name; zero when the form is invalid.
func (d StudioData) Card(name string) StudioCard {
	for _, c := range d.Cards {
		if c.Name == name {
			return c
		}
	}
	return StudioCard{}
}

// SizeLabel is what the choice of sizes calls the size of that name.
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
	Long                              int // rows of a text of several lines
	Options                           []Option
}

// Address is where the story stands.
func (d StudioData) Address() StudioField {
	return d.field(StudioField{Name: "url", Label: "The story's address", Value: d.Form.URL})
}

// Words are the controls of what the card says.
func (d StudioData) Words() []StudioField {
	f := d.Form
	return d.fields(
		StudioField{Name: "headline", Label: "Headline", Value: f.Headline, Long: 3},
		StudioField{Name: "caption", Label: "Caption", Value: f.Caption, Long: 2},
		StudioField{Name: "description", Label: "Description", Value: f.Description, Long: 2,
			Help: "Shown by networks beside the card, not on it."},
		StudioField{Name: "kicker", Label: "Section", Value: f.Kicker},
		StudioField{Name: "site", Label: "Publication", Value: f.Site},
		StudioField{Name: "byline", Label: "Byline", Value: f.Byline},
		StudioField{Name: "lang", Label: "Language", Value: f.Lang, Options: d.Langs},
	)
}

// Photo are the controls of the photo.
func (d StudioData) Photo() []StudioField {
	f := d.Form
	return d.fields(
		StudioField{Name: "photo", Label: "Photo, by its address", Value: f.Photo},
		StudioField{Name: "credit", Label: "Credit", Value: f.Credit},
		StudioField{Name: "alt", Label: "What it shows, for people who cannot see it", Value: f.Alt},
		StudioField{Name: "focal", Label: "What must stay in sight", Value: f.Focal, Help: "x,y from the top left, 0 to 1."},
	)
}

// Looks are the choices of how the card looks.
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

// Size is the choice of the size that is shown large.
func (d StudioData) Size() StudioField {
	return d.field(StudioField{Name: "size", Label: "Size", Value: or(d.Form.Size, "og"), Options: d.Sizes})
}

func (d StudioData) fields(all ...StudioField) []StudioField {
	for i := range all {
		all[i] = d.field(all[i])
	}
	return all
}

// field adds what is wrong with it, and a value of one's own to the choices.
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
