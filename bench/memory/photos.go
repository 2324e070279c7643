package main

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
)

// full is slightly less than the maximum size of a photo file, in bytes.
const full = 10<<20 - 1<<10

// worstPhotos returns, by name, the photos of each format that need the most memory and that the service accepts, and
// decompression bombs, which it must reject.
func worstPhotos() map[string][]byte {
	big := jpegOf(ramp(8000, 6240))
	deep := image.NewNRGBA64(image.Rect(0, 0, 4000, 4000))
	for i := range deep.Pix {
		deep.Pix[i] = uint8(i >> 12)
	}
	clear := image.NewNRGBA(image.Rect(0, 0, 5700, 5700))
	for i := range clear.Pix {
		clear.Pix[i] = uint8(i >> 14)
	}
	return map[string][]byte{
		"jpeg-50-megapixels":     filled(big),
		"jpeg-50-on-its-side":    filled(segment(big, 0xe1, sideways)),
		"jpeg-24-megapixels":     filled(jpegOf(ramp(6000, 4000))),
		"jpeg-24-progressive":    filled(progressive(6000, 4000)),
		"png-16-bits-with-alpha": pngOf(deep),
		"png-with-alpha":         pngOf(clear),
		"bomb-png":               hugePNG(30_000, 30_000),
		"bomb-scans":             scanBomb(500),
		"bomb-zeros":             make([]byte, full),
	}
}

var sideways = append([]byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00"), make([]byte, 4)...)

func ramp(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{uint8(x * 255 / w), uint8(y * 255 / h), uint8(x ^ y), 255})
		}
	}
	return m
}

func jpegOf(m image.Image) []byte {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: 40}); err != nil {
		panic(err) // encoding into memory does not fail
	}
	return out.Bytes()
}

func pngOf(m image.Image) []byte {
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, m); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// segment returns a copy of a JPEG with a segment inserted after the first marker.
func segment(data []byte, marker byte, body []byte) []byte {
	head := append([]byte{0xff, marker}, binary.BigEndian.AppendUint16(nil, uint16(len(body)+2))...)
	return append(append(append(append([]byte{}, data[:2]...), head...), body...), data[2:]...)
}

// filled returns a copy of a JPEG that is padded with comments to about full bytes.
func filled(data []byte) []byte {
	const comment = 60_000
	var pad []byte
	for len(data)+len(pad)+comment+4 < full {
		pad = append(append(pad, 0xff, 0xfe, (comment+2)>>8, (comment+2)&0xff), make([]byte, comment)...)
	}
	return append(append(append([]byte{}, data[:2]...), pad...), data[2:]...)
}

func hugePNG(w, h uint32) []byte {
	body := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), w), h)
	body = append(body, 8, 6, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(body))
}

// scanBomb returns a progressive JPEG of 49 megapixels with the given number of scans.
func scanBomb(scans int) []byte {
	out := []byte{0xff, 0xd8, 0xff, 0xc2, 0, 11, 8, 7000 >> 8, 7000 & 0xff, 7000 >> 8, 7000 & 0xff, 1, 1, 0x11, 0}
	for range scans {
		out = append(out, 0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0, 0x55)
	}
	return append(out, 0xff, 0xd9)
}

// progressive returns a progressive JPEG of one colour, without subsampling. Each block has one bit in each scan.
func progressive(w, h int) []byte {
	out := append([]byte{0xff, 0xd8, 0xff, 0xdb, 0, 67, 0}, bytes.Repeat([]byte{8}, 64)...)
	out = append(out, 0xff, 0xc2, 0, 17, 8, byte(h>>8), byte(h), byte(w>>8), byte(w), 3)
	for c := range byte(3) {
		out = append(out, c+1, 0x11, 0)
	}
	for class := range byte(2) { // one code of one bit: no difference, and the end of a block
		out = append(append(out, 0xff, 0xc4, 0, 20, class<<4, 1), make([]byte, 16)...)
	}
	bits := make([]byte, (w+7)/8*((h+7)/8)/8+1)
	out = append(out, 0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 0, 0)
	out = append(append(append(out, bits...), bits...), bits...)
	for c := range byte(3) {
		out = append(append(out, 0xff, 0xda, 0, 8, 1, c+1, 0, 1, 63, 0), bits...)
	}
	return append(out, 0xff, 0xd9)
}
