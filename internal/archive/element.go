package archive

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
)

// element is an element of XML, with everything in it.
type element struct {
	name  xml.Name
	attrs []xml.Attr
	words strings.Builder // the texts in it, and in nothing in it
	inner []*element
}

// none is what is found where there is no such element.
var none = &element{}

// readElement reads an element to its end, within the bounds of an entry.
func readElement(d *xml.Decoder, start xml.StartElement) (*element, error) {
	begin := d.InputOffset()
	path := []*element{{name: start.Name, attrs: start.Attr}}
	for {
		token, err := d.Token()
		if err != nil {
			return nil, fmt.Errorf("ends within <%.40s>: %w", start.Name.Local, err)
		}
		last := path[len(path)-1]
		switch t := token.(type) {
		case xml.StartElement:
			inner := &element{name: t.Name, attrs: t.Copy().Attr}
			last.inner = append(last.inner, inner)
			path = append(path, inner)
		case xml.CharData:
			last.words.Write(t)
		case xml.EndElement:
			if path = path[:len(path)-1]; len(path) == 0 {
				return last, nil
			}
		}
		if len(path) > maxDepth || d.InputOffset()-begin > maxEntry {
			return nil, errors.New("an entry is too large")
		}
	}
}

// isPlain reports an element of the feed itself, and not of an extension.
func (e *element) isPlain() bool {
	switch e.name.Space {
	case "", "http://www.w3.org/2005/Atom", "http://purl.org/rss/1.0/":
		return true
	}
	return false
}

// text returns the words of an element.
func (e *element) text() string { return strings.TrimSpace(e.words.String()) }

// attr returns the value of an attribute, or "".
func (e *element) attr(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// all returns the elements of a name. Those of the feed itself come first.
func (e *element) all(name string) (found []*element) {
	var extensions []*element
	for _, inner := range e.inner {
		switch {
		case inner.name.Local != name:
		case inner.isPlain():
			found = append(found, inner)
		default:
			extensions = append(extensions, inner)
		}
	}
	return append(found, extensions...)
}

// find returns the first element of one of the names, in their order, that has words.
func (e *element) find(names ...string) *element {
	for _, name := range names {
		for _, found := range e.all(name) {
			if found.text() != "" {
				return found
			}
		}
	}
	return none
}

// within returns the elements of a name at any depth.
func (e *element) within(name string) (found []*element) {
	for _, inner := range e.inner {
		if inner.name.Local == name {
			found = append(found, inner)
		}
		found = append(found, inner.within(name)...)
	}
	return found
}
