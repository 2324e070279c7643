package langid

import (
	"slices"
	"strings"
	"unicode"
)

// script is a script with the language that is most often written in it.
type script struct {
	lang   string
	table  *unicode.RangeTable
	weight int      // what one of its letters counts
	own    []letter // letters that only another language of the script has
	model  []string // the languages of the script in the model; empty if it has one language
	floor  int      // what the n-grams of a text in one of these languages score at least, on average
}

// letter is a set of letters that tells a language.
type letter struct{ lang, letters string }

// Rows of scripts.
const (
	latin = iota
	hangul
	kana
	han
)

// scripts are the scripts that are told apart. A syllable or an ideograph says as much as two letters.
var scripts = []script{
	latin: {lang: "en", table: unicode.Latin, weight: 1, floor: 52, model: strings.Fields(
		"az ca cs da de en es et eu fi fr hr hu is it lt lv ms nb nl pl pt ro sk sl sq sv tl tr vi yo")},
	hangul: {lang: "ko", table: unicode.Hangul, weight: 2},
	kana: {lang: "ja", weight: 2, table: &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x3041, Hi: 0x30fa, Stride: 1},
		{Lo: 0x30fd, Hi: 0x30ff, Stride: 1}, {Lo: 0x31f0, Hi: 0x31ff, Stride: 1}, {Lo: 0xff66, Hi: 0xff9d, Stride: 1}}}},
	han: {lang: "zh", table: unicode.Han, weight: 2},
	{lang: "ru", table: unicode.Cyrillic, weight: 1, floor: 108, model: []string{"be", "bg", "ru", "sr", "uk"},
		own: []letter{{"kk", "әғқңұһӘҒҚҢҰҺ"}, {"mn", "өүӨҮ"}, {"tg", "ӣӯҳҷӢӮҲҶ"}, {"mk", "ѓќѕЃЌЅ"}}},
	{lang: "ar", table: unicode.Arabic, weight: 1, floor: 100, model: []string{"ar", "ckb", "fa", "ur"},
		own: []letter{{"ug", "ۇۈۋ"}, {"sd", "ٻڀٺٽڃڄڇڌڏڊڍڦڪڳڱ"}, {"ps", "ټډړږښڼۍ"}}},
	{lang: "he", table: unicode.Hebrew, weight: 1, own: []letter{{"yi", "װױײ"}}},
	{lang: "hi", table: unicode.Devanagari, weight: 1, floor: 150, model: []string{"hi", "mr"}},
	{lang: "th", table: unicode.Thai, weight: 1},
	{lang: "el", table: unicode.Greek, weight: 1},
	{lang: "bn", table: unicode.Bengali, weight: 1, own: []letter{{"as", "ৰৱ"}}},
	{lang: "ta", table: unicode.Tamil, weight: 1},
	{lang: "te", table: unicode.Telugu, weight: 1},
	{lang: "gu", table: unicode.Gujarati, weight: 1},
	{lang: "pa", table: unicode.Gurmukhi, weight: 1},
	{lang: "kn", table: unicode.Kannada, weight: 1},
	{lang: "ml", table: unicode.Malayalam, weight: 1},
	{lang: "si", table: unicode.Sinhala, weight: 1},
	{lang: "or", table: unicode.Oriya, weight: 1},
	{lang: "lo", table: unicode.Lao, weight: 1},
	{lang: "km", table: unicode.Khmer, weight: 1},
	{lang: "my", table: unicode.Myanmar, weight: 1},
	{lang: "am", table: unicode.Ethiopic, weight: 2, own: []letter{{"ti", "ኣኧቐቑቒቓቕቖ"}}},
	{lang: "ka", table: unicode.Georgian, weight: 1},
	{lang: "hy", table: unicode.Armenian, weight: 1},
	{lang: "dv", table: unicode.Thaana, weight: 1},
}

// scriptOf returns the row of a letter's script, or -1. last is the row of the letter before.
func scriptOf(r rune, last int) int {
	if r < 0x370 {
		if r < 0x80 || unicode.Is(unicode.Latin, r) {
			return latin
		}
		return -1
	}
	if last >= 0 && unicode.Is(scripts[last].table, r) {
		return last
	}
	return slices.IndexFunc(scripts, func(s script) bool { return unicode.Is(s.table, r) })
}

// letters counts the letters of a text by row of scripts.
type letters struct {
	of    [32]int
	small int // words of Latin letters that begin with a small one
}

func count(runes []rune) letters {
	var c letters
	last, inside := -1, false
	for _, r := range runes {
		if !unicode.IsLetter(r) {
			inside = inside && (r == '\'' || r == '’' || unicode.IsMark(r) || unicode.IsDigit(r))
			continue
		}
		if last = scriptOf(r, last); last >= 0 {
			c.of[last]++
		}
		if last == latin && !inside && unicode.IsLower(r) {
			c.small++
		}
		inside = true
	}
	return c
}

// main returns the row of the script that the text is in, or -1 for a text without letters. Names in Latin letters are
// frequent in every script, so that another script counts unless the Latin letters are a sentence: at least two words
// that are no names, and three times as many letters.
func (c letters) main() int {
	at, most := -1, 0
	for i := range scripts {
		if n := c.of[i] * scripts[i].weight; i != latin && n > most {
			at, most = i, n
		}
	}
	if c.of[kana] > 0 && (at == han || at == hangul && c.of[kana] > c.of[hangul]) {
		at = kana
	}
	if sentence := c.small >= 2 && c.of[latin] > 3*c.of[max(at, 0)]; c.of[latin] > 0 && (at < 0 || sentence) {
		return latin
	}
	return at
}
