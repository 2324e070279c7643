package main

import (
	"io"
	"log/slog"
	"strings"
)

// newLogger returns a logger of JSON lines.
func newLogger(w io.Writer, level slog.Leveler) *slog.Logger {
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: bounded}))
}

// maxLogged is the length of the longest text in a log line, in bytes. Errors may quote what others sent, such as the
// headers of a photo's source.
const maxLogged = 8 << 10

// bounded shortens the text of an attribute.
func bounded(_ []string, a slog.Attr) slog.Attr {
	text := ""
	switch a.Value.Kind() {
	case slog.KindString:
		text = a.Value.String()
	case slog.KindAny:
		if err, ok := a.Value.Any().(error); ok {
			text = err.Error()
		}
	default:
	}
	if len(text) > maxLogged {
		a.Value = slog.StringValue(strings.ToValidUTF8(text[:maxLogged], "") + "…")
	}
	return a
}
