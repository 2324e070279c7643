package app

import (
	"fmt"
	"strings"
)

// A secret is refused if it can be guessed. That is the case if it
//   - is printed in documentation,
//   - is a shorter text, repeated,
//   - apart from placeholders and punctuation, has nothing, only digits, fewer than 8 different characters (6 if it
//     is shorter than 32), or characters that mostly follow each other in the alphabet.
//
// Upper and lower case are the same. 32 random bytes in hex are refused once in 10^13 times, and in base64 less often.

// weakness returns how a secret can be guessed, as the end of a sentence, or "".
func weakness(secret string) string {
	text := strings.ToLower(secret)
	rest := withoutPlaceholders(text)
	least := 8
	if len(text) < 32 {
		least = 6
	}
	switch {
	case published[text]:
		return "is printed in documentation"
	case isRepeated(text):
		return "repeats a shorter text"
	case rest == "":
		return "has only words such as changeme"
	case strings.Trim(rest, "0123456789") == "":
		return "has only digits"
	case different(rest) < least:
		return fmt.Sprintf("has only %d different characters", different(rest))
	case isSequence(rest):
		return "is a sequence of neighbours in the alphabet"
	}
	return ""
}

// published are keys that documentation prints, in lower case.
var published = map[string]bool{
	"5f0c4f7e6b1d4f0a9c3e2b7a8d6f1c0e4b9a7d2c6e8f1a3b5c7d9e0f2a4b6c8d": true, // docs/signing
	"an editor's key, of characters: not hex, 32 bytes or more":        true, // docs/signing
	"943b421c9eb07c830af81030552c86009268de4e532ba2ee2eab8247c6da0881": true, // imgproxy
	"520f986b998545b4785e0defbc4f3c1203f22de2374a3d53cb7a7fe9fea309c5": true, // imgproxy
	"52dd01d54fcbd79ff247fcff1d2f200ce6b95546f960b084faa1d269fb95d600": true, // imgproxy's libraries
}

// placeholders are words of which examples of secrets are made. None is hexadecimal. A word comes before those that it
// contains.
var placeholders = strings.NewReplacer(pairs(`
	abcdefghijklmnopqrstuvwxyz qwertyuiop asdfghjkl zxcvbnm qwerty
	changeme changeit change password passwort passwd pass secret hunter2 letmein welcome
	administrator admin signature signing sign token private public apikey api key
	development production staging example sample default testing test demo
	placeholder replace insert please random string value bytes characters long
	newsroom news cards service server kakao your this that with here own the for not must
	put todo very my me to of is it
	_ - . , : ; / + = ! ? * # $ % & @ ' " ( ) [ ] { } < > | \ ^ ~ `)...)

func pairs(words string) (all []string) {
	for word := range strings.FieldsSeq(words) {
		all = append(all, word, "")
	}
	return append(all, " ", "")
}

func withoutPlaceholders(text string) string { return placeholders.Replace(text) }

// isRepeated reports whether a text is the beginning of a text of at most half its length, repeated.
func isRepeated(text string) bool {
	for n := 1; n <= len(text)/2; n++ {
		if text[n:] == text[:len(text)-n] {
			return true
		}
	}
	return false
}

func different(text string) int {
	seen := map[byte]bool{}
	for i := range len(text) {
		seen[text[i]] = true
	}
	return len(seen)
}

// isSequence reports whether three quarters of the characters are the same as, or neighbours of, the one before.
func isSequence(text string) bool {
	near := 0
	for i := 1; i < len(text); i++ {
		if d := int(text[i]) - int(text[i-1]); d >= -1 && d <= 1 {
			near++
		}
	}
	return 4*near >= 3*(len(text)-1)
}
