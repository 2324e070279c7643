package webp

import (
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"runtime"
	"testing"
)

// riff returns a WebP of chunks.
func riff(chunks ...[]byte) []byte {
	out := []byte("RIFF\x00\x00\x00\x00WEBP")
	for _, c := range chunks {
		out = append(out, c...)
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out
}

func chunk(name string, body []byte) []byte {
	out := append(binary.LittleEndian.AppendUint32([]byte(name), uint32(len(body))), body...)
	return append(out, make([]byte, len(body)%2)...)
}

// vp8 returns a key frame of a size whose first partition says that it has so many bytes.
func vp8(w, h, first int, rest []byte) []byte {
	out := []byte{byte(first << 5), byte(first >> 3), byte(first >> 11), 0x9d, 1, 0x2a, byte(w), byte(w >> 8), byte(h), byte(h >> 8)}
	return append(out, rest...)
}

// vp8l returns a lossless picture of a size.
func vp8l(w, h int, rest []byte) []byte {
	v := uint32(w-1) | uint32(h-1)<<14
	return append(binary.LittleEndian.AppendUint32([]byte{0x2f}, v), rest...)
}

// TestHostile: files that lie are refused, or end early, and take no memory beyond what Bytes says.
func TestHostile(t *testing.T) {
	noise := make([]byte, 900)
	for i := range noise {
		noise[i] = byte(i*i*7 + i>>3)
	}
	for why, data := range map[string][]byte{
		"no pixels":                     riff(chunk("VP8 ", vp8(0, 9, 0, noise))),
		"the largest lossy picture":     riff(chunk("VP8 ", vp8(16383, 16383, 400, noise))),
		"48 megapixels, lossy":          riff(chunk("VP8 ", vp8(8000, 6000, 400, noise))),
		"the largest lossless picture":  riff(chunk("VP8L", vp8l(16384, 16384, noise))),
		"48 megapixels, lossless":       riff(chunk("VP8L", vp8l(8000, 6000, noise))),
		"a first partition beyond":      riff(chunk("VP8 ", vp8(64, 64, 60000, noise))),
		"no first partition":            riff(chunk("VP8 ", vp8(64, 64, 0, nil))),
		"an interframe":                 riff(chunk("VP8 ", append([]byte{1}, vp8(64, 64, 10, noise)[1:]...))),
		"no chunk":                      riff(),
		"a chunk of 4 GB":               append(riff(), "ABCD\xff\xff\xff\xff"...),
		"VP8X and nothing":              riff(chunk("VP8X", make([]byte, 10))),
		"VP8X of another size":          riff(chunk("VP8X", make([]byte, 10)), chunk("VP8 ", vp8(64, 64, 400, noise))),
		"a short VP8X":                  riff(chunk("VP8X", make([]byte, 9))),
		"an empty frame":                riff(chunk("VP8X", make([]byte, 10)), chunk("ANMF", nil)),
		"lossless of another version":   riff(chunk("VP8L", []byte{0x2f, 0, 0, 0, 0xe0, 0, 0, 0})),
		"lossless without a signature":  riff(chunk("VP8L", noise)),
		"alpha of an unknown kind":      riff(chunk("ALPH", []byte{2, 0}), chunk("VP8 ", vp8(64, 64, 400, noise))),
		"an empty ALPH":                 riff(chunk("ALPH", nil), chunk("VP8 ", vp8(64, 64, 400, noise))),
		"alpha of too few bytes":        riff(chunk("ALPH", []byte{0, 1, 2, 3}), chunk("VP8 ", vp8(64, 64, 400, noise))),
		"a frame beyond the canvas":     riff(chunk("VP8X", make([]byte, 10)), chunk("ANMF", append(make([]byte, 16), chunk("VP8 ", vp8(64, 64, 400, noise))...))),
		"lossless of nothing but zeros": riff(chunk("VP8L", vp8l(2000, 1500, make([]byte, 40)))),
	} {
		p, err := Open(data)
		if err != nil {
			continue
		}
		region := image.Rectangle{Max: p.Size()}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, rows, err := p.Decode(region, 0, false)
		runtime.ReadMemStats(&after)
		if n := int64(after.TotalAlloc - before.TotalAlloc); n > p.Bytes(region, 0)+1<<20 {
			t.Errorf("%s: %d bytes, %d estimated", why, n, p.Bytes(region, 0))
		}
		if err == nil && rows > p.Size().Y {
			t.Errorf("%s: %d rows", why, rows)
		}
	}
}

// TestTakesWhatItSays: whole files take no more memory than Bytes says, on two goroutines too.
func TestTakesWhatItSays(t *testing.T) {
	for name, data := range testFiles(t) {
		p, err := Open(data)
		if err != nil {
			t.Fatal(name, err)
		}
		for shrink := range MaxShrink + 1 {
			region := image.Rectangle{Max: p.Scaled(shrink)}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			decoded(t, p, region, shrink, true)
			runtime.ReadMemStats(&after)
			if n := int64(after.TotalAlloc - before.TotalAlloc); n > p.Bytes(region, shrink)+256<<10 {
				t.Errorf("%s at 1/%d: %d bytes, %d estimated", name, 1<<shrink, n, p.Bytes(region, shrink))
			}
		}
	}
}

// TestClaims: a file of 1,000 bytes that claims 48 megapixels is refused by its header.
func TestClaims(t *testing.T) {
	for why, body := range map[string][]byte{
		"lossy":    chunk("VP8 ", vp8(8000, 6000, 900, make([]byte, 960))),
		"lossless": chunk("VP8L", vp8l(8000, 6000, make([]byte, 960))),
	} {
		if _, err := Open(riff(body)); err == nil || errors.Is(err, ErrIncomplete) {
			t.Errorf("%s: %v", why, err)
		}
	}
}

// bitWriter writes the bits of a lossless picture.
type bitWriter struct {
	out []byte
	n   int
}

func (w *bitWriter) write(v uint32, bits int) {
	for i := range bits {
		if w.n%8 == 0 {
			w.out = append(w.out, 0)
		}
		w.out[w.n/8] |= byte(v>>i&1) << (w.n % 8)
		w.n++
	}
}

// only writes codes of one symbol each, for green, red, blue, alpha and distances.
func (w *bitWriter) only(symbols ...uint32) {
	for _, symbol := range symbols {
		w.write(0b101, 3) // simple, one symbol, of eight bits
		w.write(symbol, 8)
	}
}

// TestManyCodes: a picture that says that it has 65,536 groups of codes is refused; one of one group is not.
func TestManyCodes(t *testing.T) {
	for groups, ok := range map[uint32]bool{1: true, 65_536: false} {
		w := &bitWriter{}
		w.write(0, 2) // no transform, no cache
		w.write(1, 1) // several groups
		w.write(0, 3) // tiles of four pixels a side
		w.write(0, 1) // no cache
		w.only((groups-1)&0xff, (groups-1)>>8, 0, 255, 0)
		w.only(10, 20, 30, 255, 0)
		p, err := Open(riff(chunk("VP8L", append(vp8l(16, 16, nil), w.out...))))
		if err != nil {
			t.Fatal(err)
		}
		m, rows, err := p.Decode(image.Rect(0, 0, 16, 16), 0, false)
		if ok != (err == nil) || ok && (rows != 16 || m.(*image.RGBA).RGBAAt(3, 3) != color.RGBA{20, 10, 30, 255}) {
			t.Errorf("%d groups: %d rows, %v", groups, rows, err)
		}
	}
}
