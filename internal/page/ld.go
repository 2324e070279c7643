package page

import (
	"encoding/json"
	"slices"
	"strings"
)

// ldStory is the metadata of an article in JSON-LD (schema.org, Article and its subtypes).
type ldStory struct {
	Headline, Description, Author, Publisher, Section, Image, Lang, Published, Modified string
}

// add reads the first article of a script, unless an earlier script had one. Like networks, it ignores scripts that
// are not JSON.
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

// maxDepth is the maximum nesting of an article in lists and graphs.
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

// word returns a text, or the name of a person or organisation. Of a list it returns the first.
func word(v any) string { return pick(v, "name") }

// link returns a URL, or the URL of an image. Of a list it returns the first.
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
