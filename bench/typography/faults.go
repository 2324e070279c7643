package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsroom.example/cards/fonts"
	"newsroom.example/cards/render/text"
)

// closers are the characters that must not begin a line.
const closers = ",.!?;:)]}%…”’、。」』）】，：；！？"

const faultSizePx = 48

// leastLastLine is the minimum width of the last line, as a fraction of the widest line.
const leastLastLine = 0.35

// widths returns the 36 widths of the test, from 200 to 900 pixels.
func widths() (all []int) {
	for i := range 36 {
		all = append(all, 200+20*i)
	}
	return all
}

// tally counts the faults in the lines of a text.
type tally struct {
	marks, split int     // lines that begin with a closing mark, or inside a Hangul word
	wide         int     // lines that begin inside a Hangul word wider than the box, which is no fault
	shortest     float64 // width of the shortest last line, as a fraction of the widest line
}

// faults sets every text at every width and prints the number of faults. It returns an error if there are any.
func faults(w io.Writer, set *fonts.Set) error {
	setter := text.NewSetter(set)
	fmt.Fprintf(w, "text  closing mark first  word on two lines  (word wider than the box)  shortest last line\n")
	total := 0
	for n, headline := range faultTexts {
		t := tally{shortest: 1}
		for _, width := range widths() {
			t.count(setter, headline, float64(width))
		}
		total += t.marks + t.split
		if t.shortest < leastLastLine {
			total++
		}
		fmt.Fprintf(w, "%4d  %18d  %17d  %25d  %16.0f %%\n", n+1, t.marks, t.split, t.wide, t.shortest*100)
	}
	if total > 0 {
		return fmt.Errorf("%d faults", total)
	}
	return nil
}

// count adds the faults of the headline at one width.
func (t *tally) count(setter *text.Setter, headline string, width float64) {
	style := text.Style{Weight: fonts.ExtraBold, Display: true}
	b := setter.Fit(text.Paragraph{Text: headline}, []text.Step{{SizePx: faultSizePx}}, style, text.Box{WidthPx: width})
	at := 0
	for i, l := range b.Lines {
		first, _ := utf8.DecodeRuneInString(l.Text)
		at += strings.Index(headline[at:], l.Text)
		before, _ := utf8.DecodeLastRuneInString(headline[:at])
		if i > 0 && strings.ContainsRune(closers, first) {
			t.marks++
		}
		if i == 0 || !unicode.Is(unicode.Hangul, first) || before == ' ' || strings.ContainsRune("…—", before) {
			continue
		}
		word := headline[strings.LastIndexByte(headline[:at], ' ')+1:]
		if word, _, _ = strings.Cut(word, " "); setter.Width(word, faultSizePx, style) > width {
			t.wide++
		} else {
			t.split++
		}
	}
	if last := b.Lines[len(b.Lines)-1]; len(b.Lines) > 1 {
		t.shortest = min(t.shortest, last.WidthPx/b.WidthPx)
	}
}
