package share

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/lazyregexp"
	"newsroom.example/cards/internal/weburl"
)

// Limits of a post's texts, in code points.
const (
	maxTitle    = 2000
	maxText     = 5000
	maxCampaign = 100
)

var viaForm = lazyregexp.New(`^[A-Za-z0-9_]{1,15}$`)

// HTMLFields returns the names of the fields that Normalize would take for HTML and decode, although the post does not
// say that its texts are HTML.
func (p Post) HTMLFields() (fields []string) {
	if p.TextFormat != clean.Guess {
		return nil
	}
	if weburl.IsHTML(p.URL) {
		fields = append(fields, "url")
	}
	if clean.IsHTML(p.Title) {
		fields = append(fields, "title")
	}
	if clean.IsHTML(p.Text) {
		fields = append(fields, "text")
	}
	if weburl.IsHTML(p.Image) {
		fields = append(fields, "image")
	}
	if slices.ContainsFunc(p.Hashtags, clean.IsHTML) {
		fields = append(fields, "hashtags")
	}
	if clean.IsHTML(p.Campaign) {
		fields = append(fields, "utm_campaign")
	}
	return fields
}

// Normalize decodes text that is HTML (package clean), cleans the URL (SharedAs) and the text, and checks every
// field. The error joins one *PostError for each invalid field. Normalizing the result again changes nothing.
func (p Post) Normalize(cfg Config) (Post, error) {
	var errs []error
	note := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	format := p.TextFormat
	err := format.Check()
	if err != nil {
		note(&PostError{Field: "text_format", Problem: err.Error()})
	}
	p.URL, err = SharedAs(format, p.URL)
	note(err)
	if p.Image != "" {
		if p.Image, err = canonical(format, "image", p.Image); err != nil {
			note(err)
		}
	}
	p.Title, err = oneLine(format, "title", p.Title, maxTitle)
	note(err)
	p.Text, err = oneLine(format, "text", p.Text, maxText)
	note(err)
	p.Campaign, err = oneLine(format, "utm_campaign", p.Campaign, maxCampaign)
	note(err)
	if p.Via == "" {
		p.Via = cfg.TwitterVia
	}
	p.Via = strings.TrimPrefix(p.Via, "@")
	if p.Via != "" && !viaForm().MatchString(p.Via) {
		note(&PostError{Field: "via", Problem: "must be an account of at most 15 letters, digits and _"})
	}
	p.Hashtags, err = hashtags(format, p.Hashtags)
	note(err)
	return p.settled(), errors.Join(errs...)
}

// settled returns a cleaned post with the format with which its texts are read as they are.
func (p Post) settled() Post {
	p.TextFormat = clean.Guess
	if len(p.HTMLFields()) > 0 {
		p.TextFormat = PlainText
	}
	return p
}

// oneLine returns a text as a clean line (package clean) of at most most code points.
func oneLine(format TextFormat, field, s string, most int) (string, error) {
	line, err := format.Line(s, most)
	if err != nil {
		return "", &PostError{Field: field, Problem: err.Error()}
	}
	return line.String(), nil
}

// maxHashtags is the maximum number of hashtags.
const maxHashtags = 30

// hashtags removes the # from tags, and removes tags that are not valid hashtags: those with spaces or punctuation, or
// without a letter.
func hashtags(format TextFormat, tags []string) ([]string, error) {
	if len(tags) > maxHashtags {
		return nil, &PostError{Field: "hashtags", Problem: fmt.Sprintf("has %d entries; at most %d are taken", len(tags),
			maxHashtags)}
	}
	var kept []string
	for _, tag := range tags {
		tag, err := oneLine(format, "hashtags", strings.TrimPrefix(strings.TrimSpace(tag), "#"), 100)
		if err != nil {
			return nil, err
		}
		if isHashtag(tag) {
			kept = append(kept, tag)
		}
	}
	return kept, nil
}

func isHashtag(tag string) bool {
	letter := false
	for _, r := range tag {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '_' {
			return false
		}
		letter = letter || unicode.IsLetter(r)
	}
	return letter
}
