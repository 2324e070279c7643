package text

import (
	"strings"

	"newsroom.example/cards/internal/langid"
)

// tagOf returns the tag or, if it is empty, the language that the text is most likely in, and whether there is little
// doubt about it. A wrong one does little harm here: it chooses where lines break, and the forms of characters.
func tagOf(tag string, runes []rune) (_ string, sure bool) {
	if tag != "" {
		return tag, true
	}
	guess := langid.Of(string(runes))
	return guess.Tag, guess.Sure
}

// families are languages that share a script, but not the forms of all its digits and letters.
var families = []map[string]bool{
	set("ar", "fa", "ur", "ckb", "ps", "sd", "ug", "ku"),
	set("ru", "uk", "be", "bg", "mk", "sr", "kk", "mn"),
	set("hi", "mr", "ne"),
}

// alike reports whether two tags are of languages whose short texts are taken for each other.
func alike(one, other string) bool {
	if one == other || other == "" {
		return false
	}
	one, other = languageOf(one), languageOf(other)
	for _, f := range families {
		if f[one] {
			return f[other]
		}
	}
	return false
}

// languageOf returns the primary subtag of a tag, or "zh" for all languages that are written like Chinese.
func languageOf(tag string) string {
	primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
	switch primary {
	case "cmn", "yue", "wuu", "hak", "nan", "lzh":
		return "zh"
	case "iw":
		return "he"
	}
	return primary
}

// shapingLanguage returns the tag that selects a font's regional forms.
func shapingLanguage(tag string) string {
	if languageOf(tag) == "zh" {
		return chineseScript(tag)
	}
	return tag
}

// chineseScript returns "zh-hant" for a tag with a region, script or language that uses traditional characters,
// else "zh-hans" (the likely subtags of CLDR).
func chineseScript(tag string) string {
	script := "zh-hans"
	for part := range strings.SplitSeq(strings.ToLower(tag), "-") {
		switch part {
		case "hans":
			return "zh-hans"
		case "hant", "tw", "hk", "mo", "yue", "nan", "lzh":
			script = "zh-hant"
		}
	}
	return script
}
