package text

// source is what the shape of a paragraph depends on.
type source struct {
	p  Paragraph
	st Style
}

// Remembering returns a Setter that shapes each paragraph that it fits only once. It is for the layouts of one card,
// and not safe for concurrent use.
func (s *Setter) Remembering() *Setter {
	return &Setter{set: s.set, engines: s.engines, masks: s.masks, memo: map[source]*shaped{}}
}

// remembered is shape for a paragraph that may have been shaped before. One of which breaks inside words were weighed
// is shaped again, so that no layout depends on those before it.
func (s *Setter) remembered(p Paragraph, st Style) *shaped {
	if s.memo == nil {
		return s.shape(p, st)
	}
	key := source{p, st}
	sh, ok := s.memo[key]
	if !ok || sh.weighed {
		sh = s.shape(p, st)
		s.memo[key] = sh
	}
	return sh
}
