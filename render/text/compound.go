package text

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Letters that the parts of a compound have, at least, and those of a second part that is believed against the
// patterns.
const (
	leastFirstPart  = 3
	leastSecondPart = 4
	leastBelieved   = 6
)

// joint returns the runes of a word at which a part of a compound begins, as far as the ending before it or its own
// first letters show; nil if there are none. points are those before which a hyphen may stand; those next to a joint
// are removed.
func (sh *shaped) joint(word []rune, points []bool) []bool {
	endings, parts := linkingEndings[sh.lang], secondParts()[sh.lang]
	if endings == nil && parts == nil {
		return nil
	}
	var joints []bool
	small := strings.ToLower(string(word))
	at := 0 // the byte of rune i
	for i, r := range []rune(small) {
		before, after := small[:at], small[at:]
		at += utf8.RuneLen(r)
		if i < leastFirstPart || len(word)-i < leastSecondPart {
			continue
		}
		ends := func(ending string) bool { return len(before) > len(ending)+1 && strings.HasSuffix(before, ending) }
		part := beginning(parts, after)
		switch {
		case points[i] && slices.ContainsFunc(endings, ends):
		case part == 0 || sh.afterPrefix(word, points, i):
			continue
		case !points[i] && !sh.believes(part, before, r):
			continue
		}
		if joints == nil {
			joints = make([]bool, len(word))
		}
		joints[i] = true
	}
	for i := range joints {
		if joints[i] {
			for j := max(0, i-2); j <= min(i+2, len(points)-1); j++ {
				points[j] = joints[j]
			}
		}
	}
	return joints
}

// believes reports whether a second part of so many letters shows a joint where the patterns have none. Those of
// Swedish, Danish and Norwegian know few compounds, and Finnish has a hyphen before a vowel only there.
func (sh *shaped) believes(letters int, before string, first rune) bool {
	switch sh.lang {
	case "sv", "da", "nb", "nn", "no":
		return letters >= leastBelieved || len(before) > leastBelieved && strings.HasSuffix(before, "s")
	case "fi":
		return letters >= leastSecondPart+1 && isVowel(first)
	}
	return false
}

// afterPrefix reports whether a prefix ends before rune i of a word, which makes one word with what follows:
// "Gerichtsverfahren" has no part "fahren".
func (sh *shaped) afterPrefix(word []rune, points []bool, i int) bool {
	for n := 2; n <= min(i, longestPrefix); n++ {
		if (i == n || points[i-n]) && prefixes[sh.lang][strings.ToLower(string(word[i-n:i]))] {
			return true
		}
	}
	return false
}

// beginning returns the number of letters of the longest of the parts, which are sorted, with which a text begins.
func beginning(parts []string, text string) int {
	i, found := slices.BinarySearch(parts, text)
	if found {
		return utf8.RuneCountInString(text)
	}
	for i--; i >= 0 && parts[i][0] == text[0]; i-- {
		if strings.HasPrefix(text, parts[i]) {
			return utf8.RuneCountInString(parts[i])
		}
	}
	return 0
}
