package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/scene"
)

// Sizes in a PNG (PNG specification, section 5).
const (
	pngSignature = 8
	pngChunk     = 12 // bytes of a chunk beside its body
)

// chunkAt returns the offset of the first chunk of the name in a PNG.
func chunkAt(t testing.TB, data []byte, name string) int {
	t.Helper()
	for at := pngSignature; at < len(data); at += pngChunk + int(binary.BigEndian.Uint32(data[at:])) {
		if string(data[at+4:at+8]) == name {
			return at
		}
	}
	t.Fatalf("no chunk %s", name)
	return 0
}

// without returns a PNG without its first chunk of the name, and the chunk.
func without(t testing.TB, data []byte, name string) (rest, chunk []byte) {
	at := chunkAt(t, data, name)
	n := pngChunk + int(binary.BigEndian.Uint32(data[at:]))
	return insert(data, at, n), bytes.Clone(data[at : at+n])
}

// palettePNG returns a PNG with a palette of which one colour is transparent.
func palettePNG(w, h int) []byte {
	m := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{
		color.NRGBA{200, 30, 40, 255}, color.NRGBA{}, color.NRGBA{10, 60, 200, 255},
	})
	for i := range m.Pix {
		m.Pix[i] = uint8(i * i / 7 % 3)
	}
	return scene.PNG(m)
}

// TestMendedPNGs: a fault that leaves the pixels alone changes nothing.
func TestMendedPNGs(t *testing.T) {
	plain, palette := scene.PNG(scene.Photo(90, 70, 9, 2)), palettePNG(50, 40)
	withText := withChunk(plain, "tEXt", []byte("Title\x00Harbour"))
	badText := bytes.Clone(withText)
	badText[chunkAt(t, badText, "tEXt")+10] ^= 1
	badEnd := bytes.Clone(plain)
	badEnd[len(badEnd)-1] ^= 1
	rest, alpha := without(t, palette, "tRNS")
	before := insert(rest, chunkAt(t, rest, "PLTE"), 0, alpha...)
	after := insert(rest, chunkAt(t, rest, "IEND"), 0, alpha...)
	idat, end := chunkAt(t, plain, "IDAT"), chunkAt(t, plain, "IEND")
	body := bytes.Clone(plain[idat+8 : end-4])
	body[len(body)-1] ^= 5 // the Adler-32 is the last word of the last chunk
	badSum := append(append(plain[:idat:idat], scene.PNGChunk("IDAT", body)...), plain[end:]...)
	badCRC := bytes.Clone(plain)
	badCRC[end-1] ^= 1
	for why, tt := range map[string]struct{ data, of []byte }{
		"a wrong checksum of a text":          {badText, plain},
		"a wrong checksum of the end":         {badEnd, plain},
		"no end":                              {plain[:end], plain},
		"half an end":                         {plain[:end+5], plain},
		"transparency before the palette":     {before, palette},
		"transparency behind the pixels":      {after, palette},
		"a wrong checksum of the rows":        {badSum, plain},
		"a wrong checksum of the chunk":       {badCRC, plain},
		"no checksum of the chunk and no end": {plain[:end-4], plain},
		"interlaced, no end":                  {interlaced(33, 21)[:len(interlaced(33, 21))-12], interlaced(33, 21)},
	} {
		if _, err := png.Decode(bytes.NewReader(tt.data)); err == nil && !strings.Contains(why, "transparency behind") {
			t.Errorf("%s: there is no fault", why)
		}
		cut, err := opensCut(t, tt.data)
		if err != nil || cut {
			t.Errorf("%s: cut %t, %v", why, cut, err)
			continue
		}
		if !bytes.Equal(decoded(t, tt.data).(*image.RGBA).Pix, decoded(t, tt.of).(*image.RGBA).Pix) {
			t.Errorf("%s: other pixels", why)
		}
	}
	both := bytes.Clone(badSum)
	both[chunkAt(t, both, "IEND")-1] ^= 1
	if _, err := opensCut(t, both); !errors.Is(err, ErrInvalid) {
		t.Errorf("both checksums wrong: %v", err)
	}
}

// TestPNGKinds: the files of testdata/png, which other encoders have written, have the pixels that image/png sees.
func TestPNGKinds(t *testing.T) {
	paths, err := filepath.Glob("testdata/png/*.png")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files, %v", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if got := decoded(t, data); apart(t, got, got.Bounds(), want, want.Bounds()) != 0 {
			t.Errorf("%s: other pixels", path)
		}
	}
}

// TestPNGsCutShort: the rows that exist are shown, if they are most of the picture.
func TestPNGsCutShort(t *testing.T) {
	whole := scene.PNG(scene.Photo(200, 160, 30, 2))
	interlaced, err := os.ReadFile("testdata/png/interlaced-rgb.png")
	if err != nil {
		t.Fatal(err)
	}
	for why, data := range map[string][]byte{"in rows": whole, "interlaced": interlaced} {
		want := decoded(t, data)
		for _, share := range []int{99, 90} {
			part := data[:len(data)*share/100]
			cut, err := opensCut(t, part)
			if err != nil || !cut {
				t.Errorf("%s, %d %%: cut %t, %v", why, share, cut, err)
				continue
			}
			got, high := decoded(t, part), want.Bounds().Dy()
			if h := got.Bounds().Dy(); h < high*6/10 || share == 99 && h < high*9/10 || h > high || h == high && share == 90 {
				t.Errorf("%s, %d %%: %d of %d rows", why, share, h, high)
			}
			if d := apart(t, got, got.Bounds(), want, got.Bounds()); d != 0 {
				t.Errorf("%s, %d %%: %.2f apart", why, share, d)
			}
		}
		if _, err := opensCut(t, data[:len(data)/2]); !errors.Is(err, fault.ErrSourceIncomplete) {
			t.Errorf("half, %s: %v", why, err)
		}
	}
}
