package request

import (
	"slices"
	"strings"
	"testing"
)

// FuzzTags: a list of tags that is taken reads back as the same list, and each tag in it is one.
func FuzzTags(f *testing.F) {
	for _, text := range []string{`"a"`, `*`, ` * `, `W/"a", "b,c" ,,"" `, `"a" "b"`, `"a`, `a"`, `W/*`, `"\x7f"`, "\"\xff\"", `"é"`, `,`, ``, `w/"a"`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l, ok := parseTags(text)
		if !ok {
			return
		}
		if l.any == (len(l.tags) > 0) || l.any && strings.Trim(text, " \t") != "*" {
			t.Errorf("%q: %+v", text, l)
		}
		if l.any {
			return
		}
		again, ok := parseTags(strings.Join(l.tags, ", "))
		if !ok || !slices.Equal(again.tags, l.tags) {
			t.Errorf("%q reads as %q, and that as %q", text, l.tags, again.tags)
		}
		for _, tag := range l.tags {
			if inner, _ := strings.CutPrefix(tag, "W/"); len(inner) < 2 || inner[0] != '"' || strings.Count(inner, `"`) != 2 || inner[len(inner)-1] != '"' {
				t.Errorf("%q: %q is no tag", text, tag)
			}
			if !strings.Contains(text, tag) {
				t.Errorf("%q: %q is not in it", text, tag)
			}
		}
	})
}
