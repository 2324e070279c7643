package fetch

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"net/http"
	"os"
	"testing"

	"newsroom.example/cards/internal/photo"
)

// photoFormat is the service's Format.
type photoFormat struct{}

func (photoFormat) Sniff(beginning []byte) (bool, error) { return photo.Sniff(beginning) }
func (photoFormat) Inspect(body []byte) (Info, error)    { return photo.Inspect(body) }

func onePixel(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewRGBA(image.Rect(0, 0, 4, 3))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// serves answers every request with the photo.
func serves(photo []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(photo) }
}

func jpegOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func noisy(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	state := uint32(1)
	for i := range m.Pix {
		state = state*1664525 + 1013904223
		m.Pix[i] = uint8(state >> 24)
	}
	for i := 3; i < len(m.Pix); i += 4 {
		m.Pix[i] = 255
	}
	return m
}

// chunk is a PNG chunk.
func chunk(name string, body []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(append(out, name...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

func hugePNG(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	return append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(head, 8, 6, 0, 0, 0))...)
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// filesOf are whole photos, by format.
func filesOf(t *testing.T) map[string][]byte {
	t.Helper()
	webp, err := os.ReadFile("../photo/testdata/bars.webp")
	if err != nil {
		t.Fatal(err)
	}
	var still bytes.Buffer
	frame := image.NewPaletted(image.Rect(0, 0, 40, 30), color.Palette{color.Black, color.White})
	for i := range frame.Pix {
		frame.Pix[i] = uint8(i * i >> 3 & 1)
	}
	if err := gif.Encode(&still, frame, nil); err != nil {
		t.Fatal(err)
	}
	photo, drawing := jpegOf(t, noisy(320, 200)), pngOf(t, noisy(40, 30))
	return map[string][]byte{"jpeg": photo, "png": drawing, "gif": still.Bytes(), "webp": webp}
}
