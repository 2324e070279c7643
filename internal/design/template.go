package design

import (
	"io/fs"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// Template is a composition: areas of the card, what fills them, and stacks of text and rules
// in them. Lengths are design pixels, on a card of 1200x630. It is not changed once it is read.
type Template struct {
	Name    string `toml:"-"`
	Version string `toml:"-"`

	// WithoutPhoto is the template that draws a card without a photo; empty: this one.
	WithoutPhoto string `toml:"without_photo"`
	// Otherwise is the template that draws a card whose photo cannot bear this one: it would be
	// enlarged more than twice, or text would lie on a face. Empty: this one.
	Otherwise string `toml:"otherwise"`

	file   string
	places map[string]unstable.Position

	Areas    []Area  `toml:"area"`
	Fills    []Fill  `toml:"fill"`
	Pictures []Frame `toml:"picture"`
	Stacks   []Stack `toml:"stack"`
}

// Area is a part of the card, its sides in shares of the card's width or height from the top
// left. Where a side is the card's own, text keeps the card's margin; elsewhere Pad.
type Area struct {
	Name                     string
	Left, Top, Right, Bottom float64
	Pad                      float64
	When                     When
}

// Fill paints an area in a colour of the theme.
type Fill struct {
	Area, Color string
	When        When
}

// Frame is an area that the photo fills.
type Frame struct {
	Area string
	When When
}

// Stack sets items below each other in an area: from its top, on its foot, or between the stacks
// that stand there, at a share of the room that is left.
type Stack struct {
	Area  string
	At    string  // top, bottom or middle
	Lean  float64 // of a middle stack: how much of the room that is left stands above it
	Ink   string  // of its items, where they have none
	When  When
	Items []Item
}

// Item is one thing in a stack: text, the row of badge and kicker, a rule, a pair of texts at the
// two ends of a row, or a quotation mark.
type Item struct {
	Text        string // roles, joined by "+": "byline+date"
	Label       bool
	Rule        string // full, short (as the theme has it) or bar
	Left, Right string // roles, as of Text
	Mark        bool

	Gap     float64  // above it, from the foot of capitals to the top of the next
	Size    float64  // of type, or height of a rule
	Steps   [][2]int // of type: size on the scale and lines, largest first
	Lines   int      // with Size; 0: one
	Weight  int      // 0: the role's
	Ink     string   // colour of the theme
	Opacity float64  // percent; 0: 100
	Spare   bool     // set only where the headline has left room
	When    When
}

// Scale is the headline's type scale: each step is about 1.12 times the one below.
var Scale = []int{31, 35, 39, 44, 50, 56, 62, 70, 78, 88, 98, 110, 123}

// Roles are the texts that an item may name. The caption carries its credit; speaker and
// position are the parts of a quotation's caption before and after its first comma.
var Roles = []string{"headline", "quotation", "caption", "credit", "byline", "date", "site", "speaker", "position"}

// Inks are the colours of a theme by name; photo-accent is the accent where it stands out from
// the scrim, else the ink on photos.
var Inks = []string{"ink", "quiet", "accent", "kicker", "paper", "photo", "photo-accent"}

// When lists conditions that must all hold, with spaces between them: a field's name, where the
// card has it, a shape ("wide", "square", "tall"), or "bare", where the photo cannot bear text:
// it is small, or shows a face there; "!" turns one round.
type When string

var conditions = append([]string{"photo", "bare", "kicker", "badge", "logo", "wide", "square", "tall"}, Roles...)

// Holds reports whether the conditions hold, given what is true.
func (w When) Holds(true_ func(string) bool) bool {
	for word := range strings.FieldsSeq(string(w)) {
		name, not := strings.CutPrefix(word, "!")
		if true_(name) == not {
			return false
		}
	}
	return true
}

// Limits that bound what a template costs.
const (
	maxAreas  = 16
	maxStacks = 12
	maxItems  = 12 // a stack
	maxSteps  = 16
)

// cardArea is every template's own area: the whole card.
const cardArea = "card"

// ShowsPhoto reports a template that has a place for a photo.
func (t *Template) ShowsPhoto() bool { return len(t.Pictures) > 0 }

func readTemplate(dir fs.FS, file string) (*Template, error) {
	d := &document{file: file}
	data, err := fs.ReadFile(dir, file)
	if err != nil {
		return nil, &Fault{File: file, Problem: "cannot be read: " + err.Error()}
	}
	t := &Template{Name: baseName(file), Version: digest(data)}
	if !names.MatchString(t.Name) {
		d.fault("", "a template's file is named a-z, 0-9 and -, at most 32 characters, and .toml")
	}
	if !d.decode(data, t) {
		return nil, d.err()
	}
	t.check(d)
	t.file, t.places = file, d.places
	return t, d.err()
}

// areas are the names that may be used.
func (t *Template) areaNames() []string {
	all := []string{cardArea}
	for _, a := range t.Areas {
		if !slices.Contains(all, a.Name) {
			all = append(all, a.Name)
		}
	}
	return all
}

// Area is the first area of the name whose conditions hold, or the whole card.
func (t *Template) Area(name string, holds func(string) bool) Area {
	for _, a := range t.Areas {
		if a.Name == name && a.When.Holds(holds) {
			return a
		}
	}
	return Area{Name: cardArea, Right: 1, Bottom: 1}
}
