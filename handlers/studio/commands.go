package studio

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
)

// commands returns the story as an API request for curl and as a command for the command line.
func (h *Handlers) commands(a article.Article, asked card.Card) (curl, command string) {
	fields := map[string]any{"url": a.SharedURL()}
	if a.Description != "" {
		fields["description"] = a.Description
	}
	var flags []string
	own := map[string]string{}
	for name, values := range asked.Values() {
		value := quote(values[0])
		if field, ok := strings.CutPrefix(name, "fields["); ok {
			field = strings.TrimSuffix(field, "]")
			own[field] = values[0]
			flags = append(flags, "--fields="+quote(field+"="+strings.ReplaceAll(values[0], ";", `\;`)))
			continue
		}
		if name == "photo" && strings.HasPrefix(values[0], "upload:") {
			value = "PHOTO-FILE" // a placeholder for the editor's file: the command has no access to uploads
		}
		flags = append(flags, "--"+strings.ReplaceAll(name, "_", "-")+"="+value) // a value may begin with -
		switch name {
		case "photo", "focal", "portrait", "portrait_focal", "size", "date", "time":
		case "font_step":
			fields[name] = asked.FontStep
		default:
			fields[name] = values[0]
		}
	}
	if len(own) > 0 {
		fields["fields"] = own
	}
	if !a.PublishedAt.IsZero() {
		fields["published_at"] = a.PublishedAt.Format(time.RFC3339)
	}
	for name, photo := range map[string]article.Photo{"photo": a.Photo, "portrait": a.Portrait} {
		if photo.URL != "" {
			fields[name] = photoFields(photo)
		}
	}
	if len(a.Tags) > 0 {
		fields["tags"] = a.Tags
	}
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetEscapeHTML(false) // keep & readable: people read this
	enc.SetIndent("", "  ")
	if err := enc.Encode(fields); err != nil { // cannot happen: fields holds only strings and numbers
		return "", ""
	}
	token := "$CARDS_API_TOKEN"
	if h.Guard.StudioKey != "" {
		token = "$(cat data/api-token)"
	}
	curl = fmt.Sprintf("curl -X PUT %s \\\n  -H \"Authorization: Bearer %s\" \\\n  -d %s",
		h.Present.Absolute("/v1/articles/"+a.ID), token, quote(strings.TrimSpace(body.String())))
	return curl, "cards render " + strings.Join(sorted(flags), " ") + " --out card." + asked.Format()
}

// photoFields returns the fields of a photo in the body of a PUT.
func photoFields(p article.Photo) map[string]any {
	fields := map[string]any{"url": p.URL}
	if p.Alt != "" {
		fields["alt"] = p.Alt
	}
	if p.Focal != nil {
		fields["focal"] = []float64{p.Focal.X, p.Focal.Y}
	}
	if rights := rightsIn(p.Rights); rights != nil {
		fields["rights"] = rights
	}
	return fields
}

// quote quotes s as one word of a POSIX shell.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
