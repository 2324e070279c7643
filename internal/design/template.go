package design

import (
	"io/fs"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/lazyregexp"
)

// Template is a layout: areas of the card, their fills, and stacks of text and rules in them. Lengths are
// in design pixels, on a card of 1200x630. A Template is immutable.
type Template struct {
	Name    string `toml:"-"`
	Version string `toml:"-"`

	// WithoutPhoto is the template for cards without a photo; empty: this one.
	WithoutPhoto string `toml:"without_photo"`
	// Otherwise is the template for cards whose photo does not suit this one: a graphic, or one that would be enlarged
	// much more than twice, too bright for text, or with faces that would be cut or under text. Empty: this one.
	Otherwise string `toml:"otherwise"`

	file   string
	places map[string]unstable.Position

	Areas    []Area  `toml:"area"`
	Fills    []Fill  `toml:"fill"`
	Pictures []Frame `toml:"picture"`
	Stacks   []Stack `toml:"stack"`
}

// Area is a part of the card. Its sides are fractions of the card's width or height, from the top left. At the
// edges of the card text keeps the card's margin, at other sides Pad.
type Area struct {
	Name                     string
	Left, Top, Right, Bottom float64
	Pad                      float64
	When                     When

	// Room is the range of the one side that is inside the card: it can be moved in it, with the sides of other areas
	// that meet it, to the shape of the photo that fills the area. nil: it stays.
	Room []float64
}

// Yields reports whether a side of the area can be moved to the shape of a photo.
func (a Area) Yields() bool { return len(a.Room) == 2 }

// Inner returns the only side of the area that is inside the card; nil if there is none, or more than one.
func (a *Area) Inner() *float64 {
	var inner *float64
	for i, side := range []*float64{&a.Left, &a.Top, &a.Right, &a.Bottom} {
		if edge := float64(i / 2); *side == edge {
			continue
		}
		if inner != nil {
			return nil
		}
		inner = side
	}
	return inner
}

// Fill paints an area in a colour of the theme.
type Fill struct {
	Area, Color string
	When        When
}

// Frame is an area that a picture fills, or a circle in its middle.
type Frame struct {
	Area  string
	Show  string // Photo or Portrait
	Shape string // rectangle or round
	When  When
}

// The pictures that a Frame can show: the story's photo, and the portrait of its author or speaker.
const (
	Photo    = "photo"
	Portrait = "portrait"
)

// Stack places items below each other in an area: at its top, at its bottom, or between those two stacks, at a
// fraction of the free space.
type Stack struct {
	Area  string
	At    string  // top, bottom or middle
	Lean  float64 // of a middle stack: the fraction of the free space that is above it
	Ink   string  // of items without an ink
	Align string  // of the items: start (left, unless the card is mirrored), center or end
	When  When
	Items []Item
}

// Item is an element of a stack: text, fixed words, the row of badge and kicker, a rule, a pair of texts at the two
// ends of a row, the logo, a play mark, or a quotation mark.
type Item struct {
	Text        string // roles, joined by "+": "byline+date"
	Words       string // the same on every card
	Label       bool
	Logo        bool
	Play        bool
	Wave        bool   // of a play mark: the form of a sound follows it, to the end of the row
	Rule        string // full, short (defined by the theme) or bar
	Left, Right string // roles, as of Text; a label and a play mark have a Right too
	Mark        bool

	Gap     float64  // above it, from the baseline of the item above to the top of its capitals
	Size    float64  // of type, or height of a rule, mark or play mark
	Steps   [][2]int // instead of Size, in the headline's type: size and lines, largest first
	Lines   int      // with Size; 0: one
	Weight  int      // 0: the role's
	Ink     string   // colour of the theme
	Opacity float64  // percent; 0: 100
	Spare   bool     // shown only if the headline leaves room
	When    When
}

// Scale is the scale of headline sizes: each step is about 1.12 times the previous one. font_step moves along it. A
// template may also use sizes between its steps.
var Scale = []int{31, 35, 39, 44, 50, 56, 62, 70, 78, 88, 98, 110, 123, 138, 154, 172, 193, 216, 240}

// middleOfScale is the index of the size at which a script's tracking and leading are its own. Larger sizes are
// tighter, as far as 123 pixels.
const middleOfScale = 6

// Tight returns how much tighter than the script's own the tracking and leading of a headline of the size are, from -1
// to 1.
func Tight(size int) float64 {
	i := 0
	for i < len(Scale)-1 && Scale[i+1] <= size {
		i++
	}
	at := float64(i)
	if i < len(Scale)-1 && size > Scale[i] {
		at += float64(size-Scale[i]) / float64(Scale[i+1]-Scale[i])
	}
	return max(-1, min(1, (at-middleOfScale)/middleOfScale))
}

// Roles are the texts that an item can name, besides "fields.NAME", the newsroom's own text of that name. The caption
// includes its credit. quotation is the headline without its quotation marks, and position who its speaker is.
var Roles = []string{
	"headline", "quotation", "deck", "caption", "credit", "badge", "kicker", "byline", "date", "time", "site",
	"speaker", "position",
}

// isRole reports whether an item can name the text.
func isRole(name string) bool {
	own, ok := strings.CutPrefix(name, "fields.")
	return slices.Contains(Roles, name) || ok && fieldName().MatchString(own)
}

var fieldName = lazyregexp.New(`^[a-z0-9_]{1,24}$`)

// Inks are the names of the colours of a theme; photo-accent is the accent if it has enough contrast on the
// scrim, else the ink on photos; alarm is the colour of breaking news, and on-alarm and on-accent are black or white,
// which is clearer on them.
var Inks = []string{
	"ink", "quiet", "accent", "kicker", "paper", "photo", "photo-accent", "alarm", "on-alarm", "on-accent",
}

// isInk reports whether a template can name the colour: one of a theme, or its own, such as "#1b1a17".
func isInk(name string) bool {
	_, own := Colour(name)
	return own || slices.Contains(Inks, name)
}

// When lists conditions, separated by spaces, which must all be true. A field's name is true if the card has the
// field; a shape ("wide", "square", "tall"), a size ("story"), a kind or badge ("opinion", "live") or a language
// ("lang.ko") if the card has it; "rtl" if it is written from right to left, "with-portrait" if it shows a
// portrait ("portrait" is a size), and "bare" if the photo is not suited to carry text, because it is small or shows a
// face there; "instead" if another template gave way to this one, because the photo does not suit it. "!" negates a condition.
type When string

var conditions = slices.Concat(
	[]string{"photo", WithPortrait, "bare", "instead", "logo", "wide", "square", "tall", "rtl"},
	[]string{"og", "twitter", "kakao", "portrait", "story"},
	card.Kinds,
	slices.DeleteFunc(slices.Clone(card.Badges), func(b string) bool { return slices.Contains(card.Kinds, b) }),
	Roles,
)

var langCondition = lazyregexp.New(`^lang\.[a-z]{2,3}$`)

// isCondition reports whether a template can have the condition.
func isCondition(name string) bool {
	return slices.Contains(conditions, name) || isRole(name) || langCondition().MatchString(name)
}

// Holds reports whether all conditions are true, given the true ones.
func (w When) Holds(true_ func(string) bool) bool {
	for word := range strings.FieldsSeq(string(w)) {
		name, not := strings.CutPrefix(word, "!")
		if true_(name) == not {
			return false
		}
	}
	return true
}

// Limits on the cost of a template.
const (
	maxAreas  = 24
	maxStacks = 12
	maxItems  = 12 // per stack
	maxSteps  = 16
)

// cardArea is the area that every template has: the whole card.
const cardArea = "card"

// Yields reports whether the template has an area whose side can be moved to the shape of its photo.
func (t *Template) Yields() bool { return slices.ContainsFunc(t.Areas, Area.Yields) }

// WithPortrait is the condition that a card shows a portrait.
const WithPortrait = "with-portrait"

// ShowsPhoto reports whether the template has a place for the photo of a card with a portrait, or without one.
func (t *Template) ShowsPhoto(portrait bool) bool {
	return slices.ContainsFunc(t.Pictures, func(f Frame) bool {
		return f.Show == Photo && f.When.mayHold(WithPortrait, portrait)
	})
}

// ShowsPortrait reports whether the template has a place for a portrait.
func (t *Template) ShowsPortrait() bool {
	return slices.ContainsFunc(t.Pictures, func(f Frame) bool { return f.Show == Portrait })
}

func readTemplate(dir fs.FS, file string) (*Template, error) {
	d := &document{file: file}
	data, err := fs.ReadFile(dir, file)
	if err != nil {
		return nil, &Fault{File: file, Problem: "cannot be read: " + err.Error()}
	}
	t := &Template{Name: baseName(file), Version: digest(data)}
	if !names().MatchString(t.Name) {
		d.fault("", "a template's file is named a-z, 0-9 and -, at most 32 characters, and .toml")
	}
	if !d.decode(data, t) {
		return nil, d.err()
	}
	t.check(d)
	t.file, t.places = file, d.places
	return t, d.err()
}

// areas returns the names of the template's areas.
func (t *Template) areaNames() []string {
	all := []string{cardArea}
	for _, a := range t.Areas {
		if !slices.Contains(all, a.Name) {
			all = append(all, a.Name)
		}
	}
	return all
}

// Area returns the first area with the name whose conditions are true, or the whole card.
func (t *Template) Area(name string, holds func(string) bool) Area {
	for _, a := range t.Areas {
		if a.Name == name && a.When.Holds(holds) {
			return a
		}
	}
	return Area{Name: cardArea, Right: 1, Bottom: 1}
}
