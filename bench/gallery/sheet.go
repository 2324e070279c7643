package main

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/laws"
	"newsroom.example/cards/internal/sample/gallery"
	"newsroom.example/cards/render"
)

// Measures of a sheet in pixels.
const (
	gapPx      = 10
	labelPx    = 16 // above each card
	baselinePx = 12 // of a label, from its top
)

// sheets writes the sheets of a theme and size.
func (d *drawer) sheets(ctx context.Context, stories []gallery.Story, theme, name string, size card.Size) error {
	tiles := d.drawAll(ctx, stories, theme, name, size)
	for _, t := range tiles {
		if t.err != nil {
			return t.err
		}
		d.rows = append(d.rows, t.row)
	}
	width := d.widthOf(size)
	columns := max(1, (d.sheet.W-gapPx)/(width+gapPx))
	per := columns * max(1, (d.sheet.H-gapPx)/(width*size.H/size.W+labelPx+gapPx))
	for part := 0; part*per < len(tiles); part++ {
		some := tiles[part*per : min(len(tiles), (part+1)*per)]
		sheet := arrange(some, columns, func(t tile) (*image.RGBA, string) { return t.card, t.label })
		if err := d.save(fmt.Sprintf("%s-%s-%d.jpg", theme, name, part+1), sheet); err != nil {
			return err
		}
	}
	if !d.thumbnailed {
		return nil
	}
	columns = max(1, (d.sheet.W-gapPx)/(laws.ThumbnailPx+gapPx))
	sheet := arrange(tiles, columns, func(t tile) (*image.RGBA, string) { return t.little, t.id })
	return d.save(fmt.Sprintf("%s-%s-120px.jpg", theme, name), sheet)
}

// arrange draws the cards in rows on grey, all of one size, each below its label.
func arrange(tiles []tile, columns int, of func(tile) (*image.RGBA, string)) *image.RGBA {
	first, _ := of(tiles[0])
	cell := first.Rect.Size().Add(image.Pt(gapPx, labelPx+gapPx))
	rows := (len(tiles) + columns - 1) / columns
	sheet := image.NewRGBA(image.Rect(0, 0, gapPx+min(columns, len(tiles))*cell.X, gapPx+rows*cell.Y))
	draw.Draw(sheet, sheet.Rect, image.NewUniform(color.Gray{0xb4}), image.Point{}, draw.Src)
	for i, t := range tiles {
		m, label := of(t)
		at := image.Pt(gapPx+i%columns*cell.X, gapPx+i/columns*cell.Y)
		write(sheet, at, label)
		draw.Draw(sheet, m.Rect.Add(at.Add(image.Pt(0, labelPx))), m, image.Point{}, draw.Src)
	}
	return sheet
}

// write writes a label, which is ASCII.
func write(on *image.RGBA, at image.Point, label string) {
	d := font.Drawer{Dst: on, Src: image.Black, Face: basicfont.Face7x13, Dot: fixed.P(at.X, at.Y+baselinePx)}
	d.DrawString(label)
}

func (d *drawer) save(name string, sheet *image.RGBA) error {
	out, err := os.Create(filepath.Join(d.out, name))
	if err != nil {
		return err
	}
	if err := render.Encode(out, sheet, render.Encoding{Format: render.JPEG}); err != nil {
		_ = out.Close()
		return err
	}
	return out.Close()
}

// index writes what the layouts say about all cards.
func (d *drawer) index() error {
	all := append([]string{strings.Join(columns, "\t")}, d.rows...)
	return os.WriteFile(filepath.Join(d.out, "index.tsv"), []byte(strings.Join(all, "\n")+"\n"), 0o644)
}
