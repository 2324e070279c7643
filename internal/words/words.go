// Package words has the texts of the pages and elements for readers: the embed kit, the Kakao page, and the pages for
// links that lead nowhere. They are in words.json, one entry for each language.
//
// The texts are this project's own, because CLDR has none of them, and they are unread by natives: corrections are
// welcome. The names of the languages, the directions of their scripts and the categories of plural forms are CLDR's.
package words

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

//go:embed words.json
var data []byte

// Language has the texts of one language. It must not be modified.
type Language struct {
	Tag  string `json:"-"`    // BCP 47
	Name string `json:"name"` // in the language itself
	Dir  string `json:"dir"`  // direction of the script: ltr or rtl

	On      string            `json:"on"`      // text of a button that shares on {x}
	Names   map[string]string `json:"names"`   // of targets, by target, where they differ from the target's own
	Actions map[string]string `json:"actions"` // texts of buttons that On does not give, by target

	Sizes []string          `json:"sizes"` // names of the five text sizes, smallest first
	Reads map[string]string `json:"reads"` // what follows a number of reads, by plural category of CLDR
	Words map[string]string `json:"words"` // all other texts, by key
}

// Fallback is the language of readers whose own is not among Tags.
const Fallback = "en"

// Tags are the tags of all languages.
var Tags = []string{
	Fallback, "ko", "ja", "zh-Hans", "zh-Hant", "es", "fr", "de", "it", "pt", "ru", "uk", "ar", "he", "fa", "tr", "vi",
	"th", "id", "hi", "pl", "nl", "sv",
}

var languages = sync.OnceValue(func() map[string]Language {
	var all map[string]Language
	if err := json.Unmarshal(data, &all); err != nil { // the file is embedded, and a test reads it
		panic(fmt.Errorf("words.json: %w", err))
	}
	for tag, l := range all {
		l.Tag = tag
		all[tag] = l
	}
	return all
})

// renamed are tags that some programs still use, and what they became.
var renamed = map[string]string{"iw": "he", "in": "id"}

// Match returns the tag of the language of the BCP 47 tag, such as zh-Hant for zh-TW, or Fallback if there is none. The
// embed kit has the same rule.
func Match(tag string) string {
	tag = strings.ToLower(strings.ReplaceAll(tag, "_", "-"))
	primary, rest, _ := strings.Cut(tag, "-")
	if now, ok := renamed[primary]; ok {
		primary = now
	}
	if primary == "zh" {
		return chinese(rest)
	}
	if _, ok := languages()[primary]; ok {
		return primary
	}
	return Fallback
}

// chinese returns the tag of Chinese by what follows zh- in a tag: a script, or a region whose script it is.
func chinese(rest string) string {
	for part := range strings.SplitSeq(rest, "-") {
		switch part {
		case "hans":
			return "zh-Hans"
		case "hant", "tw", "hk", "mo":
			return "zh-Hant"
		}
	}
	return "zh-Hans"
}

// Of returns the language of the BCP 47 tag, or Fallback's.
func Of(tag string) Language { return languages()[Match(tag)] }

// Say returns the text with the key. It is empty if there is none.
func (l Language) Say(key string) string { return l.Words[key] }

// TargetName returns the name of a target, which is own unless the language has another.
func (l Language) TargetName(target, own string) string {
	if name, ok := l.Names[target]; ok {
		return name
	}
	return own
}

// Action returns what the button of a target says.
func (l Language) Action(target, own string) string {
	if action, ok := l.Actions[target]; ok {
		return action
	}
	return strings.ReplaceAll(l.On, "{x}", l.TargetName(target, own))
}

// readers finds the language that suits a reader best. The first tag is for readers who prefer another language.
var readers = sync.OnceValue(func() language.Matcher {
	tags := make([]language.Tag, 0, len(Tags))
	for _, tag := range Tags {
		tags = append(tags, language.MustParse(tag))
	}
	return language.NewMatcher(tags)
})

// Preferred returns the tag of the language that suits an Accept-Language header best.
func Preferred(acceptLanguage string) string {
	_, i := language.MatchStrings(readers(), acceptLanguage)
	return Tags[i]
}
