// Package article defines Article, a story as a newsroom registers it, with one canonical URL.
//
// An Article is a value with methods to normalize it, to compute its version and its alt text, and to make the cards
// that show it. The package uses no network, disk, clock or HTTP.
package article

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"slices"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/lazyregexp"
	"newsroom.example/cards/internal/weburl"
	"newsroom.example/cards/share"
)

// Article is a story as the CMS registers it. Once normalized, its text is plain UTF-8, without markup.
type Article struct {
	ID string `json:"id"`
	// Format says how the texts and URLs are written. Normalize sets it to clean.Text if the cleaned texts would be
	// decoded again without it, and else to clean.Guess. So an article that is put again as it was stored stays as it is.
	Format       clean.Format `json:"format,omitempty"`
	URL          string       `json:"url"`              // canonical once normalized
	Shared       string       `json:"shared,omitempty"` // the URL with campaign tags; Normalize finds those of URL
	Headline     string       `json:"headline"`
	Deck         string       `json:"deck,omitempty"`
	Caption      string       `json:"caption,omitempty"`
	Credit       string       `json:"credit,omitempty"`
	Byline       string       `json:"byline,omitempty"`  // as cards show it; with Authors, Normalize sets it to their names
	Authors      []Author     `json:"authors,omitempty"` // empty if the newsroom wrote the byline itself
	Kicker       string       `json:"kicker,omitempty"`
	Site         string       `json:"site,omitempty"`
	Lang         string       `json:"lang,omitempty"`
	Badge        string       `json:"badge,omitempty"`
	Speaker      string       `json:"speaker,omitempty"`
	SpeakerRole  string       `json:"speaker_role,omitempty"`
	Photo        Photo        `json:"photo,omitzero"`
	Portrait     Photo        `json:"portrait,omitzero"`   // of the author or the speaker
	FromPhoto    FromPhoto    `json:"from_photo,omitzero"` // set by the service, not by the newsroom
	Template     string       `json:"template,omitempty"`
	Theme        string       `json:"theme,omitempty"`
	FontStep     int          `json:"font_step,omitempty"`
	PublishedAt  time.Time    `json:"published_at,omitzero"`
	UpdatedAt    time.Time    `json:"updated_at,omitzero"`
	EmbargoUntil time.Time    `json:"embargo_until,omitzero"`
	Kind         string       `json:"kind,omitempty"` // one of Kinds; empty means news
	Tags         []string     `json:"tags,omitempty"`
	Description  string       `json:"description,omitempty"`

	Fields map[string]string `json:"fields,omitempty"` // the newsroom's own texts; see card.Card

	// PortraitID is the ID of the stored portrait that cards show ("upload:..."), set by the service. It is empty if there
	// is no portrait, or if no complete one could be fetched; then it is fetched for each picture.
	PortraitID string `json:"portrait_id,omitempty"`

	Clock Clock `json:"clock,omitzero"` // set by the service
	// BadgeSince is from when the badge breaking counts, set by the service. It is no part of the version.
	BadgeSince time.Time `json:"badge_since,omitzero"`

	// Designs is which of the newsroom's designs the version is drawn with (card.Card.Designs), set by the service.
	Designs string `json:"designs,omitempty"`

	Past Past `json:"past,omitzero"` // set by the service
}

// Photo is the photo of an article.
type Photo struct {
	URL   string      `json:"url,omitempty"` // absolute http or https, or "upload:<id>"
	Alt   string      `json:"alt,omitempty"` // at most MaxAlt code points
	Focal *card.Focal `json:"focal,omitempty"`

	Rights Rights `json:"rights,omitzero"`
}

// FromPhoto are texts that the file of the photo has, for fields that the newsroom has left empty.
type FromPhoto struct {
	Caption string `json:"caption,omitempty"`
	Credit  string `json:"credit,omitempty"`
}

// Filled returns the article as readers see it: with the texts of the photo's file in the fields that are empty.
func (a Article) Filled() Article {
	a.Caption, a.Credit = cmp.Or(a.Caption, a.FromPhoto.Caption), cmp.Or(a.Credit, a.FromPhoto.Credit)
	return a
}

// Filling returns the article with the texts of its photo's file where its own fields are empty, as plain text. It
// leaves out those that cannot be used, such as captions that are too long.
func (a Article) Filling(caption, credit string) Article {
	a.FromPhoto = FromPhoto{}
	if a.Caption == "" && caption != "" {
		a.FromPhoto.Caption = usable(card.Card{Caption: caption}, func(c card.Card) string { return c.Caption })
	}
	if a.Credit == "" && credit != "" {
		a.FromPhoto.Credit = usable(card.Card{Credit: credit}, func(c card.Card) string { return c.Credit })
	}
	if a.Format == clean.Guess && len(a.Filled().HTMLFields()) > 0 {
		a.Format = clean.Text
	}
	return a
}

// usable returns a text of a card after it was cleaned, or "" if the card cannot have it.
func usable(c card.Card, text func(card.Card) string) string {
	c.Headline, c.TextFormat, c.Size = "headline", clean.Text, card.OpenGraph
	c, err := c.Normalize()
	if err != nil {
		return ""
	}
	return text(c)
}

// Limits beyond those of package card.
const (
	MaxAlt         = 420  // code points; X reads no more of twitter:image:alt
	MaxDescription = 1000 // code points
	MaxTags        = 32
	MaxTag         = 100 // code points
)

// Kinds are the kinds of articles, the default first.
var Kinds = card.Kinds

var idForm = lazyregexp.New(`^[A-Za-z0-9._-]{1,128}$`)

// CheckID returns a *card.FieldError unless id is a valid article ID.
func CheckID(id string) error {
	if !idForm().MatchString(id) || id == "." || id == ".." {
		return &card.FieldError{Field: "id", Problem: "must be 1 to 128 of A-Z, a-z, 0-9, '.', '_' and '-'"}
	}
	return nil
}

// HTMLFields returns the names of the fields that Normalize would take for HTML and decode (package clean), although
// the article does not say that its texts are HTML.
func (a Article) HTMLFields() (fields []string) {
	if a.Format != clean.Guess {
		return nil
	}
	if weburl.IsHTML(a.URL) {
		fields = append(fields, "url")
	}
	if weburl.IsHTML(a.Shared) {
		fields = append(fields, "shared_url")
	}
	own := a.Card(card.OpenGraph)
	own.Badge = a.Badge
	for _, field := range own.HTMLFields() {
		fields = append(fields, apiName(field))
	}
	if !slices.Contains(fields, "byline") && slices.ContainsFunc(a.Authors, Author.isHTML) {
		fields = append(fields, "byline")
	}
	if card.IsHTML(a.Photo.Alt) {
		fields = append(fields, "photo.alt")
	}
	if card.IsHTML(a.Portrait.Alt) {
		fields = append(fields, "portrait.alt")
	}
	if card.IsHTML(a.Description) {
		fields = append(fields, "description")
	}
	if slices.ContainsFunc(a.Tags, card.IsHTML) {
		fields = append(fields, "tags")
	}
	return fields
}

// Normalize decodes text that is HTML, cleans the text, makes the URL canonical and checks every field. The error
// joins one *card.FieldError for each invalid field, at most card.MaxFaults.
func (a Article) Normalize() (Article, error) {
	var f card.Fields
	f.Check("id", fieldProblem(CheckID(a.ID)))
	f.Check("format", a.Format.Check())
	if a.URL == "" {
		f.Add("url", "is required")
	} else {
		a.normalizeURL(&f)
	}
	f.LineAs(a.Format, "photo.alt", &a.Photo.Alt, MaxAlt)
	f.LineAs(a.Format, "portrait.alt", &a.Portrait.Alt, MaxAlt)
	f.LineAs(a.Format, "description", &a.Description, MaxDescription)
	a.checkKindAndTags(&f)
	c := a.Card(card.OpenGraph)
	c.Badge = a.Badge
	c, err := c.Normalize()
	for _, fe := range card.FieldErrors(err) {
		if fe.Field != "text_format" { // checked as format
			f.Add(apiName(fe.Field), "%s", fe.Problem)
		}
	}
	a.Headline, a.Caption, a.Credit, a.Byline = c.Headline, c.Caption, c.Credit, c.Byline
	a.Kicker, a.Site, a.Badge, a.Lang = c.Kicker, c.Site, c.Badge, c.Lang
	a.Deck, a.Speaker, a.SpeakerRole, a.Fields = c.Deck, c.Speaker, c.SpeakerRole, c.Fields
	a.Photo.URL, a.Portrait.URL = c.Photo.URL, c.Portrait.URL
	checkYear(&f, "published_at", a.PublishedAt)
	checkYear(&f, "updated_at", a.UpdatedAt)
	checkYear(&f, "embargo_until", a.EmbargoUntil)
	a.PublishedAt, a.UpdatedAt, a.EmbargoUntil = seconds(a.PublishedAt), seconds(a.UpdatedAt), seconds(a.EmbargoUntil)
	a.Photo.Rights = a.Photo.Rights.normalize(&f, "photo.rights")
	a.Portrait.Rights = a.Portrait.Rights.normalize(&f, "portrait.rights")
	a.normalizeAuthors(&f)
	return a.settled(), f.Err()
}

// settled returns a cleaned article with the format with which its texts are read as they are.
func (a Article) settled() Article {
	a.Format = clean.Guess
	if len(a.HTMLFields()) > 0 {
		a.Format = clean.Text
	}
	return a
}

// normalizeURL makes the URL canonical, and moves its campaign tags to Shared. A Shared that is there already must be
// that URL with campaign tags.
func (a *Article) normalizeURL(f *card.Fields) {
	canonical, err := share.CanonicalAs(a.Format, a.URL)
	if err != nil {
		f.Check("url", fieldProblem(err))
		return
	}
	shared, err := share.SharedAs(a.Format, a.URL)
	if err == nil && a.Shared != "" {
		own := shared
		shared, err = share.SharedAs(a.Format, a.Shared)
		of, _ := share.CanonicalAs(a.Format, a.Shared)
		if err != nil || of != canonical || own != canonical && own != shared {
			f.Add("shared_url", "must be the url, with campaign tags such as utm_source")
			return
		}
	}
	if a.URL, a.Shared = canonical, shared; shared == canonical {
		a.Shared = ""
	}
}

// SharedURL returns the URL that readers share and open: the canonical one with the publication's own campaign tags, if
// the article was given with some.
func (a Article) SharedURL() string { return cmp.Or(a.Shared, a.URL) }

func (a *Article) checkKindAndTags(f *card.Fields) {
	if len(a.Tags) > MaxTags {
		f.Add("tags", "has %d entries; at most %d are taken", len(a.Tags), MaxTags)
		return
	}
	tags := slices.Clone(a.Tags)
	for i := range tags {
		f.LineAs(a.Format, "tags", &tags[i], MaxTag)
	}
	a.Tags = slices.DeleteFunc(tags, func(s string) bool { return s == "" })
}

// apiName returns the article's name of a card's field.
func apiName(field string) string {
	switch field {
	case "photo":
		return "photo.url"
	case "focal":
		return "photo.focal"
	case "portrait":
		return "portrait.url"
	case "portrait_focal":
		return "portrait.focal"
	}
	return field
}

func fieldProblem(err error) error {
	if fe := card.FieldErrors(err); len(fe) > 0 {
		return problem(fe[0].Problem)
	}
	return err
}

// checkYear rejects a time that RFC 3339 cannot represent.
func checkYear(f *card.Fields, field string, t time.Time) {
	if !Writable(t) {
		f.Add(field, "must have a year from 1 to 9999, in UTC")
	}
}

// Writable reports whether RFC 3339 can represent the time, both in UTC and in its own zone.
func Writable(t time.Time) bool {
	year := t.UTC().Year()
	return year >= 1 && year <= 9999 && t.Year() >= 0 && t.Year() <= 9999
}

type problem string

func (p problem) Error() string { return string(p) }

// seconds removes fractions of a second and the monotonic clock. It keeps the zone, since a card shows the day in the
// newsroom's zone.
func seconds(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.Truncate(time.Second)
}

// Card returns the card of the article in the given size.
func (a Article) Card(size card.Size) card.Card {
	c := card.Card{
		Headline: a.Headline, Caption: a.Caption, Credit: a.Credit, Byline: a.Byline,
		Kicker: a.Kicker, Site: a.Site, Lang: a.Lang, Badge: a.Badge,
		Deck: a.Deck, Speaker: a.Speaker, SpeakerRole: a.SpeakerRole, Kind: a.Kind, Fields: a.Fields,
		Photo:    card.Photo{URL: a.Photo.URL, Focal: a.Photo.Focal},
		Portrait: card.Photo{URL: a.Portrait.URL, Focal: a.Portrait.Focal},
		Template: a.Template, Theme: a.Theme, Size: size, FontStep: a.FontStep,
	}
	c.Badge, _ = a.Badged()
	if !a.PublishedAt.IsZero() {
		c.Date = a.PublishedAt.Format(time.DateOnly)
		if c.Badge == "breaking" || c.Badge == "live" || a.Kind == "live" {
			c.Time = a.PublishedAt.Format("15:04")
		}
	}
	if c.TextFormat = a.Format; a.Format == clean.Text { // another field than those of the card may need it
		c = c.Settled()
	}
	return c
}

var versionEncoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// Version returns the version of the article: 16 characters that change with everything that readers can see. It
// does not depend on updated_at, embargo_until, campaign tags and the rights of photos; otherwise networks would fetch
// an equal picture after every save. Nor does it depend on the format, without which the texts are what readers see.
// beside identifies what readers see but the article does not contain: the bytes of its photo and the newsroom's own
// design. It is empty if there is neither. One instant in two zones is one version, unless the zones disagree about the
// day, or the time, which cards may show.
func (a Article) Version(beside string) string {
	a.UpdatedAt, a.EmbargoUntil, a.Format, a.Shared = time.Time{}, time.Time{}, clean.Guess, ""
	a.Photo.Rights, a.Portrait.Rights, a.Past = Rights{}, Rights{}, Past{}
	a.BadgeSince = time.Time{}
	a.Designs = "" // beside has what matters of them
	c := a.Card(card.Size{})
	shown := time.DateOnly
	if c.Time != "" {
		shown += " 15:04"
	}
	here := a.PublishedAt.Format(shown)
	if a.PublishedAt = a.PublishedAt.UTC(); a.PublishedAt.Format(shown) != here {
		beside += here
	}
	raw, err := json.Marshal(a)
	if err != nil { // times outside years 0 to 9999, which Normalize's callers cannot parse
		panic(err)
	}
	raw = append(raw, beside...)
	sum := sha256.Sum256(append([]byte("article-v1\x00"), raw...))
	return versionEncoding.EncodeToString(sum[:10])
}

// Public reports whether readers may see the article at the time now.
func (a Article) Public(now time.Time) bool { return !now.Before(a.EmbargoUntil) }
