package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"newsroom.example/cards/internal/words"
	"newsroom.example/cards/share"
)

//go:embed embed/*.js embed/*.css
var kit embed.FS

// kitParts are the sources of /embed/cards.js. A part uses only parts that come before it.
var kitParts = []string{"base.js", "words.js", "links.js", "share.js", "font.js", "top.js"}

// KitFile is a file of the embed kit as it is served. It is built once and never changed.
type KitFile struct {
	Type string // media type
	Data []byte
	Gzip []byte // the same, compressed
	ETag string // strong, including the quotes
}

// script is the name of the script.
const script = "cards.js"

// Kit has the files under /embed/. It is safe for concurrent use.
type Kit struct {
	files map[string]func() (KitFile, error) // by name; each is built when it is first needed
}

// NewKit returns the embed kit of a site, which makes links by the rules.
func NewKit(rules share.Rules) (*Kit, error) {
	css, err := kit.ReadFile("embed/cards.css")
	if err != nil {
		return nil, err
	}
	k := &Kit{files: map[string]func() (KitFile, error){"cards.css": later("text/css; charset=utf-8", func() ([]byte, error) { return css, nil })}}
	for _, tag := range words.Tags {
		k.files[script+"?lang="+tag] = later("text/javascript; charset=utf-8",
			func() ([]byte, error) { return kitScript(rules, string(css), tag) })
		k.files["words-"+tag+".json"] = later("application/json",
			func() ([]byte, error) { return json.Marshal(kitWords(tag)) })
	}
	return k, nil
}

// File returns a file: cards.js, one script for any page, cards.css, the styles of the bar without script, or
// words-ko.json, the texts of a language. With a language, cards.js has its texts. ok is false if there is no such
// file.
func (k *Kit) File(name, lang string) (f KitFile, ok bool, err error) {
	switch {
	case strings.Contains(name, "?"): // it would be a script in another language than lang
		return f, false, nil
	case name == script:
		name += "?lang=" + words.Match(lang)
	}
	build, ok := k.files[name]
	if !ok {
		return f, false, nil
	}
	f, err = build()
	return f, true, err
}

// later returns a file that is built once, when it is first needed.
func later(kind string, build func() ([]byte, error)) func() (KitFile, error) {
	return sync.OnceValues(func() (KitFile, error) {
		data, err := build()
		if err != nil {
			return KitFile{}, fmt.Errorf("embed kit: %w", err)
		}
		return KitFile{Type: kind, Data: data}.seal()
	})
}

func (f KitFile) seal() (KitFile, error) {
	sum := sha256.Sum256(f.Data)
	f.ETag = `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return f, err
	}
	if _, err := w.Write(f.Data); err != nil {
		return f, err
	}
	if err := w.Close(); err != nil {
		return f, err
	}
	f.Gzip = out.Bytes()
	return f, nil
}

// kitScript joins the parts inside one function, so that they define no names in the page's global scope.
func kitScript(rules share.Rules, css, lang string) ([]byte, error) {
	texts := map[string]any{words.Fallback: kitWords(words.Fallback), lang: kitWords(lang)}
	var b strings.Builder
	b.WriteString("(() => {\n'use strict';\n")
	for _, c := range []struct {
		name  string
		value any
	}{
		{"WORDS", texts}, {"LANGS", words.Tags}, {"RULES", rules}, {"ICONS", kitIcons()},
		{"CSS", strings.ReplaceAll(spare(css, "/*", "*/"), "\n", "")},
	} {
		raw, err := json.Marshal(c.value)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "const %s = %s;\n", c.name, raw)
	}
	for _, name := range kitParts {
		part, err := kit.ReadFile("embed/" + name)
		if err != nil {
			return nil, err
		}
		b.WriteString(spare(string(part), "//", "\n"))
	}
	b.WriteString("})();\n")
	return []byte(b.String()), nil
}

// spare removes indentation, empty lines, and comments that begin a line.
func spare(source, open, end string) string {
	var b strings.Builder
	comment := false
	for line := range strings.Lines(source) {
		line = strings.TrimSpace(line)
		comment = comment || strings.HasPrefix(line, open)
		if !comment && line != "" {
			b.WriteString(line + "\n")
		}
		if comment && strings.Contains(line+"\n", end) {
			comment = false
		}
	}
	return b.String()
}

// kitKeys are the texts of the kit; the others of package words are those of pages.
var kitKeys = []string{
	"group", "native", "window", "letter", "size", "top", "none", "off", "copied", "failed", "link", "read",
}

// kitWords returns the texts of the kit in a language. The key link is the field with the link; the button is an
// action.
func kitWords(tag string) map[string]any {
	l := words.Of(tag)
	texts := map[string]any{
		"lang": l.Tag, "on": l.On, "names": l.Names, "actions": l.Actions, "sizes": l.Sizes, "reads": l.Reads,
	}
	if l.Dir == "rtl" {
		texts["dir"] = l.Dir
	}
	for _, key := range kitKeys {
		texts[key] = l.Say(key)
	}
	return texts
}
