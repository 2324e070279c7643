// Package share builds the links with which a reader shares a story: pure functions from a
// post to an address, one table of targets, no network and no environment.
package share

import (
	"fmt"
	"slices"

	"newsroom.example/cards/internal/fault"
)

// Config is what a site sets once for all links: public ids only, never a secret.
type Config struct {
	BaseURL       string // prefix of this service's own pages, without a trailing slash
	FacebookAppID string
	TwitterVia    string // account named in X posts when a post names none
	KakaoJSKey    string // without it the Kakao page offers the link to copy
	KakaoCallback bool   // Kakao tells this service of shares: messages carry the story's code
}

// Post is what a reader shares. URL is absolute http or https; the rest may be empty. Text is
// plain UTF-8, and decoded where it came as HTML.
type Post struct {
	URL, Title, Text        string
	Image                   string // absolute URL of the card
	ImageWidth, ImageHeight int    // pixels; 0: unknown
	Via                     string
	Hashtags                []string
	Lang                    string // BCP 47, for labels: en, ko, ja or zh; others read English
	Code                    string // short code of a registered article, else empty
	UTM                     bool   // add utm_source and utm_medium to the shared URL
}

// Link is one target's link.
type Link struct {
	Target string
	Label  string
	Action string     // what its control says
	URL    string     // absolute; of target kakao on this service, relative without a BaseURL
	SDK    *KakaoCall // of target kakao only
}

// ErrInvalidPost is the kind of every error of the package.
var ErrInvalidPost = fault.ErrInvalid

// PostError says which field of a post is at fault. It wraps ErrInvalidPost.
type PostError = fault.Field

// Links builds the post's links: of every target that is on, in display order, or of those that
// targets names, in its order ("x" is "twitter"). A target that the post lacks something for
// (Pinterest an image) is left out unless it is named. Errors join one *PostError a field.
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
	return p.URL, links, nil
}

func choose(p Post, names []string) ([]Target, error) {
	if len(names) == 0 {
		return slices.DeleteFunc(slices.Clone(targets), func(t Target) bool {
			return t.off || t.needsImage && p.Image == ""
		}), nil
	}
	var chosen []Target
	for _, name := range names {
		t, ok := Lookup(name)
		switch {
		case !ok:
			return nil, &PostError{Field: "targets", Problem: fmt.Sprintf("names %q, which is not known here", name)}
		case t.needsImage && p.Image == "":
			return nil, &PostError{Field: "image", Problem: "is required for " + t.Name}
		}
		if !slices.ContainsFunc(chosen, func(c Target) bool { return c.Name == t.Name }) { // "twitter,x" is one
			chosen = append(chosen, t)
		}
	}
	return chosen, nil
}

// Bar is the targets that a share bar shows unless it is told others, in order.
var Bar = []string{"facebook", "twitter", "kakao", "mail", "link"}

// Langs are the languages of labels.
var Langs = []string{"en", "ko", "ja", "zh"}

// Lookup is the target of that name; "x" is twitter.
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
