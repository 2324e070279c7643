package main

import (
	"context"
	"fmt"
	"image"
	"image/color"
	stddraw "image/draw"
	"os"
	"path/filepath"

	"golang.org/x/image/draw"

	"newsroom.example/cards/card"
	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render"
)

const (
	stripHeightPx = 240
	stripGapPx    = 16
)

// pictures draws each headline in every named size and saves them side by side, at the same height, as a PNG in dir.
func pictures(dir string, set *fonts.Set) error {
	designs, err := design.Builtin(set.Families())
	if err != nil {
		return err
	}
	r := render.New(set, func() *design.Set { return designs })
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, s := range gallery {
		strip, err := strip(r, s)
		if err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
		out, err := os.Create(filepath.Join(dir, s.Name+".png"))
		if err != nil {
			return err
		}
		if err := render.Encode(out, strip, render.Encoding{Format: render.PNG}); err != nil {
			return err
		}
		if err := out.Close(); err != nil {
			return err
		}
	}
	return nil
}

func strip(r *render.Renderer, s sample) (*image.RGBA, error) {
	width := stripGapPx
	for _, size := range sizes() {
		width += stripHeightPx*size.W/size.H + stripGapPx
	}
	strip := image.NewRGBA(image.Rect(0, 0, width, stripHeightPx+2*stripGapPx))
	stddraw.Draw(strip, strip.Rect, image.NewUniform(color.Gray{0xd8}), image.Point{}, stddraw.Src)
	x := stripGapPx
	for _, size := range sizes() {
		c, err := card.Card{Headline: s.Headline, Lang: s.Lang, Site: "The Harbor Post", Template: "text",
			Size: size}.Normalize()
		if err != nil {
			return nil, err
		}
		drawing, err := r.Draw(context.Background(), c, nil)
		if err != nil {
			return nil, err
		}
		at := image.Rect(x, stripGapPx, x+stripHeightPx*size.W/size.H, stripGapPx+stripHeightPx)
		draw.CatmullRom.Scale(strip, at, drawing.Image, drawing.Image.Rect, draw.Src, nil)
		drawing.Release()
		x = at.Max.X + stripGapPx
	}
	return strip, nil
}

// sizes returns the named sizes of cards.
func sizes() (all []card.Size) {
	for _, named := range card.Sizes {
		all = append(all, named.Size)
	}
	return all
}
