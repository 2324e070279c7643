package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"os/exec"
	"path/filepath"
	"testing"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/scene"
)

// chunk returns a chunk of a WebP file.
func chunk(name string, body ...[]byte) []byte {
	all := bytes.Join(body, nil)
	out := append(binary.LittleEndian.AppendUint32([]byte(name), uint32(len(all))), all...)
	return append(out, make([]byte, len(all)%2)...)
}

// Flags of the chunk VP8X (RFC 9649, section 2.7).
const (
	webpAnimation = 0x02
	webpAlpha     = 0x10
)

func riff(chunks ...[]byte) []byte {
	all := append([]byte("WEBP"), bytes.Join(chunks, nil)...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(all))), all...)
}

func of24(numbers ...int) (out []byte) {
	for _, n := range numbers {
		out = append(out, byte(n), byte(n>>8), byte(n>>16))
	}
	return out
}

// features returns the chunk VP8X.
func features(flags byte, canvas image.Point) []byte {
	return chunk("VP8X", []byte{flags, 0, 0, 0}, of24(canvas.X-1, canvas.Y-1))
}

// anmf returns the chunk of a frame of an animation.
func anmf(at, size image.Point, chunks ...[]byte) []byte {
	return chunk("ANMF", of24(at.X/2, at.Y/2, size.X-1, size.Y-1, 100), []byte{0}, bytes.Join(chunks, nil))
}

// TestAnimatedWebP: the first frame is shown at its place on the canvas, and later frames may be missing.
func TestAnimatedWebP(t *testing.T) {
	bars := scene.WebP()
	picture := chunk("VP8 ", chunkOfWebP(bars, "VP8 "))
	info, err := Inspect(bars)
	if err != nil {
		t.Fatal(err)
	}
	size := image.Pt(info.Width, info.Height)
	loop := chunk("ANIM", make([]byte, 6))
	second := anmf(image.Point{}, size, picture)
	whole := riff(features(webpAnimation, size), loop, anmf(image.Point{}, size, picture), second)
	for name, data := range map[string][]byte{
		"whole": whole, "cut in the second frame": whole[:len(whole)-len(second)/2], "without the second frame": whole[:len(whole)-len(second)],
		"one frame":                      riff(features(webpAnimation, size), loop, anmf(image.Point{}, size, picture)),
		"other chunks before":            riff(features(webpAnimation, size), chunk("ICCP", []byte("x")), loop, anmf(image.Point{}, size, chunk("UNKN", []byte("abc")), picture)),
		"still":                          riff(features(0, size), picture),
		"still, with a promise of alpha": riff(features(webpAlpha, size), picture),
		"still, cut in what follows":     riff(features(0, size), picture, chunk("EXIF", make([]byte, 400)))[:len(picture)+100],
	} {
		got := decoded(t, data)
		if got.Bounds().Size() != size {
			t.Errorf("%s: %v", name, got.Bounds())
		}
		for i, want := range []color.RGBA{{0, 0, 0, 255}, {255, 255, 255, 255}, {255, 1, 0, 255}, {0, 0, 255, 255}} {
			if c := got.At(16+32*i, 16).(color.RGBA); !alike(c, want) {
				t.Errorf("%s: bar %d: %v, want %v", name, i, c, want)
			}
		}
	}
	canvas, at := size.Add(image.Pt(40, 20)), image.Pt(30, 10)
	moved := decoded(t, riff(features(webpAnimation, canvas), loop, anmf(at, size, picture)))
	if c := moved.At(at.X+16+64, at.Y+16).(color.RGBA); moved.Bounds().Size() != canvas || !alike(c, color.RGBA{255, 1, 0, 255}) {
		t.Errorf("on a canvas of %v: %v", moved.Bounds(), c)
	}
	for name, data := range map[string][]byte{
		"beyond the canvas": riff(features(webpAnimation, size), loop, anmf(image.Pt(2, 0), size, picture)),
		"without a frame":   riff(features(webpAnimation, size), loop),
		"of another size":   riff(features(webpAnimation, size), loop, anmf(image.Point{}, size.Sub(image.Pt(1, 0)), picture)),
		"an empty frame":    riff(features(webpAnimation, size), loop, chunk("ANMF")),
	} {
		if _, err := opensCut(t, data); !errors.Is(err, ErrInvalid) && !errors.Is(err, fault.ErrSourceIncomplete) {
			t.Errorf("a frame %s: %v", name, err)
		}
	}
	if _, err := opensCut(t, whole[:len(whole)-len(second)-40]); !errors.Is(err, fault.ErrSourceIncomplete) {
		t.Errorf("cut in the first frame: %v", err)
	}
}

// TestGIFOnItsCanvas: a first frame that is smaller than the canvas is shown at its place, so that the photo has the size
// that its header says.
func TestGIFOnItsCanvas(t *testing.T) {
	small := image.NewPaletted(image.Rect(30, 10, 80, 40), color.Palette{color.Black, color.White})
	for i := range small.Pix {
		small.Pix[i] = 1
	}
	var out bytes.Buffer
	err := gif.EncodeAll(&out, &gif.GIF{Image: []*image.Paletted{small}, Delay: []int{0},
		Config: image.Config{ColorModel: small.Palette, Width: 120, Height: 60}})
	if err != nil {
		t.Fatal(err)
	}
	info, err := Inspect(out.Bytes())
	got := decoded(t, out.Bytes())
	if err != nil || got.Bounds().Size() != image.Pt(120, 60) || got.Bounds().Size() != image.Pt(info.Width, info.Height) {
		t.Errorf("%v, %v, %v", info, got.Bounds(), err)
	}
	if c := got.At(79, 39); c != (color.RGBA{255, 255, 255, 255}) {
		t.Errorf("in the frame: %v", c)
	}
}

// TestAnimationsAsImageMagick compares the first frame of files that libwebp made with ImageMagick's.
func TestAnimationsAsImageMagick(t *testing.T) {
	if testing.Short() {
		t.Skip("runs several programs")
	}
	if _, err := exec.LookPath("img2webp"); err != nil {
		t.Skip("img2webp is missing; make deps installs it")
	}
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	sourceOf(t, "photo", "192x128", in("a.png"))
	sourceOf(t, "bars", "192x128", in("b.png"))
	for name, options := range map[string][]string{
		"lossy": {"-lossy", "-q", "90"}, "lossless": {"-lossless"}, "mixed": {"-mixed"},
	} {
		args := append(options, "-d", "100", in("a.png"), in("b.png"), "-o", in(name+".webp"))
		if out, err := exec.Command("img2webp", args...).CombinedOutput(); err != nil {
			t.Fatalf("img2webp %v: %v\n%s", args, err, out)
		}
		convert(t, in(name+".webp")+"[0]", "-depth", "8", "PNG24:"+in(name+".png"))
		sameColours(t, in(name+".webp"), readPNG(t, in(name+".png")), false)
	}
}
