package page

import (
	"bytes"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// document is what a page says about its story: its head, the JSON-LD of the whole page, and the pictures of its body
// with the texts beside them.
type document struct {
	head
	body
	at     string // URL of the page
	tokens *html.Tokenizer
	inHead bool
	own    ownPages // once the head is read
	judged int      // articles in JSON-LD that enough has looked at
	hasOwn bool     // one of them is certainly that of the page
}

// scan reads a page once, from its beginning to its end, in linear time. It stops early if the body has nothing more
// to tell. The charset is that of contentType, of the byte order mark, or of a meta tag in the first 1024 bytes.
func scan(data []byte, contentType, at string) *document {
	var source io.Reader = bytes.NewReader(data)
	if decoded, err := charset.NewReader(source, contentType); err == nil {
		source = decoded
	}
	d := &document{
		head: head{meta: map[string][]string{}}, at: at, tokens: html.NewTokenizer(source), inHead: true,
	}
	d.tokens.SetMaxBuf(len(data)*3 + 4096)
	for !d.enough() {
		switch d.tokens.Next() {
		case html.ErrorToken:
			d.end()
			return d
		case html.TextToken:
			d.takeText(d.tokens)
		case html.StartTagToken, html.SelfClosingTagToken:
			d.takeStart()
		case html.EndTagToken:
			name, _ := d.tokens.TagName()
			if tag := string(name); tag == "head" {
				d.inHead = false
			} else {
				d.takeEnd(tag)
			}
		}
	}
	d.end()
	return d
}

func (d *document) end() {
	d.endOfPage()
	d.chooseArticle()
}

// enough reports whether the rest of the page cannot add anything: enough pictures were seen, and the page's own
// article in JSON-LD, which many pages have at their end.
func (d *document) enough() bool {
	if d.inHead || len(d.pictures) < maxPictures {
		return false
	}
	for ; d.judged < len(d.ld.articles); d.judged++ {
		d.hasOwn = d.hasOwn || d.points(d.ld.articles[d.judged]) == mostPoints
	}
	return d.hasOwn
}

func (d *document) takeStart() {
	name, more := d.tokens.TagName()
	tag := string(name)
	if tag == "noscript" && !d.inHead {
		d.tokens.NextIsNotRawText() // it may have a copy of a picture that a script would load
	}
	a := attributes(d.tokens, more)
	text := d.rawText(tag)
	switch {
	case tag == "body":
		d.inHead = false
	case tag == "base":
		d.base = first(d.base, a["href"])
	case tag == "script":
		if strings.EqualFold(strings.TrimSpace(a["type"]), "application/ld+json") {
			d.ld.add(text)
		}
	case d.inHead:
		d.takeHead(tag, a, text)
	}
	d.takeTag(tag, a)
}

// rawText returns the text of an element whose content is text, whatever it looks like, and nil for any other element.
func (d *document) rawText(tag string) []byte {
	switch tag {
	case "script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp", "plaintext":
	case "noscript":
		if !d.inHead {
			return nil
		}
	default:
		return nil
	}
	if d.tokens.Next() != html.TextToken {
		return nil
	}
	return d.tokens.Text()
}
