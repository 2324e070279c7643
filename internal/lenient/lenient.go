// Package lenient reads values as other sites write them in pages and feeds. They are untrusted: what cannot be read is
// empty.
package lenient

import (
	"strings"
	"time"

	"golang.org/x/text/language"

	"newsroom.example/cards/internal/clean"
)

// maxEncoded is more bytes than a code point takes, however it is encoded.
const maxEncoded = 16

// Line returns a text as one line of plain text of at most most code points.
func Line(s string, most int) string {
	s = strings.ToValidUTF8(s[:min(len(s), maxEncoded*most)], "") // what is cut off cannot be shown
	// It cannot fail: the text is not longer, and repaired.
	l, _ := clean.Line(clean.Repair(s), maxEncoded*most)
	return l.Cut(most).String()
}

// Lang returns a language tag (BCP 47), or "". ko_KR means ko-KR.
func Lang(s string) string {
	t, err := language.Parse(strings.ReplaceAll(strings.TrimSpace(s), "_", "-"))
	if err != nil || t == language.Und {
		return ""
	}
	return t.String()
}

// Time parses a time: RFC 3339, or a form of ISO 8601 without seconds, without the colon in the zone, or with the date
// only. It returns the zero time for anything else.
func Time(s string) time.Time {
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05-0700", time.DateOnly} {
		if t, err := time.Parse(form, strings.TrimSpace(s)); err == nil {
			return t
		}
	}
	return time.Time{}
}
