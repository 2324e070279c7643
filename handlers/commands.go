package handlers

import (
	"encoding/json"
	"fmt"
	"strings"

	"cards/article"
	"cards/card"
)

// commands say the same story to the API and to the command line.
func (s *server) commands(a article.Article, asked card.Card) (curl, command string) {
	fields := map[string]any{"url": a.URL}
	if a.Description != "" {
		fields["description"] = a.Description
	}
	var flags []string
	for name, values := range asked.Values() {
		value := values[0]
		if name == "photo" && strings.HasPrefix(value, "upload:") {
			value = "photo.jpg" // the editor's own file: there is no library without a server
		}
		flags = append(flags, "--"+strings.ReplaceAll(name, "_", "-")+"="+quote(value)) // a value may begin with -
		switch name {
		case "photo", "focal", "size":
		case "font_step":
			fields[name] = asked.FontStep
		default:
			fields[name] = values[0]
		}
	}
	if asked.Photo.URL != "" {
		photo := map[string]any{"url": asked.Photo.URL}
		if a.Photo.Alt != "" {
			photo["alt"] = a.Photo.Alt
		}
		if f := asked.Photo.Focal; f != nil {
			photo["focal"] = []float64{f.X, f.Y}
		}
		fields["photo"] = photo
	}
	raw, err := json.MarshalIndent(fields, "", "  ")
	if err != nil { // strings and numbers alone
		return "", ""
	}
	curl = fmt.Sprintf("curl -X PUT %s \\\n  -H \"Authorization: Bearer $CARDS_API_TOKEN\" \\\n  -d %s", s.absolute("/v1/articles/my-story"), quote(string(raw)))
	return curl, "cards render " + strings.Join(sorted(flags), " ") + " --out card." + asked.Format()
}

// quote makes a text one word of a POSIX shell.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
