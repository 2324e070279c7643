package page

import (
	"bytes"
	"slices"

	"golang.org/x/net/html"
)

// Limits of what is kept of a body.
const (
	maxPictures = 64
	maxFiles    = 48 // candidates of one picture
	maxFigures  = 8  // nesting
	maxApart    = 60 // bytes of text between a picture and its caption
)

// body collects the pictures of a body, with the texts beside them. A text belongs to the picture of its figure, or,
// outside of figures, to the picture right before it: at most maxApart bytes of other text may be between them, such
// as the label of a button.
type body struct {
	pictures []*picture
	figures  []*frame // open figures, the outermost first
	deeper   int      // open figures beyond maxFigures
	loose    *frame   // of the last picture outside of figures, until its caption can no longer follow
	notes    []*note  // open captions and credits
	sources  []candidate
	zones    zones
	picked   bool // in <picture>
	noscript bool
}

// frame is a place for pictures and texts that belong together. If it has several pictures, its texts belong to none.
type frame struct {
	pictures []*picture
	words    words
	apart    int
}

// words are the texts of the elements for a caption and for a credit. Their sources are the kinds of the elements.
type words struct{ caption, credit found }

// takeTag reads a start tag.
func (b *body) takeTag(tag string, a map[string]string) {
	b.zones.enter(tag, a)
	b.openNotes(tag, a)
	switch tag {
	case "figure":
		b.endLoose()
		if len(b.figures) == maxFigures {
			b.deeper++
			break
		}
		b.figures = append(b.figures, &frame{})
	case "picture":
		b.picked, b.sources = true, nil
	case "source":
		if b.picked && len(b.sources) < maxFiles {
			b.sources = append(b.sources, sourceCandidates(a)...)
		}
	case "noscript":
		b.noscript = true
	case "img", "amp-img":
		b.takeImage(a)
	}
}

// takeImage adds a picture, or its copy to the picture before it.
func (b *body) takeImage(a map[string]string) {
	if slices.ContainsFunc(b.notes, func(n *note) bool { return n.kind == "figcaption" }) {
		return // an icon
	}
	b.notes = nil // what has a picture in it is no caption, whatever its class says
	candidates := append(imageCandidates(a), b.sources...)
	candidates, b.sources = candidates[:min(len(candidates), maxFiles)], nil
	f := b.frame()
	if b.noscript && f != nil && len(f.pictures) > 0 {
		last := f.pictures[len(f.pictures)-1]
		last.candidates = append(last.candidates, candidates[:min(len(candidates), maxFiles-len(last.candidates))]...)
		return
	}
	if len(b.pictures) == maxPictures || len(candidates) == 0 {
		return
	}
	p := &picture{candidates: candidates, alt: a["alt"], decoration: isDecoration(a), story: b.zones.story(),
		aside: b.zones.aside(), figure: len(b.figures) > 0}
	b.pictures = append(b.pictures, p)
	if len(b.figures) == 0 {
		b.endLoose()
		f = &frame{}
		b.loose = f
	}
	f.pictures = append(f.pictures, p)
}

// frame returns the innermost figure, else the frame of the picture before, if its caption may still follow.
func (b *body) frame() *frame {
	if n := len(b.figures); n > 0 {
		return b.figures[n-1]
	}
	return b.loose
}

func (b *body) takeText(tokens *html.Tokenizer) {
	if n := len(b.notes); n > 0 {
		b.notes[n-1].write(tokens.Text())
		return
	}
	if b.loose != nil && len(b.figures) == 0 {
		if b.loose.apart += len(bytes.TrimSpace(tokens.Raw())); b.loose.apart > maxApart {
			b.endLoose()
		}
	}
}

func (b *body) takeEnd(tag string) {
	b.zones.leave(tag)
	b.closeNotes(tag)
	switch tag {
	case "figure":
		if b.deeper > 0 {
			b.deeper--
			break
		}
		b.endFigure()
	case "picture":
		b.picked, b.sources = false, nil
	case "noscript":
		b.noscript = false
	}
}

// endFigure closes the innermost figure, and the captions that it left open.
func (b *body) endFigure() {
	for len(b.notes) > 0 {
		b.endNote()
	}
	if n := len(b.figures); n > 0 {
		b.figures[n-1].settle()
		b.figures = b.figures[:n-1]
	}
}

func (b *body) endLoose() {
	if b.loose != nil {
		b.loose.settle()
		b.loose = nil
	}
}

// endOfPage closes what is open. A caption that the end cut off is dropped.
func (b *body) endOfPage() {
	b.notes = nil
	for len(b.figures) > 0 {
		b.endFigure()
	}
	b.endLoose()
}

// settle gives the texts to the picture of the frame, if there is only one.
func (f *frame) settle() {
	if len(f.pictures) == 1 {
		f.pictures[0].words = f.words
	}
}

// zones counts the open elements that say whether a picture is part of the story.
type zones struct {
	articles, asides, headers int
	marked                    bool // an element is named as the story's text
}

func (z *zones) enter(tag string, a map[string]string) {
	switch tag {
	case "article", "main":
		z.articles++
	case "nav", "aside", "footer", "template", "dialog":
		z.asides++
	case "header":
		z.headers++
	}
	z.marked = z.marked || isStory(a)
}

func (z *zones) leave(tag string) {
	switch tag {
	case "article", "main":
		z.articles = max(0, z.articles-1)
	case "nav", "aside", "footer", "template", "dialog":
		z.asides = max(0, z.asides-1)
	case "header":
		z.headers = max(0, z.headers-1)
	}
}

func (z *zones) story() bool { return !z.aside() && (z.articles > 0 || z.marked) }

func (z *zones) aside() bool { return z.asides > 0 || z.headers > 0 && z.articles == 0 }
