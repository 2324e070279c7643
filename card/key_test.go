package card

import (
	"bytes"
	"net/url"
	"testing"
)

// TestCanonicalBytesAreDistinct: the bytes that are signed and hashed differ whenever a name, a value, or the order
// of a name's values differs. Without the lengths, text could be moved from one field to the next without changing
// the signature.
func TestCanonicalBytesAreDistinct(t *testing.T) {
	seen := map[string]string{}
	for name, in := range map[string]struct {
		purpose string
		head    []string
		q       url.Values
	}{
		"two fields":              {"card", []string{"6", "jpg"}, url.Values{"headline": {"a"}, "kicker": {"b"}}},
		"one that looks like two": {"card", []string{"6", "jpg"}, url.Values{"headline": {"akickerb"}}},
		"moved by a letter":       {"card", []string{"6", "jpg"}, url.Values{"headline": {"ak"}, "icker": {"b"}}},
		"swapped":                 {"card", []string{"6", "jpg"}, url.Values{"headline": {"b"}, "kicker": {"a"}}},
		"two values":              {"card", []string{"6", "jpg"}, url.Values{"headline": {"a", "b"}}},
		"their other order":       {"card", []string{"6", "jpg"}, url.Values{"headline": {"b", "a"}}},
		"one value":               {"card", []string{"6", "jpg"}, url.Values{"headline": {"ab"}}},
		"an empty value":          {"card", []string{"6", "jpg"}, url.Values{"headline": {"ab", ""}}},
		"another purpose":         {"sign", []string{"6", "jpg"}, url.Values{"headline": {"ab"}}},
		"moved into the purpose":  {"card6", []string{"jpg"}, url.Values{"headline": {"ab"}}},
		"moved within the head":   {"card", []string{"6j", "pg"}, url.Values{"headline": {"ab"}}},
		"a length in the text":    {"card", []string{"6", "jpg"}, url.Values{"headline": {"a\x01b"}}},
		"nothing":                 {"card", []string{"6", "jpg"}, nil},
	} {
		got := string(canonical(in.purpose, in.head, in.q))
		if other, ok := seen[got]; ok {
			t.Errorf("%q and %q have the same bytes", name, other)
		}
		seen[got] = name
	}
}

// FuzzCanonical checks the same for any two pairs of values.
func FuzzCanonical(f *testing.F) {
	f.Add("a|b", "c", "a", "b|c")
	f.Add("ab", "", "a", "b")
	f.Add("\x01a", "b", "", "a\x01b")
	f.Fuzz(func(t *testing.T, a, b, c, d string) {
		same := a == c && b == d
		values := func(x, y string) []byte { return canonical("card", nil, url.Values{"headline": {x}, "kicker": {y}}) }
		if bytes.Equal(values(a, b), values(c, d)) != same {
			t.Errorf("headline %q, kicker %q and headline %q, kicker %q", a, b, c, d)
		}
		heads := func(x, y string) []byte { return canonical("card", []string{x, y}, nil) }
		if bytes.Equal(heads(a, b), heads(c, d)) != same {
			t.Errorf("head %q %q and head %q %q", a, b, c, d)
		}
	})
}
