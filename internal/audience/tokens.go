package audience

import (
	"fmt"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
)

// token is a literal, and where it must stand in a User-Agent.
type token struct {
	text               string
	atStart, atEnd     bool // of the User-Agent
	wordStart, wordEnd bool // at a word boundary, as \b
}

// Marks in the texts that expand returns.
const (
	gap   = "\x00" // anything, or nothing
	start = "\x01"
	end   = "\x02"
	edge  = "\x03" // a word boundary
)

// minToken is the minimum length of a literal. Shorter ones would occur in browsers' User-Agents by chance.
const minToken = 3

// maxTexts is the maximum number of texts into which a part of a regular expression is expanded. A part that needs more
// becomes a gap.
const maxTexts = 16

// tokensOf reduces a regular expression to literals: a text in which the expression matches contains at least one of
// them. A text that contains one need not match the expression. Of several literals with gaps between them it returns
// the longest.
func tokensOf(pattern string) ([]token, error) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil, err
	}
	var all []token
	for _, text := range expand(re.Simplify()) {
		t := longest(text)
		if len(t.text) < minToken {
			return nil, fmt.Errorf("%q has no literal of %d characters", pattern, minToken)
		}
		all = append(all, t)
	}
	return all, nil
}

// expand returns the texts that the expression matches, with marks. What it cannot write as a few texts is a gap.
func expand(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase != 0 { // as [bB], too
			return bothCases(re.Rune)
		}
		return []string{string(re.Rune)}
	case syntax.OpCharClass:
		return members(re.Rune)
	case syntax.OpEmptyMatch:
		return []string{""}
	case syntax.OpBeginText, syntax.OpBeginLine:
		return []string{start}
	case syntax.OpEndText, syntax.OpEndLine:
		return []string{end}
	case syntax.OpWordBoundary:
		return []string{edge}
	case syntax.OpCapture:
		return expand(re.Sub[0])
	case syntax.OpPlus:
		return joined(expand(re.Sub[0]), []string{gap})
	case syntax.OpQuest:
		return bounded(append(expand(re.Sub[0]), ""))
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			all = append(all, expand(sub)...)
		}
		return bounded(all)
	case syntax.OpConcat:
		all := []string{""}
		for _, sub := range re.Sub {
			all = joined(all, expand(sub))
		}
		return all
	}
	return []string{gap}
}

// bothCases returns the spellings of a text.
func bothCases(text []rune) []string {
	all := []string{""}
	for _, r := range text {
		all = joined(all, slices.Compact([]string{string(unicode.ToLower(r)), string(unicode.ToUpper(r))}))
	}
	return all
}

// members returns the characters of a class, given as ranges.
func members(ranges []rune) []string {
	var all []string
	for i := 0; i < len(ranges); i += 2 {
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			if all = append(all, string(r)); len(all) > maxTexts {
				return []string{gap}
			}
		}
	}
	return all
}

// joined returns each of the first texts followed by each of the second.
func joined(first, second []string) []string {
	if len(first)*len(second) > maxTexts {
		second = []string{gap}
	}
	var all []string
	for _, a := range first {
		for _, b := range second {
			all = append(all, a+b)
		}
	}
	return all
}

func bounded(texts []string) []string {
	if len(texts) > maxTexts {
		return []string{gap}
	}
	return texts
}

// longest returns the longest literal of a text with marks.
func longest(text string) (best token) {
	for part := range strings.SplitSeq(text, gap) {
		var t token
		part, t.atStart = strings.CutPrefix(part, start)
		part, t.wordStart = strings.CutPrefix(part, edge)
		part, t.atEnd = strings.CutSuffix(part, end)
		part, t.wordEnd = strings.CutSuffix(part, edge)
		if t.text = part; len(t.text) > len(best.text) && !strings.ContainsAny(t.text, start+end+edge) {
			best = t
		}
	}
	return best
}
