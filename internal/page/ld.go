package page

import (
	"encoding/json"
	"slices"
	"strings"
)

// ldStory is what JSON-LD says of an article (schema.org, Article and its kinds).
type ldStory struct {
	Headline, Description, Author, Publisher, Section, Image, Lang, Published, Modified string
}

// add takes the first article of a script that the page has not named yet. Scripts that are
// no JSON are left out, as networks leave them.
func (l *ldStory) add(script string) {
	var v any
	if l.Headline != "" || json.Unmarshal([]byte(script), &v) != nil {
		return
	}
	if a := findArticle(v, 0); a != nil {
		*l = ldStory{
			Headline: word(a["headline"]), Description: word(a["description"]), Author: word(a["author"]),
			Publisher: word(a["publisher"]),
			Section:   word(a["articleSection"]), Image: link(a["image"]), Lang: word(a["inLanguage"]),
			Published: word(a["datePublished"]), Modified: word(a["dateModified"]),
		}
	}
}

// maxDepth bounds how deep an article may lie in lists and graphs.
const maxDepth = 4

func findArticle(v any, depth int) map[string]any {
	if depth > maxDepth {
		return nil
	}
	switch v := v.(type) {
	case []any:
		for _, each := range v {
			if a := findArticle(each, depth+1); a != nil {
				return a
			}
		}
	case map[string]any:
		if isArticle(v["@type"]) {
			return v
		}
		return findArticle(v["@graph"], depth+1)
	}
	return nil
}

func isArticle(kind any) bool {
	switch kind := kind.(type) {
	case string:
		return strings.HasSuffix(kind, "Article") || kind == "LiveBlogPosting" || kind == "BlogPosting"
	case []any:
		if slices.ContainsFunc(kind, isArticle) {
			return true
		}
	}
	return false
}

// word is a text, or the name of a person or organisation; of a list the first.
func word(v any) string { return pick(v, "name") }

// link is an address, or that of an image; of a list the first.
func link(v any) string { return pick(v, "url") }

func pick(v any, key string) string {
	switch v := v.(type) {
	case string:
		return cut(v)
	case []any:
		if len(v) > 0 {
			if _, nested := v[0].([]any); !nested {
				return pick(v[0], key)
			}
		}
	case map[string]any:
		if s, ok := v[key].(string); ok {
			return cut(s)
		}
	}
	return ""
}
