package text

import "strings"

// isAuxiliary reports whether a Korean word is a verb in the form that auxiliary verbs follow, and the next is one:
// 알려 줬는데, 비어 간다, 하고 있다, 하지 않는다.
func isAuxiliary(word, next string) bool {
	r := lastRune(word)
	if !isSyllable(r) {
		return false
	}
	next = plain(next)
	switch {
	case r == '고':
		return hasPrefixOf(next, afterGo)
	case r == '지':
		return hasPrefixOf(next, afterJi)
	}
	const vowels, finals = 21, 28
	at := int(r - '가')
	if at%finals != 0 {
		return false
	}
	return strings.ContainsRune("ㅏㅐㅓㅕㅘㅙㅝ", medials[at/finals%vowels]) && hasPrefixOf(next, afterVerb)
}

// medials are the vowels of syllables in the order of Unicode.
var medials = []rune("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ")

var (
	afterGo   = []string{"있", "싶", "말았", "나서", "나면"}
	afterJi   = []string{"않", "못하", "못했", "못한", "못할", "말아", "말라", "마라"}
	afterVerb = []string{"줬", "주는", "주고", "주지", "주면", "주었", "주기", "줘", "준다", "줄게", "버렸", "버린", "버리", "놨", "놓은",
		"놓고", "놓았", "뒀", "두고", "냈", "왔", "온다", "오던", "갔", "간다", "가는", "가고", "있다", "있는", "있던", "있었", "봤"}
)
