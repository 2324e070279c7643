package advice

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/pictures"
)

// maxNamed is how many characters a warning names.
const maxNamed = 8

// missing finds the characters that no font has, by the fields that contain them.
func missing(s Story, drawn []Drawn) (all []finding) {
	var chars []rune
	for _, d := range drawn {
		for _, r := range d.Missing {
			if !slices.Contains(chars, r) {
				chars = append(chars, r)
			}
		}
	}
	left := chars
	for _, f := range textsOf(s.Article) {
		in := slices.DeleteFunc(slices.Clone(chars), func(r rune) bool { return !strings.ContainsRune(f.text, r) })
		left = slices.DeleteFunc(slices.Clone(left), func(r rune) bool { return slices.Contains(in, r) })
		all = append(all, noFontHas(f.name, in)...)
	}
	return append(all, noFontHas("", left)...)
}

func noFontHas(field string, chars []rune) []finding {
	return one(len(chars) > 0, field, "No font of this service has %s: a box is drawn instead.", named(chars))
}

// named names characters with their numbers in Unicode: the first few, and how many more there are.
func named(chars []rune) string {
	var names []string
	for _, r := range chars[:min(len(chars), maxNamed)] {
		name := fmt.Sprintf("U+%04X", r)
		if !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.M, unicode.Z) { // even one new to Go
			name = fmt.Sprintf("%c (%s)", r, name)
		}
		names = append(names, name)
	}
	if more := len(chars) - maxNamed; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names, ", "), more)
	}
	return strings.Join(names, ", ")
}

type field struct{ name, text string }

// textsOf returns the texts that a card shows, by the names of their fields.
func textsOf(a article.Article) []field {
	return []field{{"headline", a.Headline}, {"caption", a.Caption}, {"credit", a.Credit}, {"byline", a.Byline},
		{"kicker", a.Kicker}, {"site", a.Site}, {"badge", a.Badge}}
}

// cutIn returns the check of texts that are shortened or left out. It names the size that shows the least of a text,
// and says after which words it is cut there.
func cutIn(roles ...string) func(Story, []Drawn) []finding {
	return func(_ Story, drawn []Drawn) (all []finding) {
		for _, role := range roles {
			if f, ok := cut(role, drawn); ok {
				all = append(all, f)
			}
		}
		return all
	}
}

// roleNames are the names of texts in messages, where they differ from those of fields.
var roleNames = map[string]string{"kicker": "section", "site": "publication's name", "mark": "quotation mark"}

func nameOf(role string) string {
	if name := roleNames[role]; name != "" {
		return name
	}
	return role
}

func cut(role string, drawn []Drawn) (f finding, ok bool) {
	type cutIn struct {
		Drawn
		pictures.Cut
	}
	var all []cutIn
	for _, d := range drawn {
		for _, c := range d.Cuts {
			if c.Role == role {
				all = append(all, cutIn{d, c})
			}
		}
	}
	if len(all) == 0 {
		return finding{}, false
	}
	shown := func(c cutIn) int {
		if c.LeftOut {
			return -1
		}
		return c.Shown
	}
	slices.SortStableFunc(all, func(a, b cutIn) int { return cmp.Compare(shown(a), shown(b)) })
	var without, shortened []string
	after := ""
	for _, c := range all {
		switch {
		case c.LeftOut:
			without = append(without, c.Label)
			continue
		case len(shortened) == 0 && c.After != "":
			after = " after “" + c.After + "”"
		}
		shortened = append(shortened, c.Label)
	}
	var parts []string
	if len(without) > 0 {
		parts = append(parts, "has no room in "+strings.Join(without, ", "))
	}
	if len(shortened) > 0 {
		part := "is cut in " + shortened[0] + after
		if others := shortened[1:]; len(others) > 0 {
			part += ", and in " + strings.Join(others, ", ")
		}
		parts = append(parts, part)
	}
	message := fmt.Sprintf("The %s %s.", nameOf(role), strings.Join(parts, "; it "))
	return finding{field: role, size: all[0].Size.String(), message: message}, true
}

// A card of 1200x630 shows a smaller photo blurred, more than twice as large as it is, or does not fill itself with it.
const (
	minPhotoWidth  = 600
	minPhotoHeight = 315
)

func smallPhoto(_ Story, drawn []Drawn) []finding {
	p := drawn[0].Photo
	return one(p.X > 0 && (p.X < minPhotoWidth || p.Y < minPhotoHeight), "photo.url",
		"The photo has only %dx%d pixels: below %dx%d it looks blurred, or does not fill its place.", p.X, p.Y,
		minPhotoWidth, minPhotoHeight)
}

func onFace(_ Story, drawn []Drawn) []finding {
	var sizes []string
	role, first := "", ""
	for _, d := range drawn {
		if d.OnFace == "" {
			continue
		}
		if role == "" {
			role, first = d.OnFace, d.Size.String()
		}
		sizes = append(sizes, d.Label)
	}
	if role == "" {
		return nil
	}
	message := fmt.Sprintf("The %s lies on a face in %s: move the focal point, or choose another template.", nameOf(role),
		strings.Join(sizes, ", "))
	return []finding{{field: "photo.focal", size: first, message: message}}
}

// minContrast is the minimum contrast ratio of text: WCAG 2.2, success criterion 1.4.3.
const minContrast = 4.5

func lowContrast(_ Story, drawn []Drawn) []finding {
	least, at := minContrast, Drawn{}
	for _, d := range drawn {
		for _, ratio := range []float64{d.Headline, d.Caption} {
			if ratio > 0 && ratio < least {
				least, at = ratio, d
			}
		}
	}
	if at.Label == "" {
		return nil
	}
	return []finding{{field: "theme", size: at.Size.String(), message: fmt.Sprintf(
		"In %s the text has a contrast of %.1f to 1; it should be at least %.1f.", at.Label, least, minContrast)}}
}

// A card is this wide in a feed on a computer, where a headline must not be smaller, both in CSS pixels.
const (
	feedWidth      = 500
	readableInFeed = 16
)

func smallHeadline(_ Story, drawn []Drawn) []finding {
	px := drawn[0].HeadlinePx * feedWidth / float64(drawn[0].Size.W)
	return one(px < readableInFeed, "font_step", "The headline is small: %.0f pixels high in a feed.", px)
}
