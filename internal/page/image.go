package page

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// picture is a picture of the body.
type picture struct {
	candidates []candidate
	words      words
	alt        string
	figure     bool // in a figure
	story      bool // in the element that has the story
	aside      bool // in the navigation, a sidebar or a footer
	decoration bool // a logo, an avatar, a tracking pixel
}

// candidate is a file of a picture. The one with the highest rank is the best for a card.
type candidate struct {
	address string
	rank    float64
}

const (
	maxCandidates = 24   // of one attribute
	maxWidth      = 4096 // pixels; larger files are slow to fetch, and no card shows more
)

// Ranks of candidates without a known width. A density is its own rank, and a width too, so that widths beat densities.
const (
	rankLazy = 0.9 // an attribute of a script that loads pictures when they are scrolled to
	rankSrc  = 0.5 // may be a placeholder
)

// imageCandidates returns the candidates of an img, in the order of their attributes.
func imageCandidates(a map[string]string) (all []candidate) {
	for _, name := range []string{"srcset", "data-srcset", "data-lazy-srcset", "data-original-set"} {
		all = append(all, srcset(a[name])...)
	}
	for _, name := range []string{"data-original", "data-lazy-src", "data-src", "data-lazy"} {
		if v := strings.TrimSpace(a[name]); v != "" {
			all = append(all, candidate{v, rankLazy})
		}
	}
	if v := strings.TrimSpace(a["src"]); v != "" {
		all = append(all, candidate{v, rankSrc})
	}
	return all
}

// sourceCandidates returns the candidates of a source of a <picture>, unless they are in a format that cards cannot
// show, or a crop for small or upright screens.
func sourceCandidates(a map[string]string) []candidate {
	switch kind := strings.ToLower(strings.TrimSpace(a["type"])); kind {
	case "", "image/jpeg", "image/jpg", "image/png", "image/webp", "image/gif":
	default:
		return nil
	}
	if media := strings.ToLower(a["media"]); strings.Contains(media, "max-width") || strings.Contains(media, "portrait") {
		return nil
	}
	return append(srcset(a["srcset"]), srcset(a["data-srcset"])...)
}

// srcset parses the attribute of that name (HTML, 4.8.4.2.1). URLs may contain commas.
func srcset(s string) (all []candidate) {
	for len(all) < maxCandidates {
		s = strings.TrimLeft(s, " \t\r\n\f,")
		if s == "" {
			break
		}
		end := strings.IndexAny(s, " \t\r\n\f")
		if end < 0 {
			end = len(s)
		}
		address, descriptor := s[:end], ""
		s = s[end:]
		if short := strings.TrimRight(address, ","); short != address {
			address = short
		} else {
			descriptor, s, _ = strings.Cut(s, ",")
		}
		if address != "" {
			all = append(all, candidate{address, rank(descriptor)})
		}
	}
	return all
}

// rank returns the rank of a descriptor such as 800w or 2x.
func rank(descriptor string) float64 {
	for field := range strings.FieldsSeq(descriptor) {
		n, err := strconv.ParseFloat(field[:len(field)-1], 64)
		if err != nil || !(n > 0) {
			continue
		}
		switch field[len(field)-1] {
		case 'w':
			if n > maxWidth {
				return 10 - min(n, 1e6)/1e6 // the smallest of these, if there are only such
			}
			return 10 + n
		case 'x':
			return min(n, 8)
		}
	}
	return 1
}

// ranked returns the addresses of the candidates, the best first.
func (p *picture) ranked() (addresses []string) {
	sorted := slices.Clone(p.candidates)
	slices.SortStableFunc(sorted, func(a, b candidate) int {
		switch {
		case a.rank > b.rank:
			return -1
		case a.rank < b.rank:
			return 1
		}
		return 0
	})
	for _, c := range sorted {
		if !isPlaceholder(c.address) {
			addresses = append(addresses, c.address)
		}
	}
	return addresses
}

// isAt reports whether one of the picture's files shows the picture of that key.
func (p *picture) isAt(key string, base *url.URL) bool {
	name, _, _ := strings.Cut(key[strings.LastIndexByte(key, '/')+1:], "?")
	return slices.ContainsFunc(p.candidates, func(c candidate) bool {
		if !strings.Contains(c.address, name) && !strings.Contains(c.address, "%") {
			return false // without parsing it
		}
		address := resolve(base, c.address)
		return address != "" && pictureKey(address) == key
	})
}

// pictureAt returns the picture of the body that an address shows, or nil. If it is shown several times, one of the
// story counts before another, because that may be a teaser, and then one that has words.
func (b *body) pictureAt(address string, base *url.URL) (best *picture) {
	key, most := pictureKey(address), 0
	for _, p := range b.pictures {
		points := 1
		if p.story {
			points += 2
		}
		if p.words != (words{}) {
			points++
		}
		if points > most && !p.aside && p.isAt(key, base) {
			best, most = p, points
		}
	}
	return best
}

// leads returns the pictures that may be the story's lead picture, the best first: the first pictures of the story,
// then figures anywhere but in the page's navigation, sidebars and footer, then pictures with a caption.
func (b *body) leads() (all []*picture) {
	for _, fits := range []func(*picture) bool{
		func(p *picture) bool { return p.story },
		func(p *picture) bool { return p.figure },
		func(p *picture) bool { return p.words.caption.text != "" },
	} {
		for _, p := range b.pictures {
			if fits(p) && !p.aside && !p.decoration && !slices.Contains(all, p) {
				all = append(all, p)
			}
		}
	}
	return all
}
