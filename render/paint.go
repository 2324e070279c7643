package render

import (
	"image"
	"math"

	"golang.org/x/image/draw"

	"newsroom.example/cards/render/raster"
	"newsroom.example/cards/render/text"
)

// paintGround paints an op that is under the text.
func paintGround(canvas *raster.Canvas, op Op, photo, portrait Photo) error {
	switch op := op.(type) {
	case Fill:
		if op.Rect == canvas.Rect {
			canvas.Cover(op.Color)
			return nil
		}
		canvas.Touch(op.Rect)
		raster.Fill(&canvas.RGBA, op.Rect, op.Color)
	case Field:
		canvas.Touch(op.Rect)
		img, at, err := photo.Pixels(op.Crop, fieldSize(op.Rect))
		if err != nil {
			return err
		}
		cells := image.NewRGBA(image.Rectangle{Max: fieldSize(op.Rect)})
		raster.Scale(cells, cells.Rect, img, at)
		raster.Spread(&canvas.RGBA, op.Rect, cells, op.Tint)
	case Picture:
		if op.Portrait {
			photo = portrait
		}
		return op.paint(canvas, photo)
	case Shade:
		canvas.Touch(op.Rect)
		op.paint(&canvas.RGBA)
	}
	return nil
}

// paint paints the part of the photo. What is under a round picture stays around it.
func (o Picture) paint(canvas *raster.Canvas, photo Photo) error {
	canvas.Touch(o.Rect)
	img, at, err := photo.Pixels(o.Crop, o.Rect.Size())
	if err != nil {
		return err
	}
	if !o.Round {
		raster.Scale(&canvas.RGBA, o.Rect, img, at)
		return nil
	}
	under := raster.Copy(&canvas.RGBA, o.Rect)
	raster.Scale(&canvas.RGBA, o.Rect, img, at)
	raster.Corners(&canvas.RGBA, o.Rect, under)
	side := float64(o.Rect.Dx())
	raster.RoundedRect(&canvas.RGBA, o.Rect, side/2, max(2, math.Round(side/120)), o.Ring)
	return nil
}

// paintMarks paints the shapes of a plan: rules, the backgrounds of badges, play marks, forms of sounds, and the logo.
func paintMarks(canvas *raster.Canvas, ops []Op) {
	for _, op := range ops {
		switch op := op.(type) {
		case Rule:
			canvas.Touch(op.Rect)
			op.paint(&canvas.RGBA)
		case Badge:
			canvas.Touch(op.Rect.Inset(-2)) // antialiasing of an outline may extend beyond it
			raster.RoundedRect(&canvas.RGBA, op.Rect, op.RadiusPx, op.LinePx, op.Color)
		case Play:
			canvas.Touch(op.Rect)
			raster.Play(&canvas.RGBA, op.Rect, op.Color, op.Ink)
		case Wave:
			canvas.Touch(op.Rect)
			op.paint(&canvas.RGBA)
		case Logo:
			canvas.Touch(op.Rect)
			logo := op.Logo.Draw(op.Rect.Dy())
			draw.CatmullRom.Scale(&canvas.RGBA, op.Rect, logo, logo.Bounds(), draw.Over, nil)
		}
	}
}

// paint fills the rule's pixels. Its edges lie on whole pixels.
func (r Rule) paint(canvas *image.RGBA) {
	if r.Color.A == 255 {
		raster.Fill(canvas, r.Rect, r.Color)
		return
	}
	draw.Draw(canvas, r.Rect, image.NewUniform(r.Color), image.Point{}, draw.Over)
}

// paintRun paints the lines of a run.
func paintRun(canvas *raster.Canvas, setter *text.Setter, run Run) {
	for i, line := range run.Block.Lines {
		x, baseline := run.line(i)
		canvas.Touch(setter.Draw(&canvas.RGBA, line, x, baseline, text.Inks{Body: run.Ink, Tail: run.TailInk}))
	}
}
