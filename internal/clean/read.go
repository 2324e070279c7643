package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsroom.example/cards/internal/lazyregexp"
)

// tag matches a tag (HTML, 13.1.2). Its groups: the slash of an end tag, the name, the attributes, a final slash.
var tag = lazyregexp.New(`^<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z_:@][-A-Za-z0-9_:.@]*` +
	`(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=` + "`" + `]+))?)*)\s*(/?)>`)

// Known tags: inline tags, block tags, those that need no end tag, and those that have no content.
var (
	ofWords = set(`a abbr b bdi bdo big cite code data del dfn em font i ins kbd mark q rp rt ruby s samp small
		span strike strong sub sup time tt u var`)
	ofLines = set(`address article blockquote center dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6
		header li ol p pre section table tbody td th thead tr ul`)
	openEnded = set(`li p`)
	alone     = map[string]string{"br": " ", "hr": " ", "img": " ", "wbr": ""} // the text that replaces each
)

func set(names string) map[string]bool {
	all := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		all[name] = true
	}
	return all
}

// piece is a part of a text: a character reference, a tag, a comment, or the text between them.
type piece struct {
	raw, text string // the source, and the text that replaces it
	isTag     bool
	name      string // the tag's name in lower case; empty: not a tag
	closes    bool
}

// openTag is a start tag whose end tag has not been read yet.
type openTag struct {
	name       string
	attributes bool
	end        int // offset of its content in the text
}

// reading is a text divided into pieces, and the evidence for HTML that was found in it.
type reading struct {
	s       string
	pieces  []piece
	open    []openTag
	topics  bool // there is a reference that people write about: &amp;, &lt;, &gt; or &nbsp;
	machine bool // there is any other reference, which people do not type
	bare    bool // there is an & or < that begins neither a reference nor a tag
	pair    bool // there is a pair of tags around words
	broken  bool // there is an unknown tag, or one out of order
	breaks  int  // points for tags that need no end tag: 2 after a word, 1 before a word
	looked  int  // bytes in which references, tags and comments were looked for
}

// proven reports whether the text is certainly HTML.
func (r *reading) proven() bool {
	return r.machine || !r.broken && (r.pair || r.breaks >= 2)
}

// unproven reports whether the text looks like HTML but may also be meant literally.
func (r *reading) unproven() bool {
	return r.topics && !r.bare && !r.broken && !r.proven()
}

func read(s string) *reading {
	r := &reading{s: s}
	text := 0 // where the text begins that belongs to no piece yet
	for at := 0; ; {
		n := strings.IndexAny(s[at:], "&<")
		if n < 0 {
			break
		}
		at += n
		p, ok := r.mark(at)
		if !ok {
			at++
			continue
		}
		r.add(piece{raw: s[text:at], text: s[text:at]})
		r.add(p)
		at += len(p.raw)
		text = at
	}
	r.add(piece{raw: s[text:], text: s[text:]})
	for _, t := range r.open {
		r.broken = r.broken || !openEnded[t.name]
	}
	return r
}

func (r *reading) add(p piece) {
	if p.raw != "" {
		r.pieces = append(r.pieces, p)
	}
}

// look counts a part of the text in which a reference, a tag or a comment is looked for.
func (r *reading) look(part string) string {
	r.looked += len(part)
	return part
}

// mark returns the reference, comment or tag that begins with the & or < at offset at. Without one, ok is false.
//
// Package regexp clears memory in proportion to the text before it matches the first byte. So that reading takes
// linear time, an expression is only given the part of the text that it may match.
func (r *reading) mark(at int) (p piece, ok bool) {
	rest := r.s[at:]
	if rest[0] == '&' {
		part := r.look(rest[:min(len(rest), maxReferences)])
		if ref, text := decodeReference(part); ref != "" {
			r.topics = r.topics || topics[ref]
			r.machine = r.machine || !topics[ref]
			return piece{raw: ref, text: text}, true
		}
	} else if beginsTag(rest) {
		if p, ok := r.markup(at); ok {
			return p, true
		}
		r.broken = true
	}
	r.bare = true
	return piece{}, false
}

// beginsTag reports whether s, which begins with <, begins like a tag, a comment or a declaration.
func beginsTag(s string) bool {
	if len(s) < 2 {
		return false
	}
	c := s[1]
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '/' || c == '!' || c == '?'
}

// markup returns the comment or the tag that begins at offset at. If there is none, or if the tag is unknown or out
// of order, ok is false.
func (r *reading) markup(at int) (p piece, ok bool) {
	rest := r.s[at:]
	end := strings.IndexAny(rest[1:], "<>") + 1 // neither has < or > inside
	raw := r.look(rest[:end+1])                 // < alone, if it is the last one of the text
	if raw[end] != '>' {
		return piece{}, false
	}
	if len(raw) >= len("<!---->") && strings.HasPrefix(raw, "<!--") && strings.HasSuffix(raw, "-->") {
		return piece{raw: raw, isTag: true}, true
	}
	if r.broken { // no tag is removed
		return piece{}, false
	}
	if parts := tag().FindStringSubmatch(r.look(raw)); parts != nil {
		return r.tag(at, parts)
	}
	return piece{}, false
}

// tag returns a tag, given its submatches. If the tag is unknown or out of order, ok is false.
func (r *reading) tag(at int, parts []string) (p piece, ok bool) {
	raw, name := parts[0], strings.ToLower(parts[2])
	closes, attributes, stroke := parts[1] != "", parts[3] != "", parts[4] != ""
	left, standsAlone := alone[name]
	switch {
	case standsAlone && closes, !standsAlone && stroke, closes && attributes:
		return piece{}, false
	case !standsAlone && !ofWords[name] && !ofLines[name]:
		return piece{}, false
	case closes && !r.close(name, at):
		return piece{}, false
	case !closes && !standsAlone:
		r.open = append(r.open, openTag{name, attributes, at + len(raw)})
	}
	if standsAlone || openEnded[name] && !closes {
		r.breaks += breaks(r.s[:at], r.s[at+len(raw):])
	}
	if ofLines[name] {
		left = " "
	}
	return piece{raw: raw, text: left, isTag: true, name: name, closes: closes}, true
}

// close removes the last open tag, after any open tags that may lack an end tag. It returns false if the last open
// tag does not have the name.
func (r *reading) close(name string, at int) bool {
	last := len(r.open) - 1
	for last >= 0 && r.open[last].name != name && openEnded[r.open[last].name] {
		last--
	}
	if last < 0 || r.open[last].name != name {
		return false
	}
	t := r.open[last]
	r.open = r.open[:last]
	content := r.s[t.end:at]
	apart := content == "" || content[0] == ' ' && content[len(content)-1] == ' '
	r.pair = r.pair || ofLines[name] && content != "" || t.attributes || !apart
	return true
}

// breaks returns the points, 0 to 2, for a tag that needs no end tag, given the text before and after it.
func breaks(before, after string) int {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	switch {
	case isWord(last), strings.ContainsRune(".!?…。", last):
		return 2
	case isWord(first):
		return 1
	}
	return 0
}

func isWord(r rune) bool { return unicode.In(r, unicode.L, unicode.M, unicode.N) }
