package clean

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// tag is an opening or closing tag (HTML, 13.1.2): the closing stroke, the name, attributes, the stroke at its end.
	tag = regexp.MustCompile(`^<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z_:@][-A-Za-z0-9_:.@]*` +
		`(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=` + "`" + `]+))?)*)\s*(/?)>`)
	// comment holds no < or >, so that reading takes time in proportion to the length.
	comment = regexp.MustCompile(`^<!--[^<>]*-->`)
	// tagStart is where a < is more than text.
	tagStart = regexp.MustCompile(`^<[A-Za-z/!?]`)
)

// Known tags.
var (
	ofWords = set(`a abbr b bdi bdo big cite code data del dfn em font i ins kbd mark q rp rt ruby s samp small
		span strike strong sub sup time tt u var`)
	ofLines = set(`address article blockquote center dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6
		header li ol p pre section table tbody td th thead tr ul`)
	openEnded = set(`li p`)
	alone     = map[string]string{"br": " ", "hr": " ", "img": " ", "wbr": ""} // what each leaves
)

func set(names string) map[string]bool {
	all := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		all[name] = true
	}
	return all
}

// piece is a part of a text: a reference, a tag or comment, or what stands between.
type piece struct {
	raw, text string // as it stands, and what it means or leaves
	isTag     bool
	name      string // of a tag that words stand in
	closes    bool
}

// openTag waits for its end.
type openTag struct {
	name       string
	attributes bool
	end        int // where its content begins
}

// reading is a text in pieces, and what they show.
type reading struct {
	s       string
	pieces  []piece
	open    []openTag
	topics  bool // a reference that people write about
	machine bool // one that nobody does
	bare    bool // an & or < that begins nothing
	pair    bool // tags around words
	broken  bool // an unknown tag, or one out of order
	breaks  int  // tags without an end: two for each behind a word, one for each before one
}

// proven reports HTML whatever else the text holds, unproven HTML that may also be meant as it stands.
func (r *reading) proven() bool {
	return r.machine || !r.broken && (r.pair || r.breaks >= 2)
}

func (r *reading) unproven() bool {
	return r.topics && !r.bare && !r.broken && !r.proven()
}

func read(s string) *reading {
	r := &reading{s: s}
	for at := 0; at < len(s); {
		n := strings.IndexAny(s[at:], "&<")
		if n < 0 {
			n = len(s) - at
		}
		if n == 0 {
			at += r.mark(at)
			continue
		}
		r.add(piece{raw: s[at : at+n], text: s[at : at+n]})
		at += n
	}
	for _, t := range r.open {
		r.broken = r.broken || !openEnded[t.name]
	}
	return r
}

func (r *reading) add(p piece) int {
	r.pieces = append(r.pieces, p)
	return len(p.raw)
}

// mark reads what the & or < at a place begins, and tells its length.
func (r *reading) mark(at int) int {
	rest := r.s[at:]
	if ref, text := decodeReference(rest); ref != "" {
		r.topics = r.topics || topics[ref]
		r.machine = r.machine || !topics[ref]
		return r.add(piece{raw: ref, text: text})
	}
	if raw := comment.FindString(rest); raw != "" {
		return r.add(piece{raw: raw, isTag: true})
	}
	if !r.broken { // else no tag is removed, and looking for the open one again and again takes too long
		if parts := tag.FindStringSubmatch(rest); parts != nil && r.tag(at, parts) {
			return len(parts[0])
		}
	}
	r.bare = true
	r.broken = r.broken || tagStart.MatchString(rest)
	return r.add(piece{raw: rest[:1], text: rest[:1]})
}

// tag reads a tag of the expression's parts; false where it is unknown or out of order.
func (r *reading) tag(at int, parts []string) bool {
	raw, name := parts[0], strings.ToLower(parts[2])
	closes, attributes, stroke := parts[1] != "", parts[3] != "", parts[4] != ""
	left, standsAlone := alone[name]
	switch {
	case standsAlone && closes, !standsAlone && stroke, closes && attributes:
		return false
	case !standsAlone && !ofWords[name] && !ofLines[name]:
		return false
	case closes && !r.close(name, at):
		return false
	case !closes && !standsAlone:
		r.open = append(r.open, openTag{name, attributes, at + len(raw)})
	}
	if standsAlone || openEnded[name] && !closes {
		r.breaks += breaks(r.s[:at], r.s[at+len(raw):])
	}
	if ofLines[name] {
		left = " "
	}
	r.add(piece{raw: raw, text: left, isTag: true, name: name, closes: closes})
	return true
}

// close ends the last open tag, which must have the name; tags that may lack their end are ended before it.
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

// breaks is how much a tag without an end shows by where it stands.
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
