package clean

import (
	"html"
	"strings"

	markup "golang.org/x/net/html"

	"newsroom.example/cards/internal/lazyregexp"
)

// shown returns the text that a browser shows for HTML: its character references are decoded, its tags and comments are
// removed, and so is what is never shown, such as a script. What is left is not HTML any more, whatever it looks like.
// It takes linear time.
func shown(s string) string {
	if !strings.ContainsAny(s, "&<") {
		return s
	}
	r := &reading{s: s}
	unseen := "" // the open element whose content is left out
	for z := markup.NewTokenizer(strings.NewReader(s)); ; {
		kind := z.Next()
		switch {
		case kind == markup.ErrorToken:
			return r.write(true, true)
		case kind == markup.TextToken && unseen == "":
			raw := string(z.Raw())
			r.add(piece{raw: raw, text: unescaped(raw)})
		case kind == markup.StartTagToken, kind == markup.EndTagToken, kind == markup.SelfClosingTagToken:
			name, _ := z.TagName()
			unseen = r.element(string(name), kind == markup.EndTagToken, unseen)
		}
	}
}

var (
	// hidden are the elements whose content no browser shows as text. Their content is not nested.
	hidden = set("iframe noembed noframes noscript script style template")
	// ofPages are block tags that the rules for texts of unknown format do not know.
	ofPages = set(`aside body caption details dialog fieldset form head hgroup html legend main menu nav optgroup option
		search summary tfoot title`)
)

// element adds a tag, and returns the hidden element that is open after it.
func (r *reading) element(name string, closes bool, unseen string) string {
	switch {
	case unseen != "" && !(closes && name == unseen):
		return unseen
	case hidden[name]:
		if closes {
			return ""
		}
		return name
	}
	p := piece{raw: "<" + name + ">", isTag: true, name: name, closes: closes}
	if space, ok := alone[name]; ok {
		p.text = space
	} else if ofLines[name] || ofPages[name] {
		p.text = " "
	}
	if name == "sup" || name == "sub" {
		p.name = r.shift(p)
	}
	r.add(p)
	return ""
}

// shift returns the name of a sup or sub that is nested in order, and "" for one that is not: only pairs are converted.
func (r *reading) shift(p piece) string {
	if !p.closes {
		if len(r.open) > 0 { // one in another has no character
			return ""
		}
		r.open = append(r.open, openTag{name: p.name})
		return p.name
	}
	if len(r.open) == 0 || r.open[0].name != p.name {
		return ""
	}
	r.open = r.open[:0]
	return p.name
}

// legacy matches what a browser may read as a character reference without its semicolon.
var legacy = lazyregexp.New(`^&(?:#0{0,16}[0-9]{1,7}|#[xX]0{0,16}[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?`)

// unescaped returns a text with its character references decoded, also those without a semicolon that browsers know.
func unescaped(s string) string {
	var b strings.Builder
	for {
		at := strings.IndexByte(s, '&')
		if at < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:at])
		s = s[at:]
		part := s[:min(len(s), maxReferences)]
		ref, text := decodeReference(part)
		if ref == "" {
			ref = legacy().FindString(part)
			text = strings.Map(plain, html.UnescapeString(ref))
		}
		if ref == "" {
			ref, text = "&", "&"
		}
		b.WriteString(text)
		s = s[len(ref):]
	}
}
