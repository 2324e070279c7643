package pngfile

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"image"
	"image/draw"
	"math/rand/v2"
	"testing"

	"newsroom.example/cards/internal/scene"
)

// kind is a kind of file.
type kind struct {
	colour, depth int
	interlaced    bool
	key           bool // there is a chunk tRNS
	w, h          int
}

func (k kind) String() string {
	return fmt.Sprintf("colour type %d, %d bits, interlaced %t, transparent colour %t, %dx%d",
		k.colour, k.depth, k.interlaced, k.key, k.w, k.h)
}

// file makes a file of random pixels, in which neighbours are alike. Its rows have all filters.
func (k kind) file(t testing.TB, seed uint64) []byte {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 3))
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(k.w)), uint32(k.h))
	interlace := byte(0)
	if k.interlaced {
		interlace = 1
	}
	out := append([]byte(signature), scene.PNGChunk("IHDR", append(head, byte(k.depth), byte(k.colour), 0, 0, interlace))...)
	h, err := ReadHead(out)
	if err != nil {
		t.Fatal(err)
	}
	if k.colour == typePalette {
		palette := make([]byte, 3*max(2, 1<<k.depth*3/4))
		for i := range palette {
			palette[i] = byte(r.Uint32())
		}
		out = append(out, scene.PNGChunk("PLTE", palette)...)
	}
	if k.key {
		alpha := []byte{0, 1, 0, 2, 0, 3}[:2*min(3, h.Channels)]
		if k.colour == typePalette {
			alpha = []byte{255, 0, 90}[:min(3, 1<<k.depth)]
		}
		out = append(out, scene.PNGChunk("tRNS", alpha)...)
	}
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	for _, p := range h.passes() {
		size := p.size(h.Size)
		row := make([]byte, 1+h.rowBytes(size.X))
		for y := range size.Y {
			for i := range row {
				row[i] = byte(r.IntN(7) * r.IntN(3))
				if k.depth < 8 || i%50 > 40 {
					row[i] = byte(r.Uint32())
				}
			}
			row[0] = byte(r.IntN(filters))
			if y > 0 && y%9 < 4 {
				row[0] = filterPaeth
			}
			_, _ = z.Write(row)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	data := packed.Bytes()
	for n := 1 + r.IntN(len(data)); len(data) > 0; n = 1 + r.IntN(1+len(data)) {
		n = min(n, len(data))
		out = append(out, scene.PNGChunk("IDAT", data[:n])...)
		data = data[n:]
	}
	return append(out, scene.PNGChunk("IEND", nil)...)
}

// kinds has every colour type and depth, interlaced or not, with a transparent colour and without, in some sizes.
func kinds() (all []kind) {
	for _, size := range [][2]int{{1, 1}, {3, 2}, {37, 29}, {130, 17}} {
		for colour, depths := range map[int][]int{
			typeGrey: {1, 2, 4, 8, 16}, typeRGB: {8, 16}, typePalette: {1, 2, 4, 8}, typeGreyAlpha: {8, 16}, typeRGBA: {8, 16},
		} {
			for _, depth := range depths {
				for _, interlaced := range []bool{false, true} {
					all = append(all, kind{colour, depth, interlaced, false, size[0], size[1]})
					if colour <= typePalette {
						all = append(all, kind{colour, depth, interlaced, true, size[0], size[1]})
					}
				}
			}
		}
	}
	return all
}

// cutOut returns a picture with opaque, clear and soft parts.
func cutOut(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(m, m.Rect, scene.Photo(w, h, 9, 2), image.Point{}, draw.Src)
	for i := 3; i < len(m.Pix); i += 4 {
		switch x := i / 4 % w; {
		case x < w/4:
			m.Pix[i] = 0
		case x < w/2:
			m.Pix[i] = uint8(255 * (x - w/4) / (w/2 - w/4))
		}
	}
	return m
}

// files returns a file of each kind, by its name.
func files(t testing.TB) map[string][]byte {
	out := map[string][]byte{
		"photo": scene.PNG(scene.Photo(301, 203, 9, 1)), "cut out": scene.PNG(cutOut(93, 71)),
	}
	for i, k := range kinds() {
		out[k.String()] = k.file(t, uint64(i))
	}
	return out
}
