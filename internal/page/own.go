package page

import (
	"net/url"
	"strings"

	"newsroom.example/cards/internal/weburl"
	"newsroom.example/cards/share"
)

// maxPages is the maximum number of entries that are looked at in a list of an article's URLs.
const maxPages = 4

// chooseArticle chooses the article in JSON-LD that is about this page: the first that names it by URL, else the first
// that names no page. Of each kind, one with a headline counts before others. An article of another page, such as one
// that is embedded or recommended, is never chosen.
func (d *document) chooseArticle() {
	best := 0
	for _, a := range d.ld.articles {
		if points := d.points(a); points > best {
			best, d.ld.article = points, a.node
		}
	}
}

// mostPoints are the points of an article that no other can replace.
const mostPoints = 4

// points returns more points the more certainly an article is that of the page, and 0 if it is that of another.
func (d *document) points(a ldArticle) (points int) {
	if d.own.keys == nil {
		d.own = d.ownPages()
	}
	switch d.own.relation(&d.ld, a) {
	case foreign:
		return 0
	case same:
		points = mostPoints - 1
	case unknown:
		points = 1
	}
	if a.node["headline"] != nil {
		points++
	}
	return points
}

// relation says whether an article is about the page that it is on.
type relation int

const (
	unknown relation = iota // it names no page
	same
	foreign
)

// ownPages are the URLs of a page.
type ownPages struct {
	base *url.URL
	keys map[string]bool // canonical, with their variants
}

// ownPages returns the URLs that the page was fetched from and that its head says it has.
func (d *document) ownPages() ownPages {
	own := ownPages{d.baseURL(), map[string]bool{}}
	refs := []string{d.at, d.canonical}
	if all := d.meta["og:url"]; len(all) > 0 {
		refs = append(refs, all[0])
	}
	for _, ref := range refs {
		canonical, err := share.Canonical(resolve(own.base, ref))
		if err != nil {
			continue
		}
		// A parameter that the article's URL lacks may say where a reader came from.
		bare, _, _ := strings.Cut(canonical, "?")
		for _, c := range []string{canonical, bare} {
			own.keys[c] = true
			for _, v := range share.Variants(c) {
				own.keys[v] = true
			}
		}
	}
	return own
}

func (o ownPages) relation(l *ldGraph, a ldArticle) relation {
	refs := texts(a.node["url"])
	pages := list(a.node["mainEntityOfPage"])
	for _, each := range pages[:min(len(pages), maxPages)] {
		refs = append(refs, texts(each)...)
		page := l.node(each)
		refs = append(refs, o.withID(page, texts(page["url"]))...)
	}
	if r := o.judge(o.withID(a.node, refs)); r != unknown {
		return r
	}
	return o.judge(o.withID(a.within, texts(a.within["url"])))
}

// withID adds the id of a node to its URLs. A relative id may be any name, so it counts only if there are no URLs and
// it is an address of the page.
func (o ownPages) withID(node map[string]any, refs []string) []string {
	id, _ := node["@id"].(string)
	absolute := strings.Contains(id, "://") || strings.HasPrefix(id, "//")
	if absolute || len(refs) == 0 && o.judge([]string{id}) == same {
		return append(refs, id)
	}
	return refs
}

// judge returns same if one of the addresses is that of the page, else foreign if one is that of another page.
func (o ownPages) judge(refs []string) relation {
	result := unknown
	for _, ref := range refs {
		if len(ref) > weburl.MaxLen || !strings.ContainsAny(ref, "/#?") { // "mainEntityOfPage": "True" is common
			continue
		}
		u, err := weburl.Resolve(o.base, ref)
		if err != nil {
			continue
		}
		if f := u.Fragment; !strings.HasPrefix(f, "/") && !strings.HasPrefix(f, "!") { // not the route of an app
			u.Fragment, u.RawFragment = "", ""
		}
		canonical, err := share.Canonical(u.String())
		switch {
		case err != nil:
		case o.keys[canonical]:
			return same
		case !o.isHome(canonical):
			result = foreign
		}
	}
	return result
}

// isHome reports whether a canonical URL is the home page of the page's site, which some systems name in each article.
func (o ownPages) isHome(canonical string) bool {
	u, err := url.Parse(canonical)
	if err != nil || u.Path != "/" || u.RawQuery != "" {
		return false
	}
	return bareHost(u) == bareHost(o.base)
}

func bareHost(u *url.URL) string { return strings.TrimPrefix(weburl.Name(u.Host), "www.") }

// texts returns the first texts of a list, or v if it is one.
func texts(v any) (all []string) {
	entries := list(v)
	for _, each := range entries[:min(len(entries), maxPages)] {
		if s, ok := each.(string); ok {
			all = append(all, s)
		}
	}
	return all
}
