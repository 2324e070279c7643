package page

import (
	"slices"
	"strings"
)

// note is an open element with a caption or a credit.
type note struct {
	tag, kind string // kind is figcaption, caption, credit, unseen, or hidden for texts for screen readers
	depth     int    // open elements with the same tag in it
	text      strings.Builder
	long      bool
}

// maxNote is the maximum length of a caption, in bytes. A longer text is none: its element was not closed.
const maxNote = 8 << 10

func (n *note) write(text []byte) {
	if n.text.Len()+len(text) > maxNote {
		n.long = true
		return
	}
	n.text.Write(text)
}

// openNotes counts the tag in the open notes, and opens one if the element is a caption or credit of a picture. In a
// caption there may be a credit, and in both there may be texts that are not shown, which are not part of them.
func (b *body) openNotes(tag string, a map[string]string) {
	if isVoid(tag) {
		if n := len(b.notes); n > 0 && tag == "br" {
			b.notes[n-1].write([]byte{'\n'})
		}
		return
	}
	for len(b.notes) > 0 && b.notes[len(b.notes)-1].tag == "p" && isBlock(tag) {
		b.endNote() // a paragraph ends where the next block begins
	}
	for _, n := range b.notes {
		if n.tag == tag {
			n.depth++
		}
	}
	if n := len(b.notes); n > 0 && isBlock(tag) {
		b.notes[n-1].write([]byte{'\n'})
	}
	if kind := noteKind(tag, a); kind != "" && b.frame() != nil && b.mayOpen(kind) {
		b.notes = append(b.notes, &note{tag: tag, kind: kind})
	}
}

// mayOpen reports whether a note of a kind may be in the innermost note.
func (b *body) mayOpen(kind string) bool {
	n := len(b.notes)
	if n == 0 {
		return kind != "hidden"
	}
	switch outer := b.notes[n-1].kind; outer {
	case "hidden", "unseen":
		return false
	case "credit":
		return kind == "hidden" || kind == "unseen"
	}
	return kind == "hidden" || kind == "unseen" || kind == "credit"
}

func (b *body) closeNotes(tag string) {
	for i, n := range slices.Backward(b.notes) {
		if n.tag != tag {
			continue
		}
		if n.depth--; n.depth < 0 {
			for len(b.notes) > i {
				b.endNote()
			}
		}
	}
	if n := len(b.notes); n > 0 && isBlock(tag) {
		b.notes[n-1].write([]byte{'\n'})
	}
}

// endNote closes the innermost note. The first caption and the first credit of a frame count.
func (b *body) endNote() {
	n := b.notes[len(b.notes)-1]
	b.notes = b.notes[:len(b.notes)-1]
	f := b.frame()
	text := strings.TrimSpace(n.text.String())
	if f == nil || n.long || text == "" || n.kind == "hidden" || n.kind == "unseen" {
		return
	}
	place := &f.words.caption
	if n.kind == "credit" {
		place = &f.words.credit
	}
	if place.text == "" {
		*place = found{text, n.kind}
	}
}

// noteKind returns the kind of an element's note, or "" if it has none.
func noteKind(tag string, a map[string]string) string {
	switch {
	case tag == "body", tag == "figure":
		return ""
	case isUnseen(tag, a):
		return "unseen"
	case tag == "a", tag == "button":
		return ""
	}
	names := strings.Fields(strings.ToLower(a["class"]))
	switch {
	case slices.ContainsFunc(names, isHiddenName):
		return "hidden"
	case slices.ContainsFunc(names, isCreditName), strings.EqualFold(a["itemprop"], "copyrightHolder"),
		strings.EqualFold(a["itemprop"], "creditText"):
		return "credit"
	case tag == "figcaption":
		return tag
	case slices.ContainsFunc(names, isCaptionName), strings.EqualFold(a["itemprop"], "caption"),
		slices.Contains(names, "desc") && (tag == "em" || tag == "span"):
		return "caption"
	}
	return ""
}

// parts splits a class into its words: img_desc, photo-desc and figure__caption have two each.
func parts(class string) []string {
	return strings.FieldsFunc(class, func(r rune) bool { return r == '-' || r == '_' })
}

func isHiddenName(class string) bool {
	return class == "visually-hidden" || class == "screen-reader-text" || class == "sr-only" || class == "blind"
}

// isCaptionName reports whether elements of a class are captions: those whose name ends in "caption" or
// "caption-text", and what Korean newspapers call img_desc or photo_desc. A "desc" alone may be a teaser.
func isCaptionName(class string) bool {
	words := parts(class)
	n := len(words)
	if n > 1 && words[n-1] == "text" {
		n--
	}
	if n == 0 {
		return false
	}
	switch last := words[n-1]; {
	case last == "caption":
		return n == 1 || !slices.Contains([]string{"wp", "has", "no", "with", "is"}, words[n-2]) || n < len(words)
	case last == "desc":
		return n > 1 && slices.Contains([]string{"img", "image", "photo", "pic", "picture", "txt", "caption"}, words[n-2])
	}
	return slices.Contains([]string{"imgdesc", "photodesc", "imgcaption", "photocaption"}, class)
}

// isCreditName reports whether elements of a class are credits: wp-credit, photo-credit, image__copyright.
func isCreditName(class string) bool {
	words := parts(class)
	n := len(words)
	if n == 0 || n > 1 && slices.Contains([]string{"has", "no", "with", "is"}, words[n-2]) {
		return false
	}
	switch words[n-1] {
	case "credit", "credits", "photographer":
		return true
	case "copyright", "source", "attribution", "by":
		return n > 1 && slices.Contains([]string{"img", "image", "photo", "pic", "picture", "caption", "media"}, words[n-2])
	}
	return false
}

func isVoid(tag string) bool {
	switch tag {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}

func isBlock(tag string) bool {
	switch tag {
	case "p", "div", "ul", "ol", "li", "table", "tr", "td", "th", "dl", "dt", "dd", "section", "article", "figure",
		"figcaption", "header", "footer", "aside", "main", "nav", "blockquote", "form", "h1", "h2", "h3", "h4", "h5", "h6",
		"pre", "hr":
		return true
	}
	return false
}
