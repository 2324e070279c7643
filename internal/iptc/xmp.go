package iptc

import (
	"bytes"
	"encoding/xml"
	"strings"
)

// MaxPacket is the longest XMP packet that is read, in bytes. A JPEG has no longer one.
const MaxPacket = 64 << 10

const maxDepth = 32 // of elements; the texts are at 6

// Namespaces of names in a packet.
const (
	spaceDC        = "http://purl.org/dc/elements/1.1/"
	spacePhotoshop = "http://ns.adobe.com/photoshop/1.0/"
	spaceRDF       = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	spaceXML       = "http://www.w3.org/XML/1998/namespace"
)

// The properties that are read.
var (
	description = xml.Name{Space: spaceDC, Local: "description"}
	creator     = xml.Name{Space: spaceDC, Local: "creator"}
	rights      = xml.Name{Space: spaceDC, Local: "rights"}
	credit      = xml.Name{Space: spacePhotoshop, Local: "Credit"}
)

// readXMP reads a packet. Of a text in several languages it takes the default one, and of several creators all.
func readXMP(packet []byte) Fields {
	if len(packet) > MaxPacket {
		return Fields{}
	}
	p := properties{values: map[xml.Name][]value{description: nil, creator: nil, rights: nil, credit: nil}}
	for in := xml.NewDecoder(bytes.NewReader(packet)); p.depth < maxDepth; {
		token, err := in.Token()
		if err != nil { // the end, or damage: what was read before counts
			break
		}
		p.take(token)
	}
	return Fields{
		Caption: p.text(description), Creator: p.list(creator), Credit: p.text(credit), Copyright: p.text(rights),
	}
}

// properties are the values of the properties that are read.
type properties struct {
	values map[xml.Name][]value
	depth  int      // elements that are open
	of     xml.Name // the property that is being read, if opened is not 0
	opened int      // the depth at which its element is
}

// value is a value of a property, one of several if it is a list.
type value struct {
	text      []byte
	byDefault bool // in the default language
}

// take reads a token.
func (p *properties) take(token xml.Token) {
	switch t := token.(type) {
	case xml.StartElement:
		p.depth++
		_, known := p.values[t.Name]
		switch {
		case p.opened > 0 && t.Name == (xml.Name{Space: spaceRDF, Local: "li"}):
			p.add(p.of, value{byDefault: isDefault(t.Attr)})
		case p.opened == 0 && known:
			p.of, p.opened = t.Name, p.depth
			p.add(t.Name, value{})
		case p.opened == 0:
			p.attributes(t.Attr)
		}
	case xml.EndElement:
		if p.depth == p.opened {
			p.opened = 0
		}
		p.depth--
	case xml.CharData:
		if p.opened > 0 {
			all := p.values[p.of]
			last := &all[len(all)-1]
			last.text = append(last.text, t...)
		}
	}
}

// attributes reads the properties that are attributes of a description.
func (p *properties) attributes(all []xml.Attr) {
	for _, a := range all {
		if _, known := p.values[a.Name]; known {
			p.add(a.Name, value{text: []byte(a.Value)})
		}
	}
}

func (p *properties) add(name xml.Name, v value) { p.values[name] = append(p.values[name], v) }

// isDefault reports whether attributes say that a text is in the default language.
func isDefault(all []xml.Attr) bool {
	for _, a := range all {
		if a.Name == (xml.Name{Space: spaceXML, Local: "lang"}) && a.Value == "x-default" {
			return true
		}
	}
	return false
}

// text returns the value in the default language, or else the first one.
func (p *properties) text(name xml.Name) (first string) {
	for _, v := range p.values[name] {
		s := usable(string(v.text))
		if v.byDefault && s != "" {
			return s
		}
		if first == "" {
			first = s
		}
	}
	return first
}

// list returns all values.
func (p *properties) list(name xml.Name) string {
	var all []string
	for _, v := range p.values[name] {
		if s := usable(string(v.text)); s != "" {
			all = append(all, s)
		}
	}
	return usable(strings.Join(all, ", "))
}
