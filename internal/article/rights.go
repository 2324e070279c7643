package article

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"newsroom.example/cards/card"
)

// Rights say where and until when a photo may be shown. The zero value restricts nothing.
type Rights struct {
	Expires     time.Time `json:"expires,omitzero"`      // from then on the photo is shown no more
	Territories []string  `json:"territories,omitempty"` // the only countries in which it may be shown, as ISO 3166-1 alpha-2
	NotSocial   bool      `json:"not_social,omitempty"`  // it may not be shown on social networks, for which cards are
}

// maxTerritories is how many countries rights may name. There are fewer than 250.
const maxTerritories = 300

// Bar says why a photo may not be shown: the code of a warning, or empty.
type Bar string

// The bars.
const (
	NoBar        Bar = ""
	BarSocial    Bar = "photo_no_social"
	BarExpired   Bar = "photo_expired"
	BarTerritory Bar = "photo_territories"
)

// Bar returns why the cards of a publication may not show the photo at the time now. home has the countries of its
// readers. Networks fetch a picture once and show it everywhere, so that a photo for some countries is barred unless
// home says that all readers are in these.
func (r Rights) Bar(now time.Time, home []string) Bar {
	switch {
	case r.NotSocial:
		return BarSocial
	case !r.Expires.IsZero() && !now.Before(r.Expires):
		return BarExpired
	case len(r.Territories) > 0 && !r.cover(home):
		return BarTerritory
	}
	return NoBar
}

// Bar is Rights.Bar of the photo, if there is one.
func (p Photo) Bar(now time.Time, home []string) Bar {
	if p.URL == "" {
		return NoBar
	}
	return p.Rights.Bar(now, home)
}

// cover reports whether the photo may be shown in all of the countries, of which there is at least one.
func (r Rights) cover(home []string) bool {
	outside := func(country string) bool { return !slices.Contains(r.Territories, country) }
	return len(home) > 0 && !slices.ContainsFunc(home, outside)
}

// IsZero reports whether the rights restrict nothing.
func (r Rights) IsZero() bool { return r.Expires.IsZero() && len(r.Territories) == 0 && !r.NotSocial }

// normalize checks the rights of the field, such as photo.rights, and returns them with the countries sorted.
func (r Rights) normalize(f *card.Fields, field string) Rights {
	checkYear(f, field+".expires", r.Expires)
	r.Expires = seconds(r.Expires)
	if len(r.Territories) > maxTerritories {
		f.Add(field+".territories", "has %d entries; at most %d are taken", len(r.Territories), maxTerritories)
		return r
	}
	var all []string
	for _, given := range r.Territories {
		country, ok := Country(given)
		if !ok {
			f.Add(field+".territories", "must be countries as ISO 3166-1 has them in two letters, such as KR; %q is none", given)
			return r
		}
		all = append(all, country)
	}
	slices.Sort(all)
	r.Territories = slices.Compact(all)
	return r
}

// Country returns the code of a country in two capital letters (ISO 3166-1), and whether it is one: "uk" is "GB".
func Country(code string) (string, bool) {
	region, err := language.ParseRegion(strings.TrimSpace(code))
	if err != nil || !region.IsCountry() {
		return "", false
	}
	return region.Canonicalize().String(), true
}

// Past is what the service keeps with the current version about the earlier ones. It is no part of the version.
type Past struct {
	// Photos are those of earlier versions whose rights were restricted when the article showed them last.
	Photos []PastPhoto `json:"photos,omitempty"`
	// Retracted is until when versions were stored whose pictures must not be shown any more; zero: none were. Spared is
	// the version that was the current one then.
	Retracted time.Time `json:"retracted,omitzero"`
	Spared    string    `json:"spared,omitempty"`
}

// PastPhoto is a photo that the article showed.
type PastPhoto struct {
	URL    string `json:"url"`          // as the article named it
	ID     string `json:"id,omitempty"` // of the stored photo; empty: it was not stored
	Rights Rights `json:"rights"`
}

// MaxPast is how many photos a Past names. If there were more, those that it does not name count as barred.
const MaxPast = 100

// IsZero reports whether there is nothing to keep.
func (p Past) IsZero() bool { return len(p.Photos) == 0 && p.Retracted.IsZero() }

// With returns the past with a photo that the article has shown. What it says of the photo last holds.
func (p Past) With(photo PastPhoto) Past {
	p = p.Without(photo.URL)
	if photo.URL == "" || photo.Rights.IsZero() {
		return p
	}
	if p.Photos = append(p.Photos, photo); len(p.Photos) > MaxPast {
		p.Photos = p.Photos[len(p.Photos)-MaxPast:]
	}
	return p
}

// Without returns the past without the photo of a URL, such as one that the article shows again.
func (p Past) Without(url string) Past {
	p.Photos = slices.DeleteFunc(slices.Clone(p.Photos), func(o PastPhoto) bool { return o.URL == url })
	return p
}

// RightsOf returns the rights that the past has of a photo with a URL and an ID, which may be empty. Of a photo that
// it could not keep it returns rights that bar it.
func (p Past) RightsOf(url, id string) Rights {
	for _, o := range slices.Backward(p.Photos) {
		if o.URL == url || id != "" && o.ID == id {
			return o.Rights
		}
	}
	return Rights{NotSocial: len(p.Photos) >= MaxPast}
}
