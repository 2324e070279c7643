package main

import (
	"context"
	"fmt"
	"image"
	"image/color"

	"golang.org/x/image/draw"

	"newsroom.example/cards/card"
	"newsroom.example/cards/render"
)

// cell is one card of a sheet.
type cell struct {
	card            card.Card    // normalized
	photo, portrait render.Photo // nil: none
}

// sheetGap is the gap between the cards of a sheet, in pixels.
const sheetGap = 16

// drawSheet renders the cells, each scaled to widthPx, in rows of the given number of columns on grey.
func drawSheet(ctx context.Context, r *render.Renderer, cells []cell, columns, widthPx int) (*image.RGBA, error) {
	var tiles []image.Image
	for _, c := range cells {
		tile, err := tile(ctx, r, c, widthPx)
		if err != nil {
			return nil, fmt.Errorf("%s %s %s: %w", c.card.Theme, c.card.Template, c.card.Size, err)
		}
		tiles = append(tiles, tile)
	}
	places, size := arrange(tiles, columns, widthPx)
	out := image.NewRGBA(image.Rectangle{Max: size})
	draw.Draw(out, out.Rect, image.NewUniform(color.Gray{0xb4}), image.Point{}, draw.Src)
	for i, t := range tiles {
		draw.Draw(out, t.Bounds().Add(places[i]), t, image.Point{}, draw.Src)
	}
	return out, nil
}

func tile(ctx context.Context, r *render.Renderer, c cell, widthPx int) (image.Image, error) {
	d, err := r.Draw(ctx, c.card, c.photo, c.portrait)
	if err != nil {
		return nil, err
	}
	defer d.Release()
	return d.Scaled(widthPx), nil
}

// arrange places tiles of one width in rows, each as high as its highest tile.
func arrange(tiles []image.Image, columns, widthPx int) (places []image.Point, size image.Point) {
	y, rowHeight := sheetGap, 0
	for i, t := range tiles {
		if i > 0 && i%columns == 0 {
			y, rowHeight = y+rowHeight+sheetGap, 0
		}
		places = append(places, image.Pt(sheetGap+i%columns*(widthPx+sheetGap), y))
		rowHeight = max(rowHeight, t.Bounds().Dy())
	}
	return places, image.Pt(sheetGap+min(columns, len(tiles))*(widthPx+sheetGap), y+rowHeight+sheetGap)
}
