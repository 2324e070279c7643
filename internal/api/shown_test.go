package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"strings"
	"testing"
	"unicode/utf8"
)

// Limits of what an example shows of an answer: entries of a list, characters of a text, lines of a page, and
// characters of an object that stands on one line.
const (
	maxEntries = 2
	maxText    = 160
	maxLines   = 8
	maxLine    = 96
)

// shown returns the body of an answer as an example shows it.
func shown(contentType string, body []byte) string {
	media, _, _ := mime.ParseMediaType(contentType)
	switch {
	case media == "application/json":
		dec := json.NewDecoder(bytes.NewReader(body))
		dec.UseNumber()
		return shorten(dec, "")
	case strings.HasPrefix(media, "text/"), media == "image/svg+xml":
		lines := strings.Split(strings.TrimSpace(string(body)), "\n")
		for i, line := range lines {
			lines[i] = cut(line)
		}
		if len(lines) > maxLines {
			lines = append(lines[:maxLines], "…")
		}
		return strings.Join(lines, "\n")
	}
	return ""
}

// cut shortens a text.
func cut(s string) string {
	if utf8.RuneCountInString(s) <= maxText {
		return s
	}
	return string([]rune(s)[:maxText]) + "…"
}

// shorten reads a value of JSON and returns it indented, with its fields in their order.
func shorten(dec *json.Decoder, indent string) string {
	token, err := dec.Token()
	if err != nil {
		return "…"
	}
	switch token {
	case json.Delim('{'):
		var fields []string
		for dec.More() {
			name, _ := dec.Token()
			fields = append(fields, quoted(fmt.Sprint(name))+": "+shorten(dec, indent+"  "))
		}
		_, _ = dec.Token()
		return joined("{", fields, "}", indent)
	case json.Delim('['):
		var entries []string
		for dec.More() {
			entries = append(entries, shorten(dec, indent+"  "))
		}
		_, _ = dec.Token()
		if more := len(entries) - maxEntries; more > 1 { // one more takes the same room
			entries = append(entries[:maxEntries], fmt.Sprintf("… %d more", more))
		}
		return joined("[", entries, "]", indent)
	}
	if text, ok := token.(string); ok {
		return quoted(cut(text))
	}
	if token == nil {
		return "null"
	}
	return fmt.Sprint(token)
}

// joined returns the parts on one line if they fit, else each on its own.
func joined(from string, parts []string, to, indent string) string {
	line := from + strings.Join(parts, ", ") + to
	if !strings.Contains(line, "\n") && utf8.RuneCountInString(indent+line) <= maxLine {
		return line
	}
	return from + "\n" + indent + "  " + strings.Join(parts, ",\n"+indent+"  ") + "\n" + indent + to
}

// quoted returns a text as JSON.
func quoted(s string) string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // cannot fail
	return strings.TrimSpace(out.String())
}

// TestShown: what is left out is marked.
func TestShown(t *testing.T) {
	long := strings.Repeat("뉴", maxText)
	for _, tt := range []struct{ media, body, want string }{
		{"application/json", `{"b":1,"a":[],"c":null,"d":true}`, `{"b": 1, "a": [], "c": null, "d": true}`},
		{"application/json", `{"l":["<a>",2.50,{"x":{}},4]}`, `{"l": ["<a>", 2.50, … 2 more]}`},
		{"application/json", `[1,2,3]`, `[1, 2, 3]`},
		{"application/json; charset=utf-8", `{"t":"` + long + `","u":"` + long + `."}`,
			"{\n  \"t\": \"" + long + "\",\n  \"u\": \"" + long + "…\"\n}"},
		{"text/html", "a\n" + long + ".\n", "a\n" + long + "…"},
		{"text/css", strings.Repeat("a\n", maxLines+1), strings.Repeat("a\n", maxLines) + "…"},
		{"image/png", "\x89PNG", ""},
	} {
		if got := shown(tt.media, []byte(tt.body)); got != tt.want {
			t.Errorf("%s of %s is\n%s, want\n%s", tt.body, tt.media, got, tt.want)
		}
	}
}
