package text

import (
	"slices"
	"unicode"

	"newsroom.example/cards/render/text/hyphens"
)

// place says how well a line can end before a rune inside a word, with a hyphen.
type place uint8

const (
	nowhere      place = iota
	unhyphenated       // in a word with digits, which gets no hyphen
	poor               // a syllable begins, after only two letters or between two vowels
	besideJoint        // a syllable begins, in a word that has joints elsewhere
	syllable           // a syllable begins
	joint              // the second part of a compound begins
)

// placeAt returns the place before rune r.
func (sh *shaped) placeAt(r int) place {
	if sh.places == nil {
		sh.findPlaces()
	}
	return sh.places[r]
}

// findPlaces finds the places in all words.
func (sh *shaped) findPlaces() {
	sh.places = make([]place, len(sh.runes)+1)
	small := slices.ContainsFunc(sh.runes, unicode.IsLower)
	for from := 0; from < len(sh.runes); from++ {
		to := from
		for to < len(sh.runes) && hyphenates(sh.runes[to]) {
			to++
		}
		switch places := sh.places[from:to]; {
		case to == from:
		case from > 0 && unicode.IsDigit(sh.runes[from-1]) || to < len(sh.runes) && unicode.IsDigit(sh.runes[to]):
			for i := range places {
				places[i] = unhyphenated
			}
		case small && !slices.ContainsFunc(sh.runes[from:to], unicode.IsLower): // an acronym, or a name in capitals
		default:
			sh.findIn(places, from, to)
		}
		from = to
	}
}

// leastBefore is how many letters stand before a hyphen, if possible.
const leastBefore = 3

// findIn finds the places in the word of some runes: where its language's patterns allow a hyphen; where a syllable
// seems to begin, without patterns for it; where both is so, if the language is only likely.
func (sh *shaped) findIn(places []place, from, to int) {
	word := sh.runes[from:to]
	points := hyphens.Points(sh.tag, word)
	if none := points == nil; none || !sh.sure {
		if none {
			points = make([]bool, len(word))
		}
		for i := range points {
			points[i] = (none || points[i]) && sh.syllable(from+i) && !sh.oneSound(from+i)
		}
	}
	joints := sh.joint(word, points)
	for i := range places {
		switch {
		case joints != nil && joints[i]:
			places[i] = joint
		case !points[i]:
		case i < leastBefore, sh.betweenVowels(from + i):
			places[i] = poor
		case joints != nil:
			places[i] = besideJoint
		default:
			places[i] = syllable
		}
	}
}
