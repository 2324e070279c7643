package page

import (
	"slices"
	"strconv"
	"strings"
)

// minSide is the smallest width and height of a lead picture, in pixels, where its tag names them.
const minSide = 200

// decorations are words in the classes, ids and file names of pictures that are not about the story.
var decorations = []string{
	"ad", "ads", "avatar", "badge", "banner", "button", "btn", "emoji", "gravatar", "icon", "ico", "logo", "pixel",
	"profile", "spacer", "sprite", "tracking",
}

// isDecoration reports whether an img is small, or named as something that belongs to the page and not to the story.
func isDecoration(a map[string]string) bool {
	for _, name := range []string{"width", "height"} {
		if n, err := strconv.Atoi(strings.TrimSuffix(a[name], "px")); err == nil && n < minSide {
			return true
		}
	}
	for _, text := range []string{a["class"], a["id"], fileName(a["src"]), fileName(a["data-src"])} {
		if slices.ContainsFunc(nameWords(text), func(w string) bool { return slices.Contains(decorations, w) }) {
			return true
		}
	}
	return false
}

// placeholders are the names of files that stand in for a picture until a script loads it.
var placeholders = []string{
	"blank", "1x1", "placeholder", "spacer", "transparent", "loading", "lazy", "noimage", "pixel",
}

func isPlaceholder(address string) bool {
	name, _, _ := strings.Cut(fileName(address), ".")
	return strings.HasPrefix(address, "data:") || slices.Contains(placeholders, strings.ToLower(name))
}

// stories are the ids and classes of elements with a story's text, without hyphens and underscores.
var stories = []string{
	"articlebody", "articlecontent", "articletext", "articleview", "articleviewcontent", "entrycontent", "ghcontent",
	"newsbody", "newsctarticle", "newsview", "postcontent", "storybody",
}

var withoutHyphens = strings.NewReplacer("-", "", "_", "")

// isStory reports whether an element is named as the one with the story's text.
func isStory(a map[string]string) bool {
	if strings.EqualFold(a["itemprop"], "articleBody") {
		return true
	}
	for _, text := range []string{a["id"], a["class"]} {
		for name := range strings.FieldsSeq(text) {
			if slices.Contains(stories, withoutHyphens.Replace(strings.ToLower(name))) {
				return true
			}
		}
	}
	return false
}

// fileName returns the last segment of an address's path.
func fileName(address string) string {
	if end := strings.IndexAny(address, "?#"); end >= 0 {
		address = address[:end]
	}
	return address[strings.LastIndexByte(address, '/')+1:]
}

// nameWords returns the words of a class or file name, in lower case.
func nameWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
}
