package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"slices"

	"golang.org/x/image/webp"

	"newsroom.example/cards/internal/fault"
)

// paddings are bytes with which a WebP that is cut short is completed. Pictures with different paddings are equal only
// up to the end of the file.
var paddings = []byte{0x00, 0x55, 0xaa, 0xff}

// mendedWebP decodes a file that ends before its picture does, with two different paddings, and returns the rows that
// are equal. cut is false if the picture is complete.
func mendedWebP(data []byte) (img image.Image, cut bool, err error) {
	frame, missing, ok := cutFrame(data)
	if !ok || missing > maxMissing {
		return nil, true, fmt.Errorf("before its picture: %w", fault.ErrSourceIncomplete)
	}
	there := frame.picture
	var both []image.Image
	for _, pad := range paddings {
		// Padding may need more bits than the picture had.
		frame.picture = append(slices.Clip(there), bytes.Repeat([]byte{pad}, 4*int(missing)+64<<10)...)
		m, problem := decodeStill(bytes.NewReader(frame.file()))
		if err = errors.Join(err, problem); problem != nil {
			continue
		}
		if both = append(both, m); len(both) == 2 {
			break
		}
	}
	if len(both) < 2 {
		return nil, true, fmt.Errorf("%w: %w", fault.ErrSourceIncomplete, err)
	}
	a, b := both[0], both[1]
	rows := equalRows(a, b)
	if rows < a.Bounds().Dy() {
		rows &^= 15 // whole blocks
		if a, err = firstRows(a, rows); err != nil {
			return nil, true, err
		}
	}
	if frame.at != (image.Point{}) || frame.size != frame.canvas {
		a = onCanvas(a, frame.at, frame.canvas)
	}
	return a, true, nil
}

// cutFrame returns the picture of a file that ends within it, and how many bytes of it are missing. Its sizes are those
// of the header.
func cutFrame(data []byte) (f webpFrame, missing int64, ok bool) {
	cfg, err := webp.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return f, 0, false
	}
	f.canvas = image.Pt(cfg.Width, cfg.Height)
	f.size = f.canvas
	for rest := data[min(webpHeader, len(data)):]; len(rest) > chunkHeader; {
		name, n := string(rest[:4]), uint64(binary.LittleEndian.Uint32(rest[4:]))
		body := rest[chunkHeader:]
		switch {
		case name == "ANMF" && len(body) > frameBytes:
			f.place(body)
			rest = body[frameBytes:]
			continue
		case name == "VP8 " || name == "VP8L":
			f.name, f.picture = name, body[:min(n, uint64(len(body)))]
			return f, int64(n) - int64(len(f.picture)), true
		case n+n%2 > uint64(len(body)):
			return f, 0, false
		case name == "ALPH":
			f.alpha = body[:n]
		}
		rest = body[n+n%2:]
	}
	return f, 0, false
}

// maxMissing is the most bytes of a picture that may be missing. Of a file of at most 10 MiB enough is not there with
// more.
const maxMissing = 7 << 20

// equalRows returns the number of rows, from the top, that are equal in both pictures.
func equalRows(a, b image.Image) int {
	rows := a.Bounds().Dy()
	switch a := a.(type) {
	case *image.YCbCr:
		return sameRows(a.Y, b.(*image.YCbCr).Y, a.YStride, rows)
	case *image.NYCbCrA:
		return sameRows(a.Y, b.(*image.NYCbCrA).Y, a.YStride, rows)
	case *image.NRGBA:
		return sameRows(a.Pix, b.(*image.NRGBA).Pix, a.Stride, rows)
	}
	return 0
}

// sameRows compares planes.
func sameRows(a, b []uint8, stride, rows int) int {
	for y := range rows {
		from, to := y*stride, min((y+1)*stride, len(a))
		if !bytes.Equal(a[from:to], b[from:to]) {
			return y
		}
	}
	return rows
}
