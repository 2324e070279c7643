package text

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"math"

	"github.com/go-text/typesetting/font"
)

// bitmap returns the colour mask of a glyph that the font stores as a picture, such as an emoji. It is empty if the
// font has no picture, or one that cannot be read.
func bitmap(face *font.Face, k maskKey) *mask {
	data, ok := face.GlyphDataBitmap(k.id)
	extents, known := face.GlyphExtents(k.id)
	if !ok || !known || data.Format != font.PNG {
		return &mask{}
	}
	config, err := png.DecodeConfig(bytes.NewReader(data.Data))
	if err != nil || config.Width > 1024 || config.Height > 1024 {
		return &mask{}
	}
	decoded, err := png.Decode(bytes.NewReader(data.Data))
	if err != nil {
		return &mask{}
	}
	src := image.NewRGBA(decoded.Bounds()) // premultiplied, so that invisible pixels do not colour the edges
	draw.Draw(src, src.Rect, decoded, decoded.Bounds().Min, draw.Src)
	px := func(units float32) int {
		return int(math.Round(float64(units) * float64(k.size) / 64 / float64(face.Upem())))
	}
	at := image.Pt(px(extents.XBearing), -px(extents.YBearing))
	size := image.Pt(max(1, px(extents.Width)), max(1, px(-extents.Height)))
	return &mask{bounds: image.Rectangle{Min: at, Max: at.Add(size)}, pix: resize(src, size), colour: true}
}

// tap is the weight of a source pixel in a target pixel.
type tap struct{ at, weight int }

// taps returns the weights that scale a row or column of from pixels to to pixels: by overlap for shrinking, by
// distance for enlarging. The weights of each target pixel sum to the same whole.
func taps(from, to int) (rows [][]tap, whole int) {
	rows = make([][]tap, to)
	if to <= from {
		for i := range rows {
			for j := i * from / to; j*to < (i+1)*from; j++ {
				shared := min((i+1)*from, (j+1)*to) - max(i*from, j*to)
				rows[i] = append(rows[i], tap{j, shared})
			}
		}
		return rows, from
	}
	whole = 2 * to
	for i := range rows {
		at := max(0, (2*i+1)*from-to) // the target's centre, in parts of whole from the first source centre
		j, part := at/whole, at%whole
		rows[i] = []tap{{j, whole - part}, {min(j+1, from-1), part}}
	}
	return rows, whole
}

// resize scales premultiplied pixels, in integers, so that every machine gives the same result.
func resize(src *image.RGBA, size image.Point) []uint8 {
	across, acrossWhole := taps(src.Rect.Dx(), size.X)
	down, downWhole := taps(src.Rect.Dy(), size.Y)
	rows := make([]int, src.Rect.Dy()*size.X*4) // in 256ths
	for y := range src.Rect.Dy() {
		for x, row := range across {
			for c := range 4 {
				sum := 0
				for _, t := range row {
					sum += t.weight * int(src.Pix[y*src.Stride+t.at*4+c])
				}
				rows[(y*size.X+x)*4+c] = (sum*256 + acrossWhole/2) / acrossWhole
			}
		}
	}
	out := make([]uint8, size.X*size.Y*4)
	for y, column := range down {
		for x := range size.X * 4 {
			sum := 0
			for _, t := range column {
				sum += t.weight * rows[t.at*size.X*4+x]
			}
			out[y*size.X*4+x] = uint8((sum + downWhole*128) / (downWhole * 256))
		}
	}
	return out
}
