package page

import (
	"encoding/json"
	"slices"
	"strings"
)

// ldGraph is the article that the JSON-LD of a page describes (schema.org, Article and its subtypes), and the nodes
// that it refers to by their @id.
type ldGraph struct {
	article  map[string]any // the chosen one of articles
	articles []ldArticle    // in the order of the page, at most maxArticles
	site     string         // name of the WebSite
	nodes    map[string]map[string]any
	size     int // of all scripts
}

// ldArticle is an article, and the node whose mainEntity it is, or nil.
type ldArticle struct{ node, within map[string]any }

// maxArticles is the maximum number of articles of a page that are looked at.
const maxArticles = 100

// maxScripts is the maximum length of all scripts of a page together, in bytes: reading JSON takes much memory.
const maxScripts = 512 << 10

// add reads a script. Like networks, it ignores scripts that are not JSON.
func (l *ldGraph) add(script []byte) {
	var v any
	if l.size += len(script); l.size > maxScripts || json.Unmarshal(script, &v) != nil {
		return
	}
	if l.nodes == nil {
		l.nodes = map[string]map[string]any{}
	}
	l.walk(v, nil, 0)
}

// maxDepth is the maximum nesting of an article in lists and graphs.
const maxDepth = 4

// walk takes the nodes of v, which is the mainEntity of the node within if that is not nil.
func (l *ldGraph) walk(v any, within map[string]any, depth int) {
	if depth > maxDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, each := range v {
			l.walk(each, within, depth+1)
		}
	case map[string]any:
		l.take(v, within)
		l.walk(v["@graph"], nil, depth+1)
		l.walk(v["mainEntity"], v, depth+1)
	}
}

func (l *ldGraph) take(node, within map[string]any) {
	if id, ok := node["@id"].(string); ok && len(node) > 1 && l.nodes[id] == nil {
		l.nodes[id] = node
	}
	switch kind := node["@type"]; {
	case isArticle(kind):
		if len(l.articles) < maxArticles {
			l.articles = append(l.articles, ldArticle{node, within})
		}
	case kind == "WebSite" && l.site == "":
		l.site, _ = node["name"].(string)
		l.site = cut(l.site)
	}
}

func isArticle(kind any) bool {
	switch kind := kind.(type) {
	case string:
		return strings.HasSuffix(kind, "Article") || kind == "LiveBlogPosting" || kind == "BlogPosting"
	case []any:
		return slices.ContainsFunc(kind, func(k any) bool {
			_, list := k.([]any)
			return !list && isArticle(k)
		})
	}
	return false
}

// text returns a text of the article, or the name of its person or organization. Of a list it returns the first.
func (l *ldGraph) text(key string) string {
	for _, name := range l.names(l.article[key], 1) {
		return name
	}
	return ""
}

// authors returns the names of all authors, in order.
func (l *ldGraph) authors() []string {
	if names := l.names(l.article["author"], maxAuthors); len(names) > 0 {
		return names
	}
	return l.names(l.article["creator"], maxAuthors)
}

// names returns at most most names of a text, a node, or a list of both.
func (l *ldGraph) names(v any, most int) (names []string) {
	for _, each := range list(v) {
		if name := l.name(each); name != "" && len(names) < most {
			names = append(names, name)
		}
	}
	return names
}

func (l *ldGraph) name(v any) string {
	if s, ok := v.(string); ok {
		return cut(s)
	}
	for _, name := range list(l.node(v)["name"]) {
		if s, ok := name.(string); ok {
			return cut(s)
		}
	}
	return ""
}

// node returns a node, or the one that it refers to by its @id. It returns nil for anything else.
func (l *ldGraph) node(v any) map[string]any {
	node, _ := v.(map[string]any)
	if id, ok := node["@id"].(string); ok && len(node) <= 2 && l.nodes[id] != nil { // @id, and perhaps @type
		return l.nodes[id]
	}
	return node
}

// image returns the addresses, the caption and the credit of the article's image.
func (l *ldGraph) image() (addresses []string, caption, credit string) {
	for _, each := range list(l.article["image"]) {
		if s, ok := each.(string); ok {
			return []string{cut(s)}, "", ""
		}
		node := l.node(each)
		for _, key := range []string{"url", "contentUrl"} {
			if s, ok := node[key].(string); ok {
				addresses = append(addresses, cut(s))
			}
		}
		if len(addresses) > 0 {
			return addresses, l.name(node["caption"]),
				first(l.name(node["creditText"]), strings.Join(l.names(node["creator"], maxAuthors), ", "))
		}
	}
	return nil, "", ""
}

// list returns the entries of a list, or v as the only one.
func list(v any) []any {
	if all, ok := v.([]any); ok {
		return all
	}
	return []any{v}
}
