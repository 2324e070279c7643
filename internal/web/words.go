package web

import "newsroom.example/cards/internal/words"

// say returns the text with the key in the language of the BCP 47 tag lang, or in English.
func say(lang, key string) string { return words.Of(lang).Say(key) }

// act returns what the button of a share target says.
func act(lang, target string) string { return words.Of(lang).Action(target, target) }

// spoken returns the tag of the language that say uses for the BCP 47 tag lang.
func spoken(lang string) string { return words.Match(lang) }

// dir returns the direction of the script of the language that say uses.
func dir(lang string) string { return words.Of(lang).Dir }
