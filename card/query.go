package card

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// param connects a query parameter with a field of a card. If print returns "", the parameter is omitted.
type param struct {
	name  string
	parse func(*Card, string) error
	print func(Card) string
}

func text(name string, at func(*Card) *string) param {
	return param{name,
		func(c *Card, s string) error { *at(c) = s; return nil },
		func(c Card) string { return *at(&c) }}
}

func focal(name string, at func(*Card) **Focal) param {
	parse := func(c *Card, s string) error {
		if s == "" {
			return nil
		}
		f, err := ParseFocal(s)
		if err == nil {
			*at(c) = &f
		}
		return err
	}
	return param{name, parse, func(c Card) string {
		if f := *at(&c); f != nil {
			return f.String()
		}
		return ""
	}}
}

// params are all parameters of a card, in canonical (sorted) order.
var params = []param{
	text("badge", func(c *Card) *string { return &c.Badge }),
	text("byline", func(c *Card) *string { return &c.Byline }),
	text("caption", func(c *Card) *string { return &c.Caption }),
	text("credit", func(c *Card) *string { return &c.Credit }),
	text("date", func(c *Card) *string { return &c.Date }),
	text("deck", func(c *Card) *string { return &c.Deck }),
	focal("focal", func(c *Card) **Focal { return &c.Photo.Focal }),
	{"font_step", parseFontStep, printFontStep},
	text("headline", func(c *Card) *string { return &c.Headline }),
	text("kicker", func(c *Card) *string { return &c.Kicker }),
	text("kind", func(c *Card) *string { return &c.Kind }),
	text("lang", func(c *Card) *string { return &c.Lang }),
	text("photo", func(c *Card) *string { return &c.Photo.URL }),
	text("portrait", func(c *Card) *string { return &c.Portrait.URL }),
	focal("portrait_focal", func(c *Card) **Focal { return &c.Portrait.Focal }),
	text("site", func(c *Card) *string { return &c.Site }),
	{"size", parseSizeParam, printSize},
	text("speaker", func(c *Card) *string { return &c.Speaker }),
	text("speaker_role", func(c *Card) *string { return &c.SpeakerRole }),
	text("template", func(c *Card) *string { return &c.Template }),
	{
		"text_format",
		func(c *Card, s string) error { c.TextFormat = TextFormat(s); return nil },
		func(c Card) string { return string(c.TextFormat) },
	},
	text("theme", func(c *Card) *string { return &c.Theme }),
	text("time", func(c *Card) *string { return &c.Time }),
}

// fieldParam returns the name in a parameter of a field of the newsroom's own: fields[score].
func fieldParam(param string) (name string, ok bool) {
	name, ok = strings.CutPrefix(param, "fields[")
	if !ok {
		return "", false
	}
	return strings.CutSuffix(name, "]")
}

// known has the params by name.
var known = func() map[string]param {
	byName := make(map[string]param, len(params))
	for _, p := range params {
		byName[p.name] = p
	}
	return byName
}()

// delivery are the parameters of a picture's URL that do not change its pixels.
var delivery = map[string]bool{"expires": true, "sig": true, "strict": true}

// Parameters returns the names of all parameters that the query of a picture's URL may have, in no particular order.
// "fields[]" stands for any name in the brackets.
func Parameters() []string {
	names := append(slices.Collect(maps.Keys(delivery)), "fields[]")
	for _, p := range params {
		names = append(names, p.name)
	}
	return names
}

// Parse parses the query of a picture's URL and normalizes the card. Unknown and repeated parameters are errors. The
// error joins one *FieldError for each invalid field.
func Parse(q url.Values) (Card, error) {
	var c Card
	var f Fields
	for _, name := range sortedKeys(q) {
		p, ok := known[name]
		if own, is := fieldParam(name); is {
			p, ok = param{parse: func(c *Card, s string) error { c.setField(own, s); return nil }}, true
		}
		if !ok && !delivery[name] {
			f.Add(name, "is not known here")
			continue
		}
		if len(q[name]) > 1 {
			f.Add(name, "is given %d times", len(q[name]))
		}
		if ok {
			f.Check(name, p.parse(&c, q[name][0]))
		}
	}
	norm, err := c.Normalize()
	for _, fe := range FieldErrors(err) {
		f.Add(fe.Field, "%s", fe.Problem)
	}
	if err := f.Err(); err != nil {
		return Card{}, err
	}
	return norm, nil
}

// Values returns the card as a canonical query, without fields that have their default value. Parse(c.Values())
// returns c for every card that Parse or Normalize returned.
func (c Card) Values() url.Values {
	q := make(url.Values, len(params))
	for _, p := range params {
		if s := p.print(c); s != "" {
			q.Set(p.name, s)
		}
	}
	for name, text := range c.Fields {
		q.Set("fields["+name+"]", text)
	}
	return q
}

func (c *Card) setField(name, text string) {
	if c.Fields == nil {
		c.Fields = map[string]string{}
	}
	c.Fields[name] = text
}

func parseFontStep(c *Card, s string) error {
	if s == "" {
		return nil
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return problem("must be a whole number from -2 to 2")
	}
	c.FontStep = n
	return nil
}

func printFontStep(c Card) string {
	if c.FontStep == 0 {
		return ""
	}
	return strconv.Itoa(c.FontStep)
}

func parseSizeParam(c *Card, s string) (err error) {
	c.Size, err = ParseSize(s)
	if err != nil {
		c.Size = OpenGraph // avoid a second error for the same field
	}
	return err
}

func printSize(c Card) string {
	if c.Size == (Size{}) || c.Size == OpenGraph {
		return ""
	}
	return c.Size.String()
}
