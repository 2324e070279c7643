package card

import (
	"slices"
	"strings"
	"time"

	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/lazyregexp"
	"newsroom.example/cards/internal/weburl"
)

var (
	fieldName  = lazyregexp.New(`^[a-z0-9_]{1,24}$`)
	langTag    = lazyregexp.New(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,5}$`)
	simpleName = lazyregexp.New(`^[a-z0-9-]{1,32}$`)
	uploadName = lazyregexp.New(`^upload:[a-z0-9]{16,64}$`)
)

// line is a text field with its maximum length in code points.
type line struct {
	field string
	text  *string
	most  int
}

func (c *Card) lines() []line {
	return []line{
		{"headline", &c.Headline, MaxHeadline}, {"deck", &c.Deck, MaxDeck}, {"caption", &c.Caption, MaxCaption},
		{"credit", &c.Credit, MaxShort}, {"byline", &c.Byline, MaxShort},
		{"kicker", &c.Kicker, MaxShort}, {"site", &c.Site, MaxShort}, {"badge", &c.Badge, MaxBadge},
		{"speaker", &c.Speaker, MaxShort}, {"speaker_role", &c.SpeakerRole, MaxShort},
	}
}

// IsHTML reports whether Normalize would decode the text from HTML (package clean).
func IsHTML(text string) bool { return clean.IsHTML(text) }

// HTMLFields returns the names of the fields that Normalize would take for HTML and decode, although the card does not
// say that its texts are HTML.
func (c Card) HTMLFields() (fields []string) {
	if c.TextFormat != clean.Guess {
		return nil
	}
	for _, l := range c.lines() {
		if IsHTML(*l.text) {
			fields = append(fields, l.field)
		}
	}
	for _, name := range sortedKeys(c.Fields) {
		if IsHTML(c.Fields[name]) {
			fields = append(fields, "fields."+name)
		}
	}
	if weburl.IsHTML(c.Photo.URL) {
		fields = append(fields, "photo")
	}
	if weburl.IsHTML(c.Portrait.URL) {
		fields = append(fields, "portrait")
	}
	return fields
}

// Normalize decodes text that is HTML, cleans the text, sets a zero Size to OpenGraph, and checks every field. The
// error joins one *FieldError for each invalid field. Normalizing the result again changes nothing.
func (c Card) Normalize() (Card, error) {
	var f Fields
	f.Check("text_format", c.TextFormat.Check())
	for _, l := range c.lines() {
		f.LineAs(c.TextFormat, l.field, l.text, l.most)
	}
	if c.Headline == "" && f.Err() == nil {
		f.Add("headline", "is required")
	}
	if c.Size == (Size{}) {
		c.Size = OpenGraph
	}
	f.Check("size", c.Size.check())
	c.Lang = strings.ReplaceAll(c.Lang, "_", "-") // many systems write ko_KR
	if c.FontStep < -2 || c.FontStep > 2 {
		f.Add("font_step", "must be from -2 to 2")
	}
	c.normalizeFields(&f)
	c.checkNames(&f)
	c.Photo = c.Photo.normalize(c.TextFormat, "photo", "focal", &f)
	c.Portrait = c.Portrait.normalize(c.TextFormat, "portrait", "portrait_focal", &f)
	return c.Settled(), f.Err()
}

// Settled returns a card whose texts have been cleaned already, with the TextFormat that leaves them as they are.
func (c Card) Settled() Card {
	c.TextFormat = clean.Guess
	if len(c.HTMLFields()) > 0 {
		c.TextFormat = PlainText
	}
	return c
}

func (c Card) checkNames(f *Fields) {
	if c.Lang != "" && !IsLang(c.Lang) {
		f.Add("lang", `must be a language tag such as "en" or "ko-KR"`)
	}
	if c.Template != "" && !simpleName().MatchString(c.Template) {
		f.Add("template", "must be a template's name: a-z, 0-9 and -, at most 32 characters")
	}
	if c.Theme != "" && !simpleName().MatchString(c.Theme) {
		f.Add("theme", "must be a theme's name: a-z, 0-9 and -, at most 32 characters")
	}
	if c.Date != "" {
		if _, err := time.Parse(time.DateOnly, c.Date); err != nil {
			f.Add("date", "must be a day, YYYY-MM-DD")
		}
	}
	if c.Time != "" {
		if _, err := time.Parse("15:04", c.Time); err != nil || len(c.Time) != len("15:04") {
			f.Add("time", "must be a time of day, HH:MM")
		}
	}
	if c.Kind != "" && !slices.Contains(Kinds, c.Kind) {
		f.Add("kind", "must be one of %s", strings.Join(Kinds, ", "))
	}
}

// normalizeFields cleans the newsroom's own texts, and drops those that are empty.
func (c *Card) normalizeFields(f *Fields) {
	if c.Kind == Kinds[0] {
		c.Kind = ""
	}
	if len(c.Fields) > MaxFields {
		f.Add("fields", "has %d entries; at most %d are taken", len(c.Fields), MaxFields)
		return
	}
	clean := make(map[string]string, len(c.Fields))
	for _, name := range sortedKeys(c.Fields) {
		text := c.Fields[name]
		f.LineAs(c.TextFormat, "fields."+name, &text, MaxField)
		if !fieldName().MatchString(name) {
			f.Add("fields", "%q is no name of a field: it must be 1 to 24 of a-z, 0-9 and '_'", name)
		}
		if text != "" {
			clean[name] = text
		}
	}
	if c.Fields = clean; len(clean) == 0 {
		c.Fields = nil
	}
}

// normalize returns the photo whose URL and focal point are the fields of these names.
func (p Photo) normalize(format TextFormat, url, focal string, f *Fields) Photo {
	if p.URL == "" {
		return Photo{}
	}
	p.URL = weburl.CleanAs(format, p.URL)
	if strings.HasPrefix(p.URL, "upload:") {
		if !uploadName().MatchString(p.URL) {
			f.Add(url, "is no upload of this service")
		}
	} else if err := CheckPhotoURL(p.URL); err != nil {
		f.Check(url, err)
	}
	if p.Focal != nil {
		f.Check(focal, p.Focal.check())
	}
	return p
}

// CheckPhotoURL checks the form of a photo's URL: absolute http or https, no user info, a port from 1 to 65535 if
// any, at most MaxURL bytes. Whether the host is allowed is checked only when the photo is fetched.
func CheckPhotoURL(raw string) error {
	_, err := weburl.Parse(raw)
	return err
}

type problem string

func (p problem) Error() string { return string(p) }

// IsLang reports whether a string has the form of a language tag (BCP 47), such as "en" or "ko-KR".
func IsLang(s string) bool { return langTag().MatchString(s) }
