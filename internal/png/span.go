package png

import "image"

// Span is the pixels of a row from From to To-1. It is empty if To <= From.
type Span struct{ From, To int }

// Join returns the smallest span that contains both spans.
func (s Span) Join(o Span) Span {
	switch {
	case s.empty():
		return o
	case o.empty():
		return s
	}
	return Span{min(s.From, o.From), max(s.To, o.To)}
}

func (s Span) empty() bool { return s.To <= s.From }

// inkOf returns the span of row y, or the whole row if ink is nil.
func inkOf(ink []Span, m *image.RGBA, y int) Span {
	if ink == nil {
		return Span{0, m.Rect.Dx()}
	}
	return ink[y]
}
