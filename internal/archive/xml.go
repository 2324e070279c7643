package archive

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"

	"newsroom.example/cards/internal/lenient"
)

// Bounds of what is read of one file.
const (
	maxDepth = 64       // elements in each other, of one entry
	maxEntry = 16 << 20 // bytes of one entry
	maxWords = 4096     // bytes of one text that is kept
)

// readXML reads a feed or an export.
func readXML(in io.Reader, again Opener, o Options, each func(Story) error) (Rest, error) {
	f := &feed{each: each, rest: Rest{Left: map[string]int{}}, options: o, again: again}
	err := f.read(newXML(in))
	return f.rest, err
}

// newXML returns a decoder for a file in any encoding that its declaration names.
func newXML(in io.Reader) *xml.Decoder {
	d := xml.NewDecoder(in)
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = charset.NewReaderLabel
	return d
}

// feed reads a feed.
type feed struct {
	each    func(Story) error
	rest    Rest
	options Options
	again   Opener

	channel channel
	count   int
	export  *export // not nil for an export of WordPress
}

// channel is what a feed says of all its stories.
type channel struct{ site, lang string }

// read reads the elements of a feed.
func (f *feed) read(d *xml.Decoder) error {
	for depth := 0; ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			if depth == 0 {
				return errors.New("is empty")
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("is no valid XML: %w", err)
		}
		start, isStart := token.(xml.StartElement)
		if !isStart {
			continue
		}
		if depth++; depth == 1 {
			if err := f.root(start); err != nil {
				return err
			}
			continue
		}
		if err := f.element(d, start); err != nil {
			return err
		}
	}
}

// root checks the first element of a file.
func (f *feed) root(start xml.StartElement) error {
	switch start.Name.Local {
	case "rss", "RDF", "feed":
		for _, a := range start.Attr {
			if a.Name.Local == "lang" {
				f.channel.lang = a.Value
			}
			if strings.HasPrefix(a.Value, exportSpace) {
				var err error
				f.export, err = readPictures(f.again)
				return err
			}
		}
		return nil
	case "urlset", "sitemapindex":
		return ErrSitemap
	}
	return fmt.Errorf("is no feed: its first element is <%.40s>", start.Name.Local)
}

// element takes an element below the root.
func (f *feed) element(d *xml.Decoder, start xml.StartElement) error {
	if start.Name.Local == "channel" {
		return nil // its elements follow
	}
	e, err := readElement(d, start)
	if err != nil {
		return err
	}
	switch start.Name.Local {
	case "item", "entry":
		f.count++
		s := f.story(e)
		if s == nil {
			return nil
		}
		s.Where = fmt.Sprint("item ", f.count)
		return f.each(*s)
	case "title":
		if e.isPlain() && f.channel.site == "" {
			f.channel.site = e.text()
		}
	case "language":
		f.channel.lang = e.text()
	case "link":
		if e.attr("rel") == "next" {
			f.rest.Next = e.attr("href")
		}
	case "author":
		if f.export != nil {
			f.export.names[e.find("author_login").text()] = e.find("author_display_name").text()
		}
	}
	return nil
}

// story returns the story of an entry, or nil if it is none.
func (f *feed) story(e *element) *Story {
	if f.export == nil {
		return f.channel.entry(e)
	}
	s, left := f.export.post(e, f.options)
	if left != "" {
		f.rest.Left[left]++
		return nil
	}
	s.Article.Site, s.Article.Lang = lenient.Line(f.channel.site, maxShort), lenient.Lang(f.channel.lang)
	return s
}
