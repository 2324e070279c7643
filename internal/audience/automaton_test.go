package audience

import (
	"math"
	"regexp"
	"strings"
	"testing"
)

// automatonOf returns an automaton of one pattern, of the class program.
func automatonOf(t *testing.T, text string, exact bool) *automaton {
	t.Helper()
	a, err := newAutomaton([]pattern{{text, program, exact}})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return a
}

// TestWordBoundaries: a word ends before and after each byte where package regexp says so.
func TestWordBoundaries(t *testing.T) {
	for _, pattern := range []string{`\bfoo`, `foo\b`, `\bfoo\b`, `\b-foo-\b`, `\bfoo-\b`, `\b-foo\b`} {
		a, re := automatonOf(t, pattern, false), regexp.MustCompile(`(?i)`+pattern)
		for _, word := range []string{"foo", "-foo-", "foo-", "-foo"} {
			texts := []string{word, word + word, word + " " + word, "_" + word + "_", "x " + word + " x"}
			for b := range 0x100 {
				c := string([]byte{byte(b)})
				texts = append(texts, c+word, word+c, c+word+c, " "+c+word, word+c+" ", "x"+c+word+c+"x")
			}
			for _, text := range texts {
				if got := a.find(text) != 0; got != re.MatchString(text) {
					t.Errorf("%s in %q: %t", pattern, text, got)
				}
			}
		}
	}
}

// TestConditions has tokens that count in one place or spelling alone.
func TestConditions(t *testing.T) {
	for _, tt := range []struct {
		pattern string
		exact   bool
		in, out []string // texts that have the token, and others
	}{
		{`foo`, false, []string{"foo", "FOO", "xfoox", "x fOo", "fofoo"}, []string{"", "fo", "oo", "f oo", "fo o"}},
		{`Foo`, true, []string{"Foo", "xFoox", "foo Foo"}, []string{"foo", "FOO", "xfoo"}},
		{`^foo`, false, []string{"foo", "FOOx", "foo foo"}, []string{"xfoo", " foo", "x foo"}},
		{`foo$`, false, []string{"foo", "xFOO", "foo foo"}, []string{"foox", "foo ", "foo x"}},
		{`^foo$`, false, []string{"foo", "FOO"}, []string{"foo ", " foo", "foofoo"}},
		{`^Foo$`, true, []string{"Foo"}, []string{"foo", "Foo ", " Foo"}},
		{`\bfoo`, false, []string{"foo", "-foo", "foox"}, []string{"xfoo", "_foo", "1foo"}},
		{`foo\b`, false, []string{"foo", "foo-", "xfoo"}, []string{"foox", "foo_", "foo1"}},
	} {
		a := automatonOf(t, tt.pattern, tt.exact)
		for _, text := range tt.in {
			if a.find(text) != program {
				t.Errorf("%s is not in %q", tt.pattern, text)
			}
		}
		for _, text := range tt.out {
			if a.find(text) != 0 {
				t.Errorf("%s is in %q", tt.pattern, text)
			}
		}
	}
}

// TestOneTokenInAnother: all tokens that end at a byte count, with and without a condition, except those that are part
// of a phone's name.
func TestOneTokenInAnother(t *testing.T) {
	a, err := newAutomaton([]pattern{
		{`abcde`, browser, false}, {`bcd`, inApp, false}, {`\bcde`, network, false}, {`cde\b`, program, false},
		{`phonecde\b`, phone, false},
	})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]class{
		"abcde": browser | inApp | program, "abcdef": browser | inApp, "bcde": inApp | program, "cde": network | program,
		"abcabcde": browser | inApp | program, "ababcd": inApp, "a-cde": network | program, "xcdex": 0, "bbcdx": inApp,
		"phonecde": phone, "phonecde cde": phone | network | program, "phonebcde": inApp | program,
	} {
		if got := a.find(text); got != want {
			t.Errorf("%q: %b, want %b", text, got, want)
		}
	}
}

// TestCaseOfBytes: the letters of ASCII alone have two cases.
func TestCaseOfBytes(t *testing.T) {
	for b := byte(' '); b <= '~'; b++ {
		a := automatonOf(t, "foo"+regexp.QuoteMeta(string(b)), false)
		for c := range 0x100 {
			text := []byte("foo-")
			text[3] = byte(c)
			if got, want := a.find(string(text)) != 0, strings.EqualFold(string(b), string(text[3:])); got != want {
				t.Errorf("foo%c in %q: %t", b, text, got)
			}
		}
	}
}

// TestMostStates: an automaton has as many states as have numbers; one more would be a state of another token.
func TestMostStates(t *testing.T) {
	long := strings.Repeat("a", math.MaxUint16) // and the first state
	if a := automatonOf(t, long, false); a.find(long[1:]) != 0 || a.find(long) != program {
		t.Error("the longest token is not found")
	}
	if _, err := newAutomaton([]pattern{{long + "a", program, false}}); err == nil {
		t.Error("a token has more states than numbers")
	}
	if _, err := newAutomaton([]pattern{{long, program, false}, {"abc", program, false}}); err == nil {
		t.Error("two tokens have more states than numbers")
	}
}

func TestWrongPatterns(t *testing.T) {
	for _, text := range []string{`foo(`, `fo`, `.*`} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s is taken", text)
				}
			}()
			mustAutomaton([]pattern{{`foobar`, program, false}, {text, program, false}})
		}()
	}
}
