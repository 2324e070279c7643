// Package web renders the service's own pages: the studio, the API reference, the page behind the
// Kakao button, and the page for crawlers. The pages are rendered on the server, work without
// script and without requests to third parties, and need no build step.
package web

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
)

//go:embed pages/*.html
var pages embed.FS

//go:embed static/*
var static embed.FS

// Static returns the styles and scripts of the pages, served at /static/.
func Static() fs.FS {
	sub, err := fs.Sub(static, "static")
	if err != nil { // the folder is embedded
		panic(err)
	}
	return sub
}

// Pages writes the pages. It is safe for concurrent use.
type Pages struct {
	set  *template.Template
	home string // URL of the publication's front page; may be empty
}

// New parses the pages once.
func New() (*Pages, error) {
	helpers := template.FuncMap{"say": say, "act": act, "spoken": spoken, "dir": dir, "icon": icon, "moment": moment,
		"rank": func(i int) int { return i + 1 }}
	set, err := template.New("pages").Funcs(helpers).ParseFS(pages, "pages/*.html")
	if err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	return &Pages{set: set}, nil
}

// Option is one choice in a list.
type Option struct{ Value, Label, Note string }

// Problem is the error message of a field of the form.
type Problem struct{ Field, Message string }

// Link is a share link.
type Link struct{ Target, Label, URL string }

// SignInData is the content of the sign-in page.
type SignInData struct {
	Problem string // why the last try failed; empty: it did not
	Action  string // target of the form for the API token

	Provider, ProviderURL string // the host at which people sign in, and where that begins; empty: nowhere
	Proxy                 bool   // a proxy in front of the service signs people in

	// Link is the secret of a personal sign-in link, and Name whose it is. The page asks to use it, and for nothing else.
	Link, Name string
}

// SignIn writes the sign-in page, which has the ways to sign in.
func (p *Pages) SignIn(w io.Writer, d SignInData) error {
	return p.set.ExecuteTemplate(w, "signin.html", d)
}

// KakaoData is a story to share on KakaoTalk.
type KakaoData struct {
	Lang, Title, Text, Image, URL string
	Site                          string // the story's host
	JSKey                         string // empty: the page offers the link to copy
	SDKURL, SDKIntegrity          string
	Settings                      any          // of Kakao.Share.sendDefault
	InApp                         bool         // the page is open in an app's built-in browser
	Outside                       template.URL // opens the page in the reader's browser; empty if that is impossible
}

// Kakao writes the page that opens Kakao's share sheet.
func (p *Pages) Kakao(w io.Writer, d KakaoData) error {
	return p.set.ExecuteTemplate(w, "kakao.html", d)
}

// EmbedData is a story in a frame of another site.
type EmbedData struct {
	Lang, Headline, Alt, Site string
	URL                       string // of the link; http or https
	Picture                   string // URL
	Width, Height             int    // of the picture, in pixels
}

// Embed writes the page of a story for the frames of other sites.
func (p *Pages) Embed(w io.Writer, d EmbedData) error {
	return p.set.ExecuteTemplate(w, "embed.html", d)
}

// StoryData is the content of the page that crawlers get.
type StoryData struct {
	Lang, Title, URL string
	Meta             template.HTML // the story's meta tags, already escaped
}

// Story writes the page that crawlers get instead of a redirect.
func (p *Pages) Story(w io.Writer, d StoryData) error {
	return p.set.ExecuteTemplate(w, "story.html", d)
}
