package text

import (
	"slices"
	"strings"
	"unicode"
)

// side is what a mark encloses: the text after it, the text before it, or neither.
type side uint8

const (
	neither side = iota
	opens
	closes
	either // depends on the context
)

// sides are the sides of all marks that have any.
var sides = func() map[rune]side {
	m := map[rune]side{}
	for side, marks := range map[side]string{opens: opening, closes: closing, either: quotes} {
		for _, r := range marks {
			m[r] = side
		}
	}
	return m
}()

// facing returns the side of the mark at rune i.
//
// Languages use the same quotation marks in opposite ways: “so” and „so“, «so» and »so«, ”so”. With white space on
// one side and text on the other, a mark belongs to the text, whatever its shape. Elsewhere, as in Chinese or in «
// so », its shape decides.
func (sh *shaped) facing(i int) side {
	r := sh.runes[i]
	if strings.ContainsRune(moneys, r) && i > 0 && sh.isSpace(i-1) && (i+1 == len(sh.runes) || sh.isSpace(i+1)) {
		return neither // 3,5 Mrd. € für
	}
	if side := sides[r]; side != either {
		return side
	}
	free := i == 0 || sh.isSpace(i-1) || strings.ContainsRune(opening+"“‘„‚", sh.runes[i-1])
	done := i+1 == len(sh.runes) || sh.isSpace(i+1) || strings.ContainsRune(closing+"”’", sh.runes[i+1])
	switch {
	case !free && !done && strings.ContainsRune("'’", r) && hyphenates(sh.runes[i-1]) && hyphenates(sh.runes[i+1]):
		return neither // an apostrophe
	case free && !done:
		return opens
	case done && !free:
		return closes
	case strings.ContainsRune("“‘„‚«‹", r):
		return opens
	case strings.ContainsRune("”’»›", r):
		return closes
	}
	return neither
}

// moneys are signs that stand before an amount or, with white space, after it.
const moneys = "$£€₩¥"

// quotes are the marks that open quotations in some languages and close them in others.
const quotes = `"'“”‘’„‚«»‹›`

func (sh *shaped) isSpace(i int) bool { return unicode.IsSpace(sh.runes[i]) }

// maxQuotedName is the maximum length of a quotation that is kept on one line, in characters.
const maxQuotedName = 12

// isQuote reports whether r is a quotation mark in any language.
func isQuote(r rune) bool {
	switch r {
	case '"', '\'', '«', '»', '‹', '›':
		return true
	}
	return r >= '‘' && r <= '„' && r != '‛' || r >= '〈' && r <= '』'
}

// shortQuotes returns the runes inside short quotations; nil if the text has no quotation marks.
func (sh *shaped) shortQuotes() []bool {
	if !slices.ContainsFunc(sh.runes, isQuote) {
		return nil
	}
	inside := make([]bool, len(sh.runes)+1)
	open := -1
	for i, r := range sh.runes {
		if !isQuote(r) {
			continue
		}
		facing := sh.facing(i)
		if open >= 0 && sh.runes[open] == r && (r == '"' || r == '\'') {
			facing = closes
		}
		switch facing {
		case opens:
			open = i
		case closes:
			if open >= 0 && i-open <= maxQuotedName {
				for j := open + 1; j <= i; j++ {
					inside[j] = true
				}
			}
			open = -1
		}
	}
	return inside
}
