package page

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// head has the raw values of a page's head.
type head struct {
	title, canonical, base, lang string
	meta                         map[string][]string // by property or name, lower case; at most maxRepeats values each
	ld                           ldGraph
}

const (
	maxValue   = 16 << 10    // maximum length of a value, in bytes; longer ones are cut
	maxRepeats = 4 * maxTags // values of one name that are kept
)

// takeHead reads a tag of the head. text is the text of a title.
func (h *head) takeHead(tag string, a map[string]string, text []byte) {
	switch tag {
	case "html":
		h.lang = a["lang"]
	case "meta":
		h.takeMeta(strings.ToLower(first(a["property"], a["name"], a["itemprop"])), a["content"])
	case "link":
		for rel := range strings.FieldsSeq(strings.ToLower(a["rel"])) {
			if rel == "canonical" && h.canonical == "" {
				h.canonical = a["href"]
			}
		}
	case "title":
		h.title = first(h.title, cut(string(text)))
	}
}

func (h *head) takeMeta(name, content string) {
	if name == "" || strings.TrimSpace(content) == "" || len(h.meta[name]) >= maxRepeats {
		return
	}
	h.meta[name] = append(h.meta[name], content)
}

// metas returns the first value of each name, as for networks, with the name as its source.
func (h *head) metas(names ...string) (values []found) {
	for _, name := range names {
		if all := h.meta[name]; len(all) > 0 {
			values = append(values, found{all[0], name})
		}
	}
	return values
}

// attributes returns the attributes of a tag that the package reads. Of one that is given twice, the first counts.
func attributes(tokens *html.Tokenizer, more bool) (all map[string]string) {
	for more {
		var key, value []byte
		key, value, more = tokens.TagAttr()
		if !isRead(key) {
			continue
		}
		if all == nil {
			all = map[string]string{}
		}
		if _, twice := all[string(key)]; !twice {
			all[string(key)] = cut(string(value))
		}
	}
	return all
}

func isRead(attribute []byte) bool {
	switch string(attribute) {
	case "alt", "class", "content", "height", "hidden", "href", "id", "itemprop", "lang", "media", "name", "property",
		"rel", "src", "srcset", "style", "type", "width":
		return true
	}
	return bytes.HasPrefix(attribute, []byte("data-"))
}

func cut(s string) string { return strings.ToValidUTF8(s[:min(len(s), maxValue)], "") }

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
