package pictures_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"newsroom.example/cards/internal/pictures"
)

// TestWarningsOfACardAreFew: however many characters no font has, each text has one line of the log for them, and the
// line is short.
func TestWarningsOfACardAreFew(t *testing.T) {
	var all strings.Builder
	for r := rune(0x12000); r < 0x12200; r++ { // cuneiform
		all.WriteRune(r)
	}
	var out bytes.Buffer
	s := pictures.New(pictures.Config{
		Photos: newGate(), Renderer: newRenderer(t), Cache: &memory{kept: map[string][]byte{}},
		Log: slog.New(slog.NewTextHandler(&out, nil)),
	})
	c := newCard(t, false)
	c.Headline, c.Site = all.String(), all.String()[:400]
	if _, err := s.Preview(t.Context(), c, "png", pictures.Options{}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	for _, line := range lines {
		if !strings.Contains(line, "no font has \U00012000, \U00012001, ") || !strings.Contains(line, " more") || len(line) > 300 {
			t.Errorf("%s", line)
		}
	}
	if len(lines) != 2 {
		t.Errorf("%d lines", len(lines))
	}
}
