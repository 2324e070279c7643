package pictures

import (
	"errors"
	"image"
	"time"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/photo/focus"
	"newsroom.example/cards/render"
)

// Watch is told of drawings; package metrics implements it. It must be safe for concurrent use.
type Watch interface {
	Stage(stage string, took time.Duration) // one of Stages
	// Drawn is called for each picture that was drawn. code is the error code of what is missing from it; empty: nothing
	// is.
	Drawn(format, code string)
	Refused() // ErrOverloaded
}

// Stages are the stages of a drawing.
var Stages = []string{stageLoad, stageWait, stageDecode, stageDraw, stageEncode}

const (
	stageLoad   = "load"   // the photo's file is fetched or read
	stageWait   = "wait"   // for a slot
	stageDecode = "decode" // the photo's pixels, and what is in them
	stageDraw   = "draw"   // layout and painting
	stageEncode = "encode"
)

// unwatched is a Watch that nobody watches.
type unwatched struct{}

func (unwatched) Stage(string, time.Duration) {}
func (unwatched) Drawn(string, string)        {}
func (unwatched) Refused()                    {}

// timed returns a function that ends the stage, which begins now.
func (s *Service) timed(stage string) (end func()) {
	began := time.Now()
	return func() { s.cfg.Watch.Stage(stage, time.Since(began)) }
}

// watch tells Watch how a drawing has ended.
func (s *Service) watch(format string, img Image, err error) {
	switch {
	case errors.Is(err, ErrOverloaded):
		s.cfg.Watch.Refused()
	case err == nil && img.Degraded != nil:
		s.cfg.Watch.Drawn(format, fault.KindOf(img.Degraded).Code())
	case err == nil:
		s.cfg.Watch.Drawn(format, "")
	}
}

// decoding is a photo that measures how long decoding takes. Of a card, it is used by one goroutine.
type decoding struct {
	render.Photo

	took time.Duration
}

// decodingOf returns the photo with a clock; nil stays nil.
func decodingOf(p render.Photo) (photo render.Photo, clock *decoding) {
	clock = &decoding{Photo: p}
	if p == nil {
		return nil, clock
	}
	return clock, clock
}

// Focus implements render.Photo.
func (d *decoding) Focus(need image.Point) (focus.Focus, error) {
	began := time.Now()
	defer func() { d.took += time.Since(began) }()
	return d.Photo.Focus(need)
}

// Pixels implements render.Photo.
func (d *decoding) Pixels(crop image.Rectangle, need image.Point) (img image.Image, at image.Rectangle, err error) {
	began := time.Now()
	defer func() { d.took += time.Since(began) }()
	return d.Photo.Pixels(crop, need)
}
