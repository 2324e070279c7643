package share

import "newsroom.example/cards/internal/words"

// Langs are the languages of labels.
var Langs = words.Tags

// ReadMore returns the text of the button in a KakaoTalk message, in the language of the tag or in English.
func ReadMore(tag string) string { return words.Of(tag).Say("read") }
