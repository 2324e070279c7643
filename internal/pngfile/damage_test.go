package pngfile

import (
	"bytes"
	"errors"
	"image"
	"testing"

	"newsroom.example/cards/internal/scene"
)

// split returns a file whose pixels are in chunks of so many bytes.
func split(t *testing.T, data []byte, size int) []byte {
	t.Helper()
	p := opened(t, data)
	var packed []byte
	for c := range p.chunks(p.first) {
		if c.is("IDAT") {
			packed = append(packed, c.body()...)
		}
	}
	out := bytes.Clone(data[:p.first])
	for ; len(packed) > size; packed = packed[size:] {
		out = append(out, scene.PNGChunk("IDAT", packed[:size])...)
		out = append(out, scene.PNGChunk("tEXt", []byte("a\x00b"))...)
	}
	return append(append(out, scene.PNGChunk("IDAT", packed)...), scene.PNGChunk("IEND", nil)...)
}

// TestSplitsAreTheSame: it does not matter how the pixels are cut into chunks, nor whether a second goroutine helps.
func TestSplitsAreTheSame(t *testing.T) {
	data := scene.PNG(scene.Photo(500, 300, 9, 4))
	want := whole(t, data, 1).(*image.RGBA)
	for _, size := range []int{1, 2, 3, 23, 24, 25, 1000, 8192} {
		p := opened(t, split(t, data, size))
		for _, pair := range []bool{false, true} {
			m, rows, err := p.Decode(image.Rectangle{Max: p.Scaled(1)}, 1, pair)
			if err != nil || rows != 300 || !bytes.Equal(m.(*image.RGBA).Pix, want.Pix) {
				t.Errorf("chunks of %d bytes, pair %t: %d rows, %v", size, pair, rows, err)
			}
		}
	}
}

// TestRowsUpToTheEnd: of a file that is cut short, as many rows have data as its pixels are there for, and they are the
// same.
func TestRowsUpToTheEnd(t *testing.T) {
	for name, data := range map[string][]byte{
		"in rows":    scene.PNG(scene.Photo(200, 160, 30, 2)),
		"interlaced": kind{colour: typeRGB, depth: 8, interlaced: true, w: 61, h: 80}.file(t, 1),
	} {
		want, before := whole(t, data, 0), 0
		for n := opened(t, data).first + 20; n < len(data); n += 1 + len(data)/97 {
			p := opened(t, data[:n])
			m, rows, err := p.Decode(want.Bounds(), 0, n%2 == 0)
			if err != nil || !p.Cut() || rows < before {
				t.Fatalf("%s, %d of %d bytes: cut %t, %d rows after %d, %v", name, n, len(data), p.Cut(), rows, before, err)
			}
			top := image.Rect(0, 0, p.Size.X, rows)
			if before = rows; rows > 0 && !same(t, m.(*image.RGBA).SubImage(top), want.(*image.RGBA).SubImage(top)) {
				t.Fatalf("%s, %d of %d bytes: other pixels", name, n, len(data))
			}
		}
		if before < opened(t, data).Size.Y*9/10 {
			t.Errorf("%s: only %d rows at the end", name, before)
		}
	}
}

// TestRegionsAboveTheDamage: what is above a damage does not depend on it.
func TestRegionsAboveTheDamage(t *testing.T) {
	data := scene.PNG(scene.Photo(200, 160, 30, 2))
	p := opened(t, data[:len(data)/2])
	m, rows, err := p.Decode(image.Rect(10, 5, 90, 40), 0, false)
	want := whole(t, data, 0).(*image.RGBA).SubImage(image.Rect(10, 5, 90, 40))
	if err != nil || rows < 40 || !same(t, m, want) {
		t.Errorf("%d rows, %v", rows, err)
	}
}

// TestChecksums: one wrong checksum of the pixels is overlooked, two are not.
func TestChecksums(t *testing.T) {
	data := scene.PNG(scene.Photo(60, 50, 9, 2))
	p := opened(t, data)
	c, _ := chunkAt(p.data, p.first)
	body := bytes.Clone(c.body())
	body[len(body)-1] ^= 1 // of the Adler-32, whose chunk is the last one
	adler := append(append(data[:p.first:p.first], scene.PNGChunk("IDAT", body)...), data[p.first+chunkSize+c.n:]...)
	crc := bytes.Clone(data)
	crc[p.first+8+c.n] ^= 1
	both := bytes.Clone(adler)
	both[p.first+8+c.n] ^= 1
	for name, tt := range map[string]struct {
		data []byte
		want error
	}{"neither": {data, nil}, "Adler-32": {adler, nil}, "CRC": {crc, nil}, "both": {both, ErrInvalid}} {
		_, _, err := opened(t, tt.data).Decode(image.Rect(0, 0, 60, 50), 0, false)
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestRefused: what is no PNG, or has nothing to show, is an error.
func TestRefused(t *testing.T) {
	whole := scene.PNG(scene.Photo(20, 10, 9, 2))
	wide := bytes.Clone(whole)
	wide[len(signature)+8] ^= 1 // its checksum is wrong now
	end := scene.PNGChunk("IEND", nil)
	for name, tt := range map[string]struct {
		data []byte
		want error
	}{
		"nothing": {nil, ErrShort}, "half a header": {whole[:20], ErrShort}, "a wrong header": {wide, ErrInvalid},
		"no size": {append(scene.PNGHead(0, 9), end...), ErrInvalid}, "no pixels": {append(scene.PNGHead(9, 9), end...), ErrInvalid},
		"a header alone": {scene.PNGHead(9, 9), ErrShort}, "another format": {append([]byte("GIF89a"), whole...), ErrInvalid},
	} {
		if _, err := Open(tt.data); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
}
