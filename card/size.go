package card

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Size is the size of a picture in pixels.
type Size struct{ W, H int }

// The named sizes, according to the networks' documentation.
var (
	OpenGraph = Size{1200, 630}  // Facebook, LinkedIn, Slack and most others: 1.91:1
	Twitter   = Size{1200, 600}  // X summary_large_image: 2:1
	Kakao     = Size{800, 400}   // KakaoTalk converts every picture to this size
	Square    = Size{1200, 1200} // chat thumbnails
	Portrait  = Size{1080, 1350}
	Story     = Size{1080, 1920}
)

// Limits of the sides of an unnamed size, in pixels.
const (
	MinSide = 200
	MaxSide = 2400
)

// NamedSize is a size with its name.
type NamedSize struct {
	Name string
	Size Size
}

// Sizes are the named sizes, the default first.
var Sizes = []NamedSize{
	{"og", OpenGraph}, {"twitter", Twitter}, {"kakao", Kakao}, {"square", Square},
	{"portrait", Portrait}, {"story", Story},
}

// Thumbnails are sizes for small previews, such as those of oEmbed, the smallest first. They are few, so a registered
// article has them for everyone, like the named sizes; see Size.Public.
var Thumbnails = []Size{{200, 200}, {400, 210}, {600, 315}, {800, 420}, {1000, 525}}

// ParseSize parses the name of a size, or "WxH". An empty string means OpenGraph.
func ParseSize(s string) (Size, error) {
	if s == "" {
		return OpenGraph, nil
	}
	for _, n := range Sizes {
		if n.Name == s {
			return n.Size, nil
		}
	}
	ws, hs, ok := strings.Cut(s, "x")
	w, errW := strconv.Atoi(ws)
	h, errH := strconv.Atoi(hs)
	if !ok || errW != nil || errH != nil || ws != strconv.Itoa(w) || hs != strconv.Itoa(h) {
		return Size{}, errors.New("must be og, twitter, kakao, square, portrait, story or WxH")
	}
	size := Size{w, h}
	return size, size.check()
}

func (s Size) check() error {
	if s.W < MinSide || s.H < MinSide || s.W > MaxSide || s.H > MaxSide {
		return fmt.Errorf("must be from %d to %d pixels a side", MinSide, MaxSide)
	}
	return nil
}

// Named reports whether the size has a name.
func (s Size) Named() bool {
	return slices.ContainsFunc(Sizes, func(n NamedSize) bool { return n.Size == s })
}

// Public reports whether a registered article has its picture in the size for everyone: if the size has a name, or is
// one of Thumbnails. URLs of other sizes need a signature, because there are millions of them.
func (s Size) Public() bool { return s.Named() || slices.Contains(Thumbnails, s) }

// String returns the name of the size if it has one, else "WxH". ParseSize parses it.
func (s Size) String() string {
	for _, n := range Sizes {
		if n.Size == s {
			return n.Name
		}
	}
	return fmt.Sprintf("%dx%d", s.W, s.H)
}
