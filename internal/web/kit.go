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
)

//go:embed embed/*.js embed/*.css
var kit embed.FS

// kitParts are the sources of /embed/cards.js. A part uses only parts that come before it.
var kitParts = []string{"base.js", "share.js", "font.js", "top.js"}

// KitFile is a file of the embed kit as it is served. It is built once and never changed.
type KitFile struct {
	Type string // media type
	Data []byte
	Gzip []byte // the same, compressed
	ETag string // strong, including the quotes
}

// KitFiles returns the files under /embed/ by name: cards.js, one script for any page, and cards.css,
// the styles of the bar without script. actions are the labels of the bar's buttons, by language and target.
func KitFiles(actions map[string]map[string]string) (map[string]KitFile, error) {
	css, err := kit.ReadFile("embed/cards.css")
	if err != nil {
		return nil, err
	}
	js, err := kitScript(actions, string(css))
	if err != nil {
		return nil, err
	}
	files := map[string]KitFile{}
	for name, f := range map[string]KitFile{
		"cards.js":  {Type: "text/javascript; charset=utf-8", Data: js},
		"cards.css": {Type: "text/css; charset=utf-8", Data: css},
	} {
		if files[name], err = f.seal(); err != nil {
			return nil, err
		}
	}
	return files, nil
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
func kitScript(actions map[string]map[string]string, css string) ([]byte, error) {
	var b strings.Builder
	b.WriteString("(() => {\n'use strict';\n")
	for _, c := range []struct {
		name  string
		value any
	}{{"WORDS", kitWords(actions)}, {"ICONS", kitIcons()}, {"CSS", strings.ReplaceAll(spare(css, "/*", "*/"), "\n", "")}} {
		raw, err := json.Marshal(c.value)
		if err != nil {
			return nil, fmt.Errorf("embed kit: %w", err)
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

// kitWords returns the texts of the kit, by language.
func kitWords(actions map[string]map[string]string) map[string]map[string]any {
	all := map[string]map[string]any{}
	for lang, said := range elements {
		all[lang] = map[string]any{"sizes": sizes[lang]}
		for key, word := range said {
			all[lang][key] = word
		}
		for _, key := range []string{"copied", "failed"} {
			all[lang][key] = words[lang][key]
		}
		for target, action := range actions[lang] {
			all[lang][target] = action
		}
	}
	return all
}
