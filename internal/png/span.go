package png

import "image"

// Span is pixels of a row, from From up to To; where To is not more, it is none.
type Span struct{ From, To int }

// Join is the least span that has the pixels of both.
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

// inkOf is a row's span: all of it where nothing is known.
func inkOf(ink []Span, m *image.RGBA, y int) Span {
	if ink == nil {
		return Span{0, m.Rect.Dx()}
	}
	return ink[y]
}
