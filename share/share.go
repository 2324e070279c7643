// Package share builds the links with which readers share a story on networks. Each target is a function from a post
// to a URL, and a row in one table. The package uses no network and no environment.
package share

import (
	"fmt"
	"slices"

	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/fault"
)

// Config is a site's configuration of all links. It has only public IDs and no secrets.
type Config struct {
	BaseURL       string // prefix of this service's own pages, without a trailing slash
	FacebookAppID string
	TwitterVia    string // account in X posts, unless the post has one
	KakaoJSKey    string // without it, the Kakao page only offers to copy the link
	KakaoCallback bool   // Kakao's webhook is configured: messages contain the story's short code
}

// TextFormat says how the texts and URLs of a post are written before Normalize.
type TextFormat = clean.Format

// The formats of texts. The zero value decodes what is certainly or probably HTML, and leaves the rest.
const (
	PlainText TextFormat = clean.Text // nothing is decoded or removed
	HTMLText  TextFormat = clean.HTML // HTML, of which links have what a browser would show
)

// Post is what a reader shares. URL is absolute http or https, and may have campaign tags of the publication, which the
// links keep; all other fields may be empty. Text is plain UTF-8; text that is HTML is decoded, as TextFormat says.
type Post struct {
	URL, Title, Text        string
	Image                   string // absolute URL of the card
	ImageWidth, ImageHeight int    // pixels; 0: unknown
	Via                     string
	Hashtags                []string
	Lang                    string // BCP 47, language of labels: one of Langs; all others mean English
	Code                    string // short code of a registered article, else empty
	UTM                     bool   // add utm_source and utm_medium to the shared URL, unless it has them
	Campaign                string // with UTM: the utm_campaign of a shared URL that has none; empty: none

	// TextFormat is the format of the texts, the hashtags and the URLs. Normalize sets it to PlainText if the cleaned
	// texts would be decoded again without it, and else to the zero value.
	TextFormat TextFormat
}

// Link is the link of one target.
type Link struct {
	Target string
	Label  string
	Action string     // accessible name of the button
	URL    string     // absolute; of target kakao a page of this service, relative without a BaseURL
	SDK    *KakaoCall // of target kakao only
}

// ErrInvalidPost is wrapped by every error of the package.
var ErrInvalidPost = fault.ErrInvalid

// PostError says which field of a post is invalid. It wraps ErrInvalidPost.
type PostError = fault.Field

// Links returns the canonical URL of the post and its links, which lead to its shared address. The links are those of
// the named targets, in that order ("x" means "twitter"). If targets is empty, they are those of all targets that are
// on by default, in display order, except targets for which the post lacks a required field, such as an image for
// Pinterest. The error joins one *PostError for each invalid field.
func Links(cfg Config, p Post, targets []string) (canonical string, links []Link, err error) {
	p, err = p.Normalize(cfg)
	if err != nil {
		return "", nil, err
	}
	chosen, err := choose(p, targets)
	if err != nil {
		return "", nil, err
	}
	for _, t := range chosen {
		l := Link{Target: t.Name, Label: t.Label(p.Lang), Action: t.Action(p.Lang), URL: t.link(cfg, p.tagged(t))}
		if t.Name == "kakao" {
			call := kakaoCall(cfg, p.tagged(t))
			l.SDK = &call
		}
		links = append(links, l)
	}
	return withoutCampaign(p.URL), links, nil
}

// LeftOut is a named target for which there is no link, and why.
type LeftOut struct{ Target, Problem string }

// Available returns those of the named targets for which links can be made of the post, and the others. It names each
// target once, and twitter instead of x.
func (p Post) Available(names []string) (targets []string, left []LeftOut) {
	for _, name := range names {
		t, err := p.choose(name)
		switch {
		case err != nil && !slices.ContainsFunc(left, func(l LeftOut) bool { return l.Target == name }):
			left = append(left, LeftOut{name, err.Error()})
		case err == nil && !slices.Contains(targets, t.Name):
			targets = append(targets, t.Name)
		}
	}
	return targets, left
}

// choose returns the target with the name. The error is a *PostError.
func (p Post) choose(name string) (Target, error) {
	t, ok := Lookup(name)
	switch {
	case !ok:
		return t, &PostError{Field: "targets", Problem: fmt.Sprintf("names %q, which is not known here", name)}
	case t.needsImage && p.Image == "":
		return t, &PostError{Field: "image", Problem: "is required for " + t.Name}
	}
	return t, nil
}

func choose(p Post, names []string) ([]Target, error) {
	if len(names) == 0 {
		return slices.DeleteFunc(slices.Clone(targets), func(t Target) bool {
			return t.off || t.needsImage && p.Image == ""
		}), nil
	}
	var chosen []Target
	for _, name := range names {
		t, err := p.choose(name)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(chosen, func(c Target) bool { return c.Name == t.Name }) { // "twitter,x" is one target
			chosen = append(chosen, t)
		}
	}
	return chosen, nil
}

// Bar is the default targets of a share bar, in order.
var Bar = []string{"facebook", "twitter", "kakao", "mail", "link"}

// Lookup returns the target with the name; "x" means twitter.
func Lookup(name string) (Target, bool) {
	if name == "x" {
		name = "twitter"
	}
	i := slices.IndexFunc(targets, func(t Target) bool { return t.Name == name })
	if i < 0 {
		return Target{}, false
	}
	return targets[i], true
}
