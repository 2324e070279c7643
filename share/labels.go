package share

import "strings"

var readMores = words{"en": "Read the story", "ko": "기사 보기", "ja": "記事を読む", "zh": "阅读全文"}

func language(tag string) string {
	lang, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return lang
}

// in returns the text in the language of the tag, and otherwise in English.
func (w words) in(tag string) string {
	if text, ok := w[language(tag)]; ok {
		return text
	}
	return w["en"]
}

// Label returns the target's name in the language of the tag, or in English.
func (t Target) Label(tag string) string { return t.labels.in(tag) }

// Action returns what the target's button says in the language of the tag, or in English: "Share on Facebook".
func (t Target) Action(tag string) string {
	if text := t.actions.in(tag); text != "" {
		return text
	}
	return "Share on " + t.Label(tag)
}

// ReadMore returns the text of the button in a KakaoTalk message, in the language of the tag or in English.
func ReadMore(tag string) string { return readMores.in(tag) }
