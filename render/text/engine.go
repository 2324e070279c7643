package text

import (
	"sync"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/segmenter"
	"github.com/go-text/typesetting/shaping"

	"newsroom.example/cards/fonts"
)

// engine is the working state of go-text. It is not safe for concurrent use.
type engine struct {
	shaper    shaping.HarfbuzzShaper
	breaks    segmenter.Segmenter
	paragraph bidi.Paragraph
	faces     map[*fonts.Font]*font.Face
}

// face returns the engine's own face of a shared font.
func (e *engine) face(f *fonts.Font) *font.Face {
	face, ok := e.faces[f]
	if !ok {
		face = f.GetFace()
		e.faces[f] = face
	}
	return face
}

// engines is a pool of idle engines.
type engines struct{ pool sync.Pool }

func (p *engines) get() *engine {
	if e, ok := p.pool.Get().(*engine); ok {
		return e
	}
	return &engine{faces: map[*fonts.Font]*font.Face{}}
}

func (p *engines) put(e *engine) { p.pool.Put(e) }
