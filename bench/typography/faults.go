package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"cards/fonts"
	"cards/render/text"
)

// closers may not begin a line.
const closers = ",.!?;:)]}%…”’、。」』）】，：；！？"

const faultSizePx = 48

// leastLastLine is a last line's least part of the widest.
const leastLastLine = 0.35

// widths are 36, from 200 to 900 pixels.
func widths() (all []int) {
	for i := range 36 {
		all = append(all, 200+20*i)
	}
	return all
}

// faults sets every text at every width and prints what is wrong with the lines. It fails where
// anything is.
func faults(w io.Writer, set *fonts.Set) error {
	setter := text.NewSetter(set)
	style := text.Style{Weight: fonts.ExtraBold, Display: true}
	fmt.Fprintf(w, "text  closing mark first  word on two lines  (word wider than the box)  shortest last line\n")
	total := 0
	for n, headline := range faultTexts {
		marks, split, wide, shortest := 0, 0, 0, 1.0
		for _, width := range widths() {
			b := setter.Fit(text.Paragraph{Text: headline}, []text.Step{{SizePx: faultSizePx}}, style, text.Box{WidthPx: float64(width)})
			at := 0
			for i, l := range b.Lines {
				first, _ := utf8.DecodeRuneInString(l.Text)
				at += strings.Index(headline[at:], l.Text)
				before, _ := utf8.DecodeLastRuneInString(headline[:at])
				if i > 0 && strings.ContainsRune(closers, first) {
					marks++
				}
				if i > 0 && unicode.Is(unicode.Hangul, first) && before != ' ' && !strings.ContainsRune("…—", before) {
					word := headline[strings.LastIndexByte(headline[:at], ' ')+1:]
					if word, _, _ = strings.Cut(word, " "); setter.Width(word, faultSizePx, style) > float64(width) {
						wide++
					} else {
						split++
					}
				}
			}
			if last := b.Lines[len(b.Lines)-1]; len(b.Lines) > 1 {
				shortest = min(shortest, last.WidthPx/b.WidthPx)
			}
		}
		total += marks + split
		if shortest < leastLastLine {
			total++
		}
		fmt.Fprintf(w, "%4d  %18d  %17d  %25d  %16.0f %%\n", n+1, marks, split, wide, shortest*100)
	}
	if total > 0 {
		return fmt.Errorf("%d faults", total)
	}
	return nil
}
