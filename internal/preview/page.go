package preview

import (
	"crypto/sha256"
	_ "embed" // for the page
	"encoding/base64"
	"html/template"
	"strings"
)

//go:embed page.html
var pageSource string

//go:embed page.css
var styleSource string

//go:embed page.js
var scriptSource string

var page = template.Must(template.New("page").Parse(pageSource))

// style and script are in the page, so that it needs nothing else.
var (
	style  = template.CSS(styleSource)
	script = template.JS(scriptSource)
)

// view is what the page shows.
type view struct {
	Policy  string
	Style   template.CSS
	Script  template.JS // empty in a file
	Version string      // of the designs
	Dir     string
	Faults  []string
	Filters []filter
	Groups  []group
}

// filter is a choice of one of several names, or of all.
type filter struct {
	Name, Chosen string
	Of           []string
}

// policy returns the content security policy of a page: nothing but its own style, and more.
func policy(more string, live bool) string {
	parts := []string{"default-src 'none'", "base-uri 'none'", more, "style-src " + hash(styleSource)}
	if live {
		parts = append(parts, "script-src "+hash(scriptSource), "connect-src 'self'", "form-action 'self'",
			"frame-ancestors 'none'")
	} else {
		parts = append(parts, "form-action 'none'")
	}
	return strings.Join(parts, "; ")
}

func hash(source string) string {
	sum := sha256.Sum256([]byte(source))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
