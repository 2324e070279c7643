package render

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// between are what stands between the names of a byline, in any language.
var between = []string{
	", ", ";", " · ", "·", "・", "、", "，", "،", " / ", " | ", " & ",
	" and ", " und ", " et ", " y ", " e ", " en ", " og ", " och ", " ja ", " i ", " a ", " és ", " și ", " ve ", " dan ",
	" và ", " и ", " та ", " і ", " και ", " و ", " و", " और ", " และ ",
}

// noNames are words that follow a name in a byline and begin what the person does or where: a line may end before them.
var noNames = strings.Fields("at in for from of on the a an with reporting à au aux en dans pour depuis aus im für bei " +
	"desde para em nel per voor uit på för fra w z с в из для на editor correspondent reporter " +
	"writer columnist critic chief senior staff associate deputy political economics business science sports health " +
	"education environment world foreign legal technology culture")

// shorterBylines returns a byline and its beginnings that end with a name, the longest first: "A, B and C", "A, B" and
// "A".
func shorterBylines(s string) []string {
	var ends []int
	for _, mark := range between {
		for at := 0; ; {
			i := strings.Index(s[at:], mark)
			if i < 0 {
				break
			}
			ends = append(ends, at+i)
			at += i + len(mark)
		}
	}
	words := 0
	for i, r := range s {
		if r != ' ' {
			continue
		}
		word, _, _ := strings.Cut(s[i+1:], " ")
		if words++; words >= 2 && namesNobody(word) {
			ends = append(ends, i)
		}
	}
	slices.Sort(ends)
	all := []string{s}
	for _, end := range slices.Backward(ends) {
		if short := endingWithName(s[:end]); short != "" && short != all[len(all)-1] {
			all = append(all, short)
		}
	}
	return all
}

// particles are the words of surnames that begin with a small letter and are as long as others.
var particles = []string{"della", "dello", "degli", "delle", "dalla", "bint"}

// namesNobody reports whether a word of a byline is not a part of a name.
func namesNobody(word string) bool {
	name := strings.ToLower(strings.TrimFunc(word, unicode.IsPunct))
	return slices.Contains(noNames, name) || isLower(word) && len(word) > 3 && !slices.Contains(particles, name)
}

// introductions are words that begin a byline and name nobody.
var introductions = strings.Fields("by from von vom par por de da di door av af od przez text texto texte")

// endingWithName returns the beginning of a byline without what follows its last name, or "" if it has none. A single
// word before one that describes it, as in "Our columnist", is no name.
func endingWithName(s string) string {
	for described := false; ; {
		s = strings.TrimRight(s, " ,;·・、，،/|&")
		i := strings.LastIndexByte(s, ' ')
		word := s[i+1:]
		introduces := i < 0 && slices.Contains(introductions, strings.ToLower(strings.TrimRight(word, ":")))
		switch {
		case introduces || described && i < 0:
			return ""
		case !namesNobody(word) && !isLower(word):
			return s
		}
		described = described || isLower(word)
		s = s[:max(i, 0)]
	}
}

// isLower reports a word that begins with a small letter and has no capital, as "our" and unlike "d’Arc": no name.
func isLower(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLower(first) && strings.IndexFunc(word, unicode.IsUpper) < 0
}
