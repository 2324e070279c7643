package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestLogLinesAreBounded: no line grows with what others sent, and every line is JSON.
func TestLogLinesAreBounded(t *testing.T) {
	for why, long := range map[string]string{
		"letters": strings.Repeat("x", 1<<20), "Hangul": strings.Repeat("뉴스", 1<<18),
		"what JSON escapes": strings.Repeat("\x1b\r\n\"", 1<<18), "invalid UTF-8": strings.Repeat("\xff\xfe", 1<<18),
	} {
		var out bytes.Buffer
		log := newLogger(&out, slog.LevelInfo)
		log.Info(long, "text", long, "error", errors.New(long), "n", 7)
		var line map[string]any
		if err := json.Unmarshal(out.Bytes(), &line); err != nil || !utf8.Valid(out.Bytes()) || line["n"] != 7.0 {
			t.Errorf("%s: %v: %.200s", why, err, out.Bytes())
		}
		if most := 3*6*maxLogged + 200; out.Len() > most || bytes.Count(out.Bytes(), []byte("\n")) != 1 {
			t.Errorf("%s: %d bytes, want at most %d in one line", why, out.Len(), most)
		}
	}
}
