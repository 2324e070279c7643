package sample

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/color/palette"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// Format is a kind of file in which the detailed scene is measured.
type Format struct {
	Name, Type string // for the page, and the media type
	Ext        string
	encode     func(m *image.YCbCr, dir string) ([]byte, error)
}

// Formats are those that CMSs and content delivery networks send beside baseline JPEG. jpegtran writes the progressive
// files and cwebp the WebPs, both from Debian; the PNGs are Go's.
var Formats = []Format{
	{"progressive JPEG", "image/jpeg", "jpg", progressive},
	{"PNG", "image/png", "png", func(m *image.YCbCr, _ string) ([]byte, error) { return encodePNG(solid(m)) }},
	{"PNG with alpha", "image/png", "png", func(m *image.YCbCr, _ string) ([]byte, error) { return encodePNG(faded(m)) }},
	{"PNG with a palette", "image/png", "png", paletted},
	{"WebP", "image/webp", "webp", webp("-q", "95")},
	{"WebP with alpha", "image/webp", "webp", webpOf(faded, "-q", "95")},
	{"lossless WebP", "image/webp", "webp", webp("-lossless", "-z", "1")},
}

// File returns a picture in the format. dir is for temporary files.
func (f Format) File(m *image.YCbCr, dir string) ([]byte, error) {
	data, err := f.encode(m, dir)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	return data, nil
}

// Ended returns three parts which, joined, are a file of any format with the same pixels and unique bytes for each n:
// what stands behind the end of the picture is not read.
func Ended(picture []byte, n int) [3][]byte {
	return [3][]byte{picture, fmt.Appendf(nil, "%016d", n), nil}
}

func progressive(m *image.YCbCr, _ string) ([]byte, error) {
	data, err := Encode(m, 96)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("jpegtran", "-progressive", "-optimize")
	var out, said bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(data), &out, &said
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("jpegtran: %w: %s", err, said.Bytes())
	}
	return out.Bytes(), nil
}

func encodePNG(m image.Image) ([]byte, error) {
	var out bytes.Buffer
	err := png.Encode(&out, m)
	return out.Bytes(), err
}

// solid returns the picture in RGB.
func solid(m *image.YCbCr) *image.NRGBA {
	out := image.NewNRGBA(m.Rect)
	draw.Draw(out, out.Rect, m, m.Rect.Min, draw.Src)
	return out
}

// faded returns the picture with a left quarter that fades out.
func faded(m *image.YCbCr) *image.NRGBA {
	out := solid(m)
	for y := range out.Rect.Dy() {
		row := out.Pix[y*out.Stride:]
		for x := range out.Rect.Dx() / 4 {
			row[4*x+3] = uint8(x * 255 * 4 / out.Rect.Dx())
		}
	}
	return out
}

func paletted(m *image.YCbCr, _ string) ([]byte, error) {
	out := image.NewPaletted(m.Rect, append(slices.Clip(palette.WebSafe), color.Black))
	draw.Draw(out, out.Rect, m, m.Rect.Min, draw.Src)
	return encodePNG(out)
}

func webp(flags ...string) func(*image.YCbCr, string) ([]byte, error) { return webpOf(solid, flags...) }

func webpOf(picture func(*image.YCbCr) *image.NRGBA, flags ...string) func(*image.YCbCr, string) ([]byte, error) {
	return func(m *image.YCbCr, dir string) ([]byte, error) {
		data, err := encodePNG(picture(m))
		if err != nil {
			return nil, err
		}
		from, to := filepath.Join(dir, "from.png"), filepath.Join(dir, "to.webp")
		if err := os.WriteFile(from, data, 0o600); err != nil {
			return nil, err
		}
		if out, err := exec.Command("cwebp", append(flags, "-quiet", from, "-o", to)...).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("cwebp: %w: %s", err, out)
		}
		return os.ReadFile(to)
	}
}
