package text

import (
	"sync"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/segmenter"
	"github.com/go-text/typesetting/shaping"

	"cards/fonts"
)

// engine is the working state of go-text, which one goroutine at a time may use.
type engine struct {
	shaper  shaping.HarfbuzzShaper
	runs    shaping.Segmenter
	breaks  segmenter.Segmenter
	levels  bidi.Paragraph
	faces   map[*fonts.Font]*font.Face
	byFace  map[*font.Face]*fonts.Font
	resolve resolver
}

// face is the engine's own face of a shared font.
func (e *engine) face(f *fonts.Font) *font.Face {
	face, ok := e.faces[f]
	if !ok {
		face = font.NewFace(f.Font())
		e.faces[f], e.byFace[face] = face, f
	}
	return face
}

// resolver chooses the face of each character for shaping.Segmenter.
type resolver struct {
	engine *engine
	set    *fonts.Set
	weight fonts.Weight
	lang   string
}

// ResolveFace is the face that draws r; the main one, which has a mark for what it lacks,
// where none does.
func (r *resolver) ResolveFace(c rune) *font.Face {
	f, ok := r.set.For(c, r.weight, r.lang)
	if !ok {
		f = r.set.Main(r.weight)
	}
	return r.engine.face(f)
}

// engines lends engines out.
type engines struct{ pool sync.Pool }

func (p *engines) take() *engine {
	if e, ok := p.pool.Get().(*engine); ok {
		return e
	}
	e := &engine{faces: map[*fonts.Font]*font.Face{}, byFace: map[*font.Face]*fonts.Font{}}
	e.resolve.engine = e
	return e
}

func (p *engines) give(e *engine) { p.pool.Put(e) }
