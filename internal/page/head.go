package page

import (
	"bytes"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// head has the raw values of a page's head. If a name occurs more than once, the first value counts, as for networks.
type head struct {
	title, canonical, lang string
	meta                   map[string]string // by property or name, lower case
	tags                   []string
	ld                     ldStory
}

// maxValue is the maximum length of a value, in bytes. Longer ones are cut.
const maxValue = 16 << 10

// readHead reads a page up to its body. The charset is that of contentType, of the byte order mark, or of a meta tag
// in the first 1024 bytes.
func readHead(data []byte, contentType string) head {
	h := head{meta: map[string]string{}}
	var source io.Reader = bytes.NewReader(data)
	if decoded, err := charset.NewReader(source, contentType); err == nil {
		source = decoded
	}
	tokens := html.NewTokenizer(source)
	tokens.SetMaxBuf(len(data)*3 + 4096)
	for {
		switch kind := tokens.Next(); kind {
		case html.ErrorToken:
			return h
		case html.EndTagToken:
			if name, _ := tokens.TagName(); string(name) == "head" {
				return h
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t := tokens.Token()
			if t.Data == "body" {
				return h
			}
			h.take(t, tokens)
		}
	}
}

func (h *head) take(t html.Token, tokens *html.Tokenizer) {
	a := attributes(t)
	switch t.Data {
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
		if h.title == "" && tokens.Next() == html.TextToken {
			h.title = cut(tokens.Token().Data)
		}
	case "script":
		if strings.EqualFold(strings.TrimSpace(a["type"]), "application/ld+json") && tokens.Next() == html.TextToken {
			h.ld.add(tokens.Token().Data)
		}
	}
}

func (h *head) takeMeta(name, content string) {
	if name == "" || strings.TrimSpace(content) == "" {
		return
	}
	if name == "article:tag" && len(h.tags) < 4*maxTags {
		h.tags = append(h.tags, content)
	}
	if _, known := h.meta[name]; !known {
		h.meta[name] = content
	}
}

// titleWithoutSite returns the title without the publication's name, which many pages append after a separator.
func (h *head) titleWithoutSite() string {
	site := strings.TrimSpace(first(h.meta["og:site_name"], h.ld.Publisher))
	title := strings.TrimSpace(h.title)
	if rest, ok := strings.CutSuffix(title, site); ok && site != "" {
		if short := strings.TrimRight(rest, " |-–—:·"); short != "" && short != rest {
			return short
		}
	}
	return title
}

func attributes(t html.Token) map[string]string {
	all := make(map[string]string, len(t.Attr))
	for _, a := range t.Attr {
		if _, twice := all[a.Key]; !twice {
			all[a.Key] = cut(a.Val)
		}
	}
	return all
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
