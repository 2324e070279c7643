package archive

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"newsroom.example/cards/internal/lenient"
	"newsroom.example/cards/internal/weburl"
)

// exportSpace begins the namespace of an export of WordPress (WXR), which ends in its version.
const exportSpace = "http://wordpress.org/export/"

// export is what an export says of its stories outside of them.
type export struct {
	pictures map[string]attachment // by ID
	names    map[string]string     // of authors, by their logins
}

// attachment is a picture of an export.
type attachment struct{ url, caption, alt string }

// readPictures reads the pictures of an export.
func readPictures(open Opener) (*export, error) {
	in, err := unpacked(open)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	x := &export{pictures: map[string]attachment{}, names: map[string]string{}}
	d := newXML(in)
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return x, nil
		}
		if err != nil {
			return nil, fmt.Errorf("is no valid XML: %w", err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "item" {
			continue
		}
		e, err := readElement(d, start)
		if err != nil {
			return nil, err
		}
		x.keep(e)
	}
}

// keep keeps an item that is a picture.
func (x *export) keep(e *element) {
	u, err := weburl.Parse(weburl.Clean(e.find("attachment_url").text()))
	if e.find("post_type").text() != "attachment" || err != nil {
		return
	}
	a := attachment{url: u.String(), alt: lenient.Line(meta(e, "_wp_attachment_image_alt"), maxAlt)}
	for _, words := range e.all("encoded") { // of the excerpt, which is the caption, and of the content
		if strings.Contains(words.name.Space, "excerpt") {
			a.caption = lenient.Line(words.text(), maxCaption)
		}
	}
	x.pictures[e.find("post_id").text()] = a
}

// meta returns the value of a post's field.
func meta(e *element, key string) string {
	for _, m := range e.all("postmeta") {
		if m.find("meta_key").text() == key {
			return m.find("meta_value").text()
		}
	}
	return ""
}

// post returns the story of an item, or why it is left out: readers do not see it, or it is none.
func (x *export) post(e *element, o Options) (s *Story, left string) {
	types := o.PostTypes
	if len(types) == 0 {
		types = []string{"post"}
	}
	switch kind, status := e.find("post_type").text(), e.find("status").text(); {
	case !slices.Contains(types, kind):
		return nil, cmp.Or(kind, "no type")
	case status != "publish":
		return nil, cmp.Or(status, "no status")
	case e.find("post_password").text() != "":
		return nil, "with a password"
	}
	s = channel{}.entry(e)
	a := &s.Article
	s.Whole = a.Headline != ""
	a.ID = "wp-" + e.find("post_id").text()
	a.PublishedAt = cmp.Or(utc(e.find("post_date_gmt").text()), a.PublishedAt)
	a.UpdatedAt = utc(e.find("post_modified_gmt").text())
	a.Description = ""
	for _, words := range e.all("encoded") {
		if strings.Contains(words.name.Space, "excerpt") {
			a.Description = lenient.Line(words.text(), maxDescription)
		}
	}
	if login := e.find("creator").text(); x.names[login] != "" {
		a.Byline = lenient.Line(x.names[login], maxShort)
	}
	if p, ok := x.pictures[meta(e, "_thumbnail_id")]; ok {
		a.Photo.URL, a.Photo.Alt, a.Caption = p.url, p.alt, p.caption
	}
	return s, ""
}

// utc returns a time in the form of WordPress's database, which has zeros for none.
func utc(s string) time.Time {
	t, err := time.Parse(time.DateTime, s)
	if err != nil {
		return time.Time{}
	}
	return t
}
