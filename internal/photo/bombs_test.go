package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/icc"
	"newsroom.example/cards/internal/icc/icctest"
	"newsroom.example/cards/internal/scene"
)

// TestRefusalsTakeLittle measures the bytes that Inspect allocates before it rejects a photo. It does not read the
// data after the header.
func TestRefusalsTakeLittle(t *testing.T) {
	long := func(head []byte) []byte { return append(head, make([]byte, 9<<20)...) }
	for why, data := range map[string][]byte{
		"PNG of 30,000 a side":     long(scene.PNGHead(30_000, 30_000)),
		"GIF of 13 bytes":          []byte("GIF89a\xb9\xfd\x61\x6c\x00\x00\x00"),
		"JPEG of 65,535 a side":    long(scans(frame(markerSOF0, 65_535, 65_535, 3), 1)),
		"progressive, 500 scans":   long(scans(frame(markerSOF2, 7000, 7000, 1), 500)),
		"a million empty segments": bytes.Repeat([]byte{0xff, 0xe2, 0, 2}, 1<<20),
		"WebP that never begins":   long([]byte("RIFF\x00\x00\x00\x10WEBPVP8 ")),
		"zeros":                    long(nil),
	} {
		if why == "a million empty segments" {
			data = append([]byte{0xff, markerSOI}, data...)
		}
		var err error
		n := allocated(func() { _, err = Inspect(data) })
		if err == nil || n > 256<<10 {
			t.Errorf("%s: %v after %d bytes", why, err, n)
		}
	}
}

// interlaced returns an interlaced PNG with 16 bits per channel and alpha, black and transparent.
func interlaced(w, h int) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(w)), uint32(h))
	out := append([]byte("\x89PNG\r\n\x1a\n"), scene.PNGChunk("IHDR", append(head, 16, 6, 0, 0, 1))...)
	var pixels bytes.Buffer
	z := zlib.NewWriter(&pixels)
	for _, p := range [][4]int{
		{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2},
	} {
		pw, ph := (w-p[0]+p[2]-1)/p[2], (h-p[1]+p[3]-1)/p[3]
		for range ph {
			_, _ = z.Write(make([]byte, 1+8*pw))
		}
	}
	_ = z.Close()
	return append(append(out, scene.PNGChunk("IDAT", pixels.Bytes())...), scene.PNGChunk("IEND", nil)...)
}

// TestDecodingTakesWhatWasEstimated: the memory that decoding allocates, including garbage, is close to the estimate
// by which photos are admitted.
func TestDecodingTakesWhatWasEstimated(t *testing.T) {
	const w, h = 500, 400
	src := marked(w, h)
	into := func(dst draw.Image) image.Image {
		draw.Draw(dst, dst.Bounds(), src, image.Point{}, draw.Src)
		return dst
	}
	r := src.Rect
	clear := into(image.NewNRGBA(r)).(*image.NRGBA)
	clear.Pix[3] = 100
	deep := into(image.NewNRGBA64(r)).(*image.NRGBA64)
	deep.Pix[6] = 100
	palette := color.Palette{color.White, color.Black, color.RGBA{200, 0, 0, 255}}
	var animation bytes.Buffer
	if err := gif.Encode(&animation, into(image.NewPaletted(r, palette)), nil); err != nil {
		t.Fatal(err)
	}
	for why, data := range map[string][]byte{
		"JPEG": scene.JPEG(src), "JPEG, grey": scene.JPEG(into(image.NewGray(r))),
		"JPEG, progressive": flatProgressive(1600, 1200), "JPEG, cut short": scene.JPEG(src)[:len(scene.JPEG(src))*9/10],
		"PNG without an end": scene.PNG(src)[:len(scene.PNG(src))-12],
		"JPEG, Display P3":   withICC(scene.JPEG(src), icctest.DisplayP3(), 9999),
		"PNG":                scene.PNG(src), "PNG, alpha": scene.PNG(clear), "PNG, 16 bits, alpha": scene.PNG(deep),
		"PNG, 16 bits":         scene.PNG(into(image.NewRGBA64(r))),
		"PNG, grey of 16 bits": scene.PNG(into(image.NewGray16(r))),
		"PNG, palette":         scene.PNG(into(image.NewPaletted(r, palette))),
		"PNG, interlaced":      interlaced(w, h), "GIF": animation.Bytes(),
		"PNG, zTXt of 16 MB": withChunk(scene.PNG(src), "zTXt", bomb(16)),
		"PNG, iCCP of 16 MB": withChunk(scene.PNG(src), "iCCP", bomb(16)),
		"PNG, iTXt":          withChunk(scene.PNG(src), "iTXt", bomb(16)),
	} {
		info, err := Inspect(data)
		if err != nil {
			t.Fatalf("%s: %v", why, err)
		}
		n := int64(allocated(func() {
			opened(t, data, func(p *Photo) {
				if _, _, err := p.Pixels(image.Rectangle{Max: p.Size()}, p.Size()); err != nil {
					t.Fatal(err)
				}
			})
		}))
		slack := int64(1 << 20) // for the decoders themselves
		if strings.HasPrefix(why, "PNG, iCCP") {
			slack += 6 * icc.MaxBytes
		}
		if strings.HasPrefix(why, "JPEG, Display") {
			slack += 4 * w * h // but never for more than maxConverted pixels
		}
		if n > info.DecodeBytes+slack {
			t.Errorf("%s: %d bytes are allocated, %d estimated", why, n, info.DecodeBytes)
		}
	}
}

// TestStandardPictures: every picture in the tests of the standard library and of x/image is decoded or rejected.
func TestStandardPictures(t *testing.T) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Skipf("no go command: %v", err)
	}
	d, taken, refused := NewDecoder(DefaultDecodeBytes), 0, 0
	visit := func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		err = d.Decode(t.Context(), data, color.White, func(p *Photo) error {
			if pixels(t, p).Bounds().Empty() {
				t.Errorf("%s: nothing is decoded", path)
			}
			return nil
		})
		switch {
		case err == nil:
			taken++
		case fault.KindOf(err).OfPhoto():
			refused++
		default:
			t.Errorf("%s: no kind: %v", path, err)
		}
		return nil
	}
	dirs := []string{}
	for _, dir := range []string{"image/testdata", "image/png/testdata", "image/gif/testdata", "image/jpeg/testdata"} {
		dirs = append(dirs, filepath.Join(strings.TrimSpace(string(root)), "src", dir))
	}
	if module, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/image").Output(); err == nil {
		dirs = append(dirs, filepath.Join(strings.TrimSpace(string(module)), "testdata"))
	}
	for _, path := range dirs {
		if _, err := os.Stat(path); err != nil {
			continue // Go is installed without its tests
		}
		if err := filepath.WalkDir(path, visit); err != nil {
			t.Error(err)
		}
	}
	if taken+refused == 0 {
		t.Skip("this Go came without its test pictures")
	}
	t.Logf("%d taken, %d refused", taken, refused)
	if taken < 40 {
		t.Errorf("only %d of %d are taken", taken, taken+refused)
	}
}

// TestPolyglots: data that is hidden in a photo's segments does not change the pixels, and is gone once they are
// encoded again.
func TestPolyglots(t *testing.T) {
	payload := []byte("<script>alert(document.domain)</script>")
	plain := scene.JPEG(marked(32, 32))
	hidden := append(append([]byte{}, plain[:2]...), 0xff, 0xfe, 0, byte(len(payload)+2))
	hidden = append(append(append(hidden, payload...), plain[2:]...), payload...)
	a, b := decoded(t, plain), decoded(t, hidden)
	first, second := scene.PNG(a), scene.PNG(b)
	if !bytes.Equal(first, second) || bytes.Contains(second, payload) {
		t.Error("the payload shows")
	}
}
