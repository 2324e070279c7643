package photo

import (
	"bytes"
	"compress/lzw"
	"encoding/binary"
	"fmt"
	"image"
	"image/draw"
	"image/gif"
	"io"

	"newsroom.example/cards/internal/fault"
)

// decodeGIF decodes the first frame of a GIF, on its canvas. Of one that is cut short the rows that exist are returned,
// if there are enough of them, and cut is true.
func decodeGIF(f *file) (img image.Image, cut bool, err error) {
	frame, err := gif.Decode(f)
	if err != nil && !firstFrameEnds(f.data) {
		return mendedGIF(f.data)
	}
	if err != nil {
		return nil, false, err
	}
	img, err = onGIFCanvas(frame, f.data)
	return img, false, err
}

// onGIFCanvas puts the first frame of a GIF at its place.
func onGIFCanvas(frame image.Image, data []byte) (image.Image, error) {
	canvas, err := gif.DecodeConfig(bytes.NewReader(data))
	if err != nil || frame.Bounds().Empty() {
		return frame, err
	}
	return onCanvas(frame, frame.Bounds().Min, image.Pt(canvas.Width, canvas.Height)), nil
}

// mendedGIF decodes a file that ends within its first frame: the pixels that exist are packed again, with those that
// are missing.
func mendedGIF(data []byte) (img image.Image, cut bool, err error) {
	descriptor, at := firstFrame(data)
	if descriptor == nil || at >= len(data) || data[at] < 2 || data[at] > 8 {
		return nil, true, fmt.Errorf("before its first frame: %w", fault.ErrSourceIncomplete)
	}
	frame := frameRect(descriptor)
	canvas := image.Pt(int(binary.LittleEndian.Uint16(data[6:])), int(binary.LittleEndian.Uint16(data[8:])))
	if frame.Empty() || !frame.In(image.Rectangle{Max: canvas}) {
		return nil, true, fmt.Errorf("a frame at %v of %v: %w", frame, canvas, fault.ErrSourceIncomplete)
	}
	w, h, width := frame.Dx(), frame.Dy(), int(data[at])
	pixels := make([]byte, w*h)
	n, _ := io.ReadFull(lzw.NewReader(bytes.NewReader(unblocked(data[at+1:])), lzw.LSB, width), pixels)
	if n*10 < len(pixels)*usableRows {
		return nil, true, fmt.Errorf("%d of %d pixels: %w", n, len(pixels), fault.ErrSourceIncomplete)
	}
	rows := n / w
	interlaced := descriptor[9]&0x40 != 0
	if interlaced {
		repeatRows(pixels, w, h, rows)
	}
	whole := bytes.NewBuffer(bytes.Clone(data[:at+1]))
	packer := lzw.NewWriter(&blocks{out: whole}, lzw.LSB, width)
	if _, err := packer.Write(pixels); err != nil {
		return nil, true, err
	}
	if err := packer.Close(); err != nil {
		return nil, true, err
	}
	whole.WriteString("\x00\x3b")
	if img, err = gif.Decode(whole); err != nil {
		return nil, true, err
	}
	if img, err = onGIFCanvas(img, data); err != nil || interlaced {
		return img, true, err
	}
	b := img.Bounds()
	return partOf(img, image.Rect(b.Min.X, b.Min.Y, b.Max.X, b.Min.Y+frame.Min.Y+rows)), true, nil
}

// frameRect returns the place of a frame on the canvas.
func frameRect(descriptor []byte) image.Rectangle {
	at := func(i int) int { return int(binary.LittleEndian.Uint16(descriptor[i:])) }
	return image.Rect(at(1), at(3), at(1)+at(5), at(3)+at(7))
}

// gifPasses has the first row and the distance of the rows of each pass (GIF89a specification, appendix E).
var gifPasses = [][2]int{{0, 8}, {4, 8}, {2, 4}, {1, 2}}

// repeatRows fills the rows of an interlaced picture that do not exist with those above them. The rows are in the order
// of the file, of which have exist.
func repeatRows(pixels []byte, w, h, have int) {
	order := make([]int, 0, h) // the row of the picture of each row of the file
	place := make([]int, h)    // its inverse
	for _, pass := range gifPasses {
		for y := pass[0]; y < h; y += pass[1] {
			place[y] = len(order)
			order = append(order, y)
		}
	}
	for i := have; i < h; i++ {
		y := order[i]
		for y > 0 && place[y] >= have {
			y--
		}
		copy(pixels[i*w:(i+1)*w], pixels[place[y]*w:])
	}
}

// unblocked returns the data of a sequence of blocks, as far as they exist.
func unblocked(data []byte) (out []byte) {
	for len(data) > 0 && data[0] > 0 {
		n := min(int(data[0]), len(data)-1)
		out = append(out, data[1:1+n]...)
		data = data[1+n:]
	}
	return out
}

// blocks writes data as blocks of at most 255 bytes.
type blocks struct{ out *bytes.Buffer }

// Write implements io.Writer.
func (b *blocks) Write(data []byte) (int, error) {
	for part := data; len(part) > 0; {
		n := min(255, len(part))
		b.out.WriteByte(byte(n))
		b.out.Write(part[:n])
		part = part[n:]
	}
	return len(data), nil
}

// onCanvas returns a picture that fills the canvas: the frame at its place, and around it nothing, which is
// transparent.
func onCanvas(frame image.Image, at, canvas image.Point) image.Image {
	b := frame.Bounds()
	if b.Size() == canvas {
		return frame
	}
	whole := image.NewNRGBA(image.Rectangle{Max: canvas})
	draw.Draw(whole, image.Rectangle{at, at.Add(b.Size())}, frame, b.Min, draw.Src)
	return whole
}
