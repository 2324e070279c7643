package page

import (
	"net/url"
	"slices"
)

// setPicture takes the picture that the head or JSON-LD names, else the lead picture of the body. Its caption and
// credit are those beside it in the body, else those in JSON-LD. The words beside another picture do not count.
func (s *Story) setPicture(d *document, base *url.URL) {
	files, caption, credit := d.ld.image()
	named := d.metas("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
	for _, f := range files {
		named = append(named, found{f, fromLD})
	}
	s.set("photo.url", &s.Image, address(base, named...))
	var shown *picture
	if s.Image != "" {
		shown = d.pictureAt(s.Image, base)
	} else {
		shown = s.setLead(d, base)
	}
	if s.Image == "" {
		return
	}
	alts := d.metas("og:image:alt", "twitter:image:alt")
	if shown != nil {
		if !pictureExtension().MatchString(shown.alt) { // the name of the file
			alts = append(alts, found{shown.alt, fromImg})
		}
		s.setWords(shown.words)
	}
	s.set("photo.alt", &s.ImageAlt, line(maxAlt, alts...))
	if s.Caption == "" && s.Credit == "" && isSame(files, s.Image, base) {
		s.setWords(words{found{caption, fromLD}, found{credit, fromLD}})
	}
}

// setLead takes the first lead picture of the body that has an address.
func (s *Story) setLead(d *document, base *url.URL) *picture {
	for _, p := range d.leads() {
		for _, ref := range p.ranked() {
			if s.set("photo.url", &s.Image, address(base, found{ref, fromImg})); s.Image != "" {
				return p
			}
		}
	}
	return nil
}

// setWords takes a caption and a credit, which may be part of the caption.
func (s *Story) setWords(w words) {
	caption, credit := line(maxCaption, w.caption), line(maxShort, w.credit)
	if credit.text != "" {
		credit.text = creditOnly(credit.text, s.Site)
	} else {
		credit.source = caption.source
		caption.text, credit.text = splitCredit(caption.text, s.Site)
	}
	s.set("caption", &s.Caption, line(maxCaption, caption))
	s.set("credit", &s.Credit, line(maxShort, credit))
}

// isSame reports whether one of the files is the picture of an address.
func isSame(files []string, address string, base *url.URL) bool {
	return slices.ContainsFunc(files, func(f string) bool {
		at := resolve(base, f)
		return at != "" && pictureKey(at) == pictureKey(address)
	})
}
