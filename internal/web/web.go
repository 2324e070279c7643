// Package web holds the service's own pages: the studio, the API reference, the page behind the
// Kakao button, and the page that crawlers read. They are made on the server, work without
// script and without any request to a third party, and need no build step.
package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"io/fs"
)

//go:embed pages/*.html
var pages embed.FS

//go:embed static/*
var static embed.FS

// Static is the styles and scripts of the pages, served at /static/.
func Static() fs.FS {
	sub, err := fs.Sub(static, "static")
	if err != nil { // the folder is embedded
		panic(err)
	}
	return sub
}

// Pages writes the pages. It is safe for concurrent use.
type Pages struct{ set *template.Template }

// New parses the pages once.
func New() (*Pages, error) {
	helpers := template.FuncMap{"say": say, "spoken": spoken, "icon": icon}
	set, err := template.New("pages").Funcs(helpers).ParseFS(pages, "pages/*.html")
	if err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	return &Pages{set: set}, nil
}

// Option is a choice of a list.
type Option struct{ Value, Label, Note string }

// Problem is what is wrong with a field of the form.
type Problem struct{ Field, Message string }

// Link is a share link.
type Link struct{ Target, Label, URL string }

// DocsData is the API reference.
type DocsData struct {
	Title, Version, Description string
	Groups                      []Group
}

// Group is a group of operations.
type Group struct {
	Name       string
	Operations []Operation
}

// Operation is one method of one path.
type Operation struct {
	Method, Path, Summary, Description string
	Needs                              string // the authority it takes, as a sentence; empty: none
	Parameters                         []Parameter
	Body                               string // media type, and the fields of a JSON body, one a line
	Responses                          []Response
}

// Parameter is a parameter of an operation.
type Parameter struct {
	Name, In, Type, Description string
	Required                    bool
}

// Response is an answer of an operation.
type Response struct{ Status, Description, Example string }

//go:embed reference.gen.json
var reference []byte

// Reference is the API reference, as it was made from the OpenAPI document.
func Reference() (d DocsData, err error) {
	err = json.Unmarshal(reference, &d)
	return d, err
}

// Docs writes the API reference.
func (p *Pages) Docs(w io.Writer, d DocsData) error { return p.set.ExecuteTemplate(w, "docs.html", d) }

// SignInData is the page that stands before the studio.
type SignInData struct {
	Action  string // where the form goes: the studio, with what its form held
	Problem string // with the last try; empty: none
	Studio  string // the studio, for who is signed in but came from another site; empty: no link
}

// SignIn writes the page that takes the API token.
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
	InApp                         bool         // the page is open in an app's own browser
	Outside                       template.URL // opens the page in the reader's browser; empty where there is no way
}

// Kakao writes the page that opens Kakao's share sheet.
func (p *Pages) Kakao(w io.Writer, d KakaoData) error {
	return p.set.ExecuteTemplate(w, "kakao.html", d)
}

// StoryData is a story as crawlers read it.
type StoryData struct {
	Lang, Title, URL string
	Meta             template.HTML // its tags, escaped
}

// Story writes the page that crawlers read in place of a redirect.
func (p *Pages) Story(w io.Writer, d StoryData) error {
	return p.set.ExecuteTemplate(w, "story.html", d)
}
