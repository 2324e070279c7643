package audience

import (
	"fmt"
	"math"
	"strings"
)

// automaton finds all tokens in a text in one pass, by the algorithm of Aho and Corasick: one step of a table for each
// byte, whatever the text and however many tokens. A state stands for the longest beginning of a token that the text
// read so far ends with; state 0 is the empty one. It is safe for concurrent use.
type automaton struct {
	column  [256]uint8 // of each byte in next; 0 for bytes that no token has
	columns int
	next    []uint16 // the following state, by state and column
	found   []class  // classes of the tokens that end in a state, without a condition
	placed  [][]mark // tokens that end in a state, with a condition
}

// mark is a token and its class.
type mark struct {
	token
	class class
	exact bool // case matters
}

// conditional is the bit of found that says that the state has tokens in placed. It saves a look into placed, which is
// larger.
const conditional class = 0x80

func newAutomaton(patterns []pattern) (*automaton, error) {
	a := &automaton{}
	var marks []mark
	for _, p := range patterns {
		tokens, err := tokensOf(p.text)
		if err != nil {
			return nil, err
		}
		for _, t := range tokens {
			marks = append(marks, mark{t, p.class, p.exact})
			a.addColumns(strings.ToLower(t.text))
		}
	}
	a.columns++
	a.addState()
	for _, m := range marks {
		if err := a.add(m); err != nil {
			return nil, err
		}
	}
	a.link()
	return a, nil
}

// mustAutomaton is newAutomaton for patterns that are part of the program. It panics if they are wrong.
func mustAutomaton(patterns []pattern) *automaton {
	a, err := newAutomaton(patterns)
	if err != nil {
		panic("audience: " + err.Error())
	}
	return a
}

// addColumns gives each byte of a token its column. Both cases of a letter have the same one.
func (a *automaton) addColumns(text string) {
	for _, b := range []byte(text) {
		if a.column[b] != 0 {
			continue
		}
		a.columns++
		a.column[b] = uint8(a.columns)
		if 'a' <= b && b <= 'z' {
			a.column[b-'a'+'A'] = uint8(a.columns)
		}
	}
}

func (a *automaton) addState() uint16 {
	a.next = append(a.next, make([]uint16, a.columns)...)
	a.found = append(a.found, 0)
	a.placed = append(a.placed, nil)
	return uint16(len(a.found) - 1)
}

func (a *automaton) step(state uint16, b byte) *uint16 {
	return &a.next[int(state)*a.columns+int(a.column[b])]
}

// add adds the states of a token, as a trie.
func (a *automaton) add(m mark) error {
	state := uint16(0)
	for _, b := range []byte(strings.ToLower(m.text)) {
		to := *a.step(state, b)
		if to == 0 {
			if len(a.found) > math.MaxUint16 {
				return fmt.Errorf("too many tokens: %q does not fit", m.text)
			}
			to = a.addState()
			*a.step(state, b) = to
		}
		state = to
	}
	if m.exact || m.atStart || m.atEnd || m.wordStart || m.wordEnd {
		a.placed[state] = append(a.placed[state], m)
		a.found[state] |= conditional
	} else {
		a.found[state] |= m.class
	}
	return nil
}

// link makes the automaton of the trie. Level by level, each state gets the steps that it lacks, and the tokens, from
// the state of its longest proper suffix. A state in which a phone's name ends takes over no tokens, because those are
// parts of that name.
func (a *automaton) link() {
	suffix := make([]uint16, len(a.found))
	queue := []uint16{0}
	for len(queue) > 0 {
		state := queue[0]
		queue = queue[1:]
		back := suffix[state]
		if !a.isPhone(state) {
			a.found[state] |= a.found[back]
			a.placed[state] = append(a.placed[state], a.placed[back]...)
		}
		for c := range a.columns {
			to, longest := &a.next[int(state)*a.columns+c], a.next[int(back)*a.columns+c]
			switch {
			case *to == 0:
				*to = longest
			case state == 0:
				queue = append(queue, *to)
			default:
				suffix[*to] = longest
				queue = append(queue, *to)
			}
		}
	}
}

func (a *automaton) isPhone(state uint16) bool {
	for _, m := range a.placed[state] {
		if m.class == phone {
			return true
		}
	}
	return false
}

// find returns the classes of all tokens in the text.
func (a *automaton) find(text string) (found class) {
	state := uint16(0)
	for i := range len(text) {
		state = *a.step(state, text[i])
		found |= a.found[state]
		if a.found[state]&conditional == conditional {
			for _, m := range a.placed[state] {
				if m.stands(text, i+1) {
					found |= m.class
				}
			}
		}
	}
	return found &^ conditional
}

// stands reports whether the token, which ends at the offset, stands in its place and is spelled as it must be.
func (m mark) stands(text string, end int) bool {
	begin := end - len(m.text)
	return (!m.exact || text[begin:end] == m.text) && (!m.atStart || begin == 0) && (!m.atEnd || end == len(text)) &&
		(!m.wordStart || isEdge(text, begin)) && (!m.wordEnd || isEdge(text, end))
}

// isEdge reports whether a word begins or ends at the offset, like \b.
func isEdge(text string, at int) bool {
	return (at > 0 && isWord(text[at-1])) != (at < len(text) && isWord(text[at]))
}

func isWord(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '_'
}
