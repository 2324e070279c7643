package card

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
)

// param binds one query parameter to a card: how it is read, and how it is printed.
// An empty print means the parameter is left out.
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

// params is the whole query of a card, in canonical (sorted) order.
var params = []param{
	text("badge", func(c *Card) *string { return &c.Badge }),
	text("byline", func(c *Card) *string { return &c.Byline }),
	text("caption", func(c *Card) *string { return &c.Caption }),
	text("credit", func(c *Card) *string { return &c.Credit }),
	text("date", func(c *Card) *string { return &c.Date }),
	{"focal", parseFocalParam, printFocal},
	{"font_step", parseFontStep, printFontStep},
	text("headline", func(c *Card) *string { return &c.Headline }),
	text("kicker", func(c *Card) *string { return &c.Kicker }),
	text("lang", func(c *Card) *string { return &c.Lang }),
	text("photo", func(c *Card) *string { return &c.Photo.URL }),
	text("site", func(c *Card) *string { return &c.Site }),
	{"size", parseSizeParam, printSize},
	text("template", func(c *Card) *string { return &c.Template }),
	text("theme", func(c *Card) *string { return &c.Theme }),
}

// known are the params by name.
var known = func() map[string]param {
	byName := make(map[string]param, len(params))
	for _, p := range params {
		byName[p.name] = p
	}
	return byName
}()

// delivery are the parameters of a picture's address that do not change its pixels.
var delivery = map[string]bool{"expires": true, "sig": true, "strict": true}

// Parameters are the names that the query of a picture's address may hold.
func Parameters() []string {
	names := slices.Collect(maps.Keys(delivery))
	for _, p := range params {
		names = append(names, p.name)
	}
	return names
}

// Parse reads a card from the query of a picture's address and normalizes it. Unknown and
// repeated parameters are refused by name. The error joins one *FieldError a field.
func Parse(q url.Values) (Card, error) {
	var c Card
	var f Fields
	for _, name := range sortedKeys(q) {
		p, ok := known[name]
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

// Values prints the card as a canonical query: only what differs from the default.
// Parse(c.Values()) gives back c for every card that Parse or Normalize returned.
func (c Card) Values() url.Values {
	q := make(url.Values, len(params))
	for _, p := range params {
		if s := p.print(c); s != "" {
			q.Set(p.name, s)
		}
	}
	return q
}

func parseFocalParam(c *Card, s string) error {
	if s == "" {
		return nil
	}
	f, err := ParseFocal(s)
	if err == nil {
		c.Photo.Focal = &f
	}
	return err
}

func printFocal(c Card) string {
	if c.Photo.Focal == nil {
		return ""
	}
	return c.Photo.Focal.String()
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
		c.Size = OpenGraph // the fault is noted already; one is enough
	}
	return err
}

func printSize(c Card) string {
	if c.Size == (Size{}) || c.Size == OpenGraph {
		return ""
	}
	return c.Size.String()
}
