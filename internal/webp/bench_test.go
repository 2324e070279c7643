package webp

import (
	"bytes"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	xwebp "golang.org/x/image/webp"

	"newsroom.example/cards/internal/scene"
)

// BenchmarkDecode decodes photos of 2400x1600 at half their size, on one goroutine and on two, beside x/image/webp,
// which decodes them at full size.
func BenchmarkDecode(b *testing.B) {
	if _, err := exec.LookPath("cwebp"); err != nil {
		b.Skip("cwebp is missing; make deps installs it")
	}
	dir := b.TempDir()
	opaque, clear := scene.Photo(2400, 1600, 12, 7), image.NewNRGBA(image.Rect(0, 0, 2400, 1600))
	for i, v := range opaque.Pix { // fades away on the right
		if clear.Pix[i] = v; i%4 == 3 {
			clear.Pix[i] = uint8(255 - max(0, i/4%2400-1200)*255/1200)
		}
	}
	for _, tt := range []struct {
		name, options string
		m             image.Image
	}{{"lossy", "-q 90", opaque}, {"alpha", "-q 90", clear}, {"lossless", "-lossless -z 2", opaque}} {
		in, out := filepath.Join(dir, "in.png"), filepath.Join(dir, "out.webp")
		writePNG(b, in, tt.m)
		args := append([]string{"-quiet"}, strings.Fields(tt.options)...)
		if said, err := exec.Command("cwebp", append(args, in, "-o", out)...).CombinedOutput(); err != nil {
			b.Fatalf("cwebp: %v: %s", err, said)
		}
		data, err := os.ReadFile(out)
		if err != nil {
			b.Fatal(err)
		}
		for name, pair := range map[string]bool{"one": false, "two": true} {
			b.Run(tt.name+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(data)))
				for b.Loop() {
					p, err := Open(data)
					if err != nil {
						b.Fatal(err)
					}
					decoded(b, p, image.Rectangle{Max: p.Scaled(1)}, 1, pair)
				}
			})
		}
		b.Run(tt.name+"/ximage", func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := xwebp.Decode(bytes.NewReader(data)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
