package web

import (
	"slices"
	"strings"
)

// StudioField is a control of the studio's form.
type StudioField struct {
	Name, Label, Value, Problem, Help string
	Type                              string // of the input; empty: text
	Long                              int    // rows of a textarea; 0: an input of one line
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
		StudioField{Name: "deck", Label: "Deck", Value: f.Deck, Long: 2, Help: "The sentence below the headline."},
		StudioField{Name: "caption", Label: "Caption", Value: f.Caption, Long: 2},
		StudioField{Name: "description", Label: "Description", Value: f.Description, Long: 2,
			Help: "Networks show it next to the card, not on it."},
		StudioField{Name: "kicker", Label: "Section", Value: f.Kicker},
		StudioField{Name: "site", Label: "Publication", Value: f.Site},
		StudioField{Name: "byline", Label: "Byline", Value: f.Byline},
		StudioField{Name: "published", Label: "Published", Value: f.Published, Type: "datetime-local",
			Help: "Breaking and live stories show the time, others the day. Time zone: " + or(d.Zone, "of the service") + "."},
		StudioField{Name: "lang", Label: "Language", Value: f.Lang, Options: d.Langs},
	)
}

// More are the text fields that only some stories have.
func (d StudioData) More() []StudioField {
	f := d.Form
	all := []StudioField{
		{Name: "kind", Label: "Kind", Value: f.Kind, Options: d.Kinds},
		{Name: "speaker", Label: "Speaker", Value: f.Speaker, Help: "Who says the headline, if it is a quotation."},
		{Name: "speaker_role", Label: "Speaker's role", Value: f.SpeakerRole, Help: "An office, or the occasion."},
	}
	for _, own := range f.Own {
		label := strings.ReplaceAll(own.Name, "_", " ")
		field := StudioField{Name: "fields[" + own.Name + "]", Label: label, Value: own.Value}
		switch own.Name {
		case "number":
			field.Label, field.Help = "Figure", "A number or a score, shown large: 3.5 %, 2:1."
		case "length":
			field.Label, field.Help = "Length", "Of a video or a recording: 2:31."
		}
		all = append(all, field)
	}
	return d.fields(append(all, d.rare()...)...)
}

// rare are the fields of More that say nothing about the story's words.
func (d StudioData) rare() []StudioField {
	f := d.Form
	return []StudioField{
		{Name: "portrait", Label: "Portrait URL", Value: f.Portrait, Help: "A picture of the author or the speaker."},
		{Name: "portrait_alt", Label: "Portrait alt text", Value: f.PortraitAlt},
		{Name: "portrait_focal", Label: "Portrait focal point", Value: f.PortraitFocal,
			Help: "x,y from the top left, each 0 to 1."},
		{Name: "photo_social", Label: "Social networks", Value: f.PhotoSocial,
			Options: []Option{{Label: "The photo may be shown"}, {Value: "no", Label: "Cards must not show the photo"}}},
		{Name: "photo_until", Label: "Photo may be shown until", Value: f.PhotoUntil, Type: "datetime-local",
			Help: "Then cards are drawn without it."},
		{Name: "photo_countries", Label: "Countries of the photo", Value: f.PhotoCountries,
			Help: "If it may be shown in some only, such as KR, JP. Cards are seen everywhere."},
		{Name: "tags", Label: "Tags", Value: f.Tags, Help: "Separated by commas."},
		{Name: "embargo", Label: "Embargo until", Value: f.Embargo, Type: "datetime-local",
			Help: "Readers see nothing of a stored story before. Time zone: " + or(d.Zone, "of the service") + "."},
	}
}

// HasMore reports whether the story has one of the texts of More.
func (d StudioData) HasMore() bool {
	return slices.ContainsFunc(d.More(), func(f StudioField) bool { return f.Value != "" || f.Problem != "" })
}

// Photo are the fields of the photo.
func (d StudioData) Photo() []StudioField {
	f := d.Form
	return d.fields(
		StudioField{Name: "photo", Label: "Photo URL", Value: f.Photo},
		StudioField{Name: "credit", Label: "Photo credit", Value: f.Credit},
		StudioField{Name: "alt", Label: "Alt text", Value: f.Alt,
			Help: "Describes the photo for people who can't see it."},
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

// FieldLabel returns the label of the form's field of the name, or the name if the form has no such field.
func FieldLabel(name string) string {
	var d StudioData
	if own, ok := strings.CutPrefix(name, "fields["); ok {
		d.Form.Own = []OwnField{{Name: strings.TrimSuffix(own, "]")}}
	}
	for _, f := range slices.Concat([]StudioField{d.Address(), d.Size()}, d.Words(), d.More(), d.Photo(), d.Looks()) {
		if f.Name == name {
			return f.Label
		}
	}
	return name
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
