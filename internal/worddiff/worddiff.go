// Package worddiff compares two versions of a text by words, for people who want to see what an editor has changed.
package worddiff

import (
	"slices"
	"strings"

	"github.com/rivo/uniseg"
)

// Op says what became of a part of a text.
type Op string

// The operations.
const (
	Same Op = "same"
	Gone Op = "gone" // it is only in the text before
	New  Op = "new"  // it is only in the text after
)

// Part is a part of a comparison. Its text ends with the space that follows its last word.
type Part struct {
	Op   Op
	Text string
}

// maxCells bounds the table of a comparison: time and memory grow with the product of the words that differ.
const maxCells = 1 << 20

// Compare returns the parts of which the two texts consist: those that are the same and new ones are the text after,
// those that are the same and gone ones that before, but for white space. Words are those of Unicode (UAX #29), so each
// ideograph is one. The middles of long texts that have little in common are compared as a whole.
func Compare(before, after string) []Part {
	a, b := words(before), words(after)
	first := 0
	for first < min(len(a), len(b)) && equal(a[first], b[first]) {
		first++
	}
	last := 0
	for last < min(len(a), len(b))-first && equal(a[len(a)-1-last], b[len(b)-1-last]) {
		last++
	}
	var c comparison
	c.add(Same, b[:first]...)
	c.middle(a[first:len(a)-last], b[first:len(b)-last])
	c.add(Same, b[len(b)-last:]...)
	return c.parts
}

// words splits a text into words, each with the space that follows it.
func words(text string) (all []string) {
	for state := -1; text != ""; {
		var word string
		word, text, state = uniseg.FirstWordInString(text, state)
		if strings.TrimSpace(word) == "" && len(all) > 0 {
			all[len(all)-1] += word
			continue
		}
		all = append(all, word)
	}
	return all
}

func equal(a, b string) bool { return strings.TrimSpace(a) == strings.TrimSpace(b) }

// comparison collects parts.
type comparison struct{ parts []Part }

// add adds words, to the last part if that has the same operation.
func (c *comparison) add(op Op, words ...string) {
	text := strings.Join(words, "")
	if text == "" {
		return
	}
	if n := len(c.parts); n > 0 && c.parts[n-1].Op == op {
		c.parts[n-1].Text += text
		return
	}
	c.parts = append(c.parts, Part{op, text})
}

// middle adds words that begin and end differently, along a longest common subsequence.
func (c *comparison) middle(a, b []string) {
	if len(a)*len(b) > maxCells {
		c.add(Gone, a...)
		c.add(New, b...)
		return
	}
	common := lengths(a, b)
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case equal(a[i], b[j]):
			c.add(Same, b[j])
			i, j = i+1, j+1
		case common[i+1][j] >= common[i][j+1]:
			c.add(Gone, a[i])
			i++
		default:
			c.add(New, b[j])
			j++
		}
	}
	c.add(Gone, a[i:]...)
	c.add(New, b[j:]...)
	c.order()
}

// order puts what is gone before what is new, where the two alternate.
func (c *comparison) order() {
	var out comparison
	var gone, added []string
	flush := func() {
		out.add(Gone, gone...)
		out.add(New, added...)
		gone, added = nil, nil
	}
	for _, p := range c.parts {
		switch p.Op {
		case Gone:
			gone = append(gone, p.Text)
		case New:
			added = append(added, p.Text)
		default:
			flush()
			out.add(Same, p.Text)
		}
	}
	flush()
	c.parts = out.parts
}

// lengths returns, for each pair of places, the length of the longest common subsequence of the words from there on.
func lengths(a, b []string) [][]uint16 {
	cells := make([]uint16, (len(a)+1)*(len(b)+1))
	rows := make([][]uint16, len(a)+1)
	for i := range rows {
		rows[i] = cells[i*(len(b)+1) : (i+1)*(len(b)+1)]
	}
	for i := range slices.Backward(a) {
		for j := len(b) - 1; j >= 0; j-- {
			if equal(a[i], b[j]) {
				rows[i][j] = rows[i+1][j+1] + 1
			} else {
				rows[i][j] = max(rows[i+1][j], rows[i][j+1])
			}
		}
	}
	return rows
}
