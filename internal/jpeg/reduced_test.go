package jpeg

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	stdjpeg "image/jpeg"
	"math"
	"os/exec"
	"testing"

	"newsroom.example/cards/internal/scene"
)

// tool runs libjpeg-turbo's cjpeg or djpeg (Debian: libjpeg-turbo-progs) with in on its standard input. It skips
// the test if the program is not installed.
func tool(t testing.TB, in []byte, name string, args ...string) []byte {
	t.Helper()
	if testing.Short() {
		t.Skip("-short starts no other programs")
	}
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("SKIPPED: %s is not installed; scripts/deps installs it", name)
	}
	cmd := exec.Command(path, args...)
	cmd.Stdin = bytes.NewReader(in)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %v: %v: %s", name, args, err, errs.String())
	}
	return out.Bytes()
}

// ppm returns a picture in the format that cjpeg reads.
func ppm(m *image.RGBA) []byte {
	out := fmt.Appendf(nil, "P6\n%d %d\n255\n", m.Rect.Dx(), m.Rect.Dy())
	for i := 0; i < len(m.Pix); i += 4 {
		out = append(out, m.Pix[i:i+3]...)
	}
	return out
}

// fromPPM reads a picture that djpeg wrote, in colour or grey.
func fromPPM(t testing.TB, data []byte) *image.RGBA {
	t.Helper()
	var kind string
	var w, h, most int
	r := bytes.NewReader(data)
	if _, err := fmt.Fscan(r, &kind, &w, &h, &most); err != nil {
		t.Fatal(err)
	}
	pix := data[len(data)-r.Len()+1:]
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		c := color.RGBA{A: 255}
		if kind == "P6" {
			c.R, c.G, c.B = pix[3*i], pix[3*i+1], pix[3*i+2]
		} else {
			c.R, c.G, c.B = pix[i], pix[i], pix[i]
		}
		m.SetRGBA(i%w, i/w, c)
	}
	return m
}

// box averages squares of n by n pixels; at the edges, the pixels that exist.
func box(m image.Image, n int) *image.RGBA {
	b := m.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, (b.Dx()+n-1)/n, (b.Dy()+n-1)/n))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			var sum [3]uint32
			count := uint32(0)
			for v := y * n; v < min((y+1)*n, b.Dy()); v++ {
				for u := x * n; u < min((x+1)*n, b.Dx()); u++ {
					r, g, bl, _ := m.At(b.Min.X+u, b.Min.Y+v).RGBA()
					sum[0], sum[1], sum[2], count = sum[0]+r>>8, sum[1]+g>>8, sum[2]+bl>>8, count+1
				}
			}
			out.SetRGBA(x, y, color.RGBA{uint8(sum[0] / count), uint8(sum[1] / count), uint8(sum[2] / count), 255})
		}
	}
	return out
}

// luma returns the difference of brightness in decibels, without the last row and column.
func luma(a, b image.Image) float64 {
	r := a.Bounds().Intersect(b.Bounds())
	sum, n := 1e-9, 0
	for y := r.Min.Y; y < r.Max.Y-1; y++ {
		for x := r.Min.X; x < r.Max.X-1; x++ {
			d := int(color.GrayModel.Convert(a.At(x, y)).(color.Gray).Y) - int(color.GrayModel.Convert(b.At(x, y)).(color.Gray).Y)
			sum += float64(d * d)
			n++
		}
	}
	return 10 * math.Log10(255*255*float64(n)/sum)
}

// samplings are cjpeg's names of the subsamplings that image.YCbCr supports.
var samplings = []string{"1x1", "2x1", "2x2", "1x2", "4x1", "4x2"}

func TestEverySampling(t *testing.T) {
	var d Decoder
	for _, sampling := range samplings {
		for _, size := range []image.Point{{203, 131}, {64, 64}, {33, 17}} {
			for _, more := range [][]string{nil, {"-restart", "1"}, {"-restart", "3B"}, {"-optimize"}, {"-grayscale"}} {
				args := append([]string{"-quality", "90", "-sample", sampling}, more...)
				data := tool(t, ppm(scene.Photo(size.X, size.Y, 10, 4)), "cjpeg", args...)
				want, err := stdjpeg.Decode(bytes.NewReader(data))
				if err != nil {
					t.Fatal(err)
				}
				p, err := Open(data)
				if err != nil {
					t.Fatalf("%v: %v", args, err)
				}
				for _, region := range []image.Rectangle{{Max: size}, image.Rect(size.X/2, size.Y/3, size.X/2+9, size.Y/3+5)} {
					got, err := d.Decode(p, region, 0)
					if err != nil {
						t.Fatalf("%v at %v: %v", args, size, err)
					}
					if diff := same(got, want, region); diff != "" {
						t.Errorf("%v at %v: %s", args, size, diff)
					}
				}
			}
		}
	}
}

// TestReduced compares the reduced sizes with the averaged full size, and with those of libjpeg-turbo.
func TestReduced(t *testing.T) {
	var d Decoder
	for _, sampling := range samplings {
		for _, grain := range []int{0, 12} {
			photo := box(scene.Photo(1640, 1212, grain, 8), 4) // no detail finer than a lens resolves
			data := tool(t, ppm(photo), "cjpeg", "-quality", "92", "-sample", sampling)
			full, err := stdjpeg.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			p, err := Open(data)
			if err != nil {
				t.Fatal(err)
			}
			for shrink := 1; shrink <= 3; shrink++ {
				got, err := d.Decode(p, image.Rectangle{Max: p.Scaled(shrink)}, shrink)
				if err != nil {
					t.Fatal(err)
				}
				if got.Bounds().Size() != p.Scaled(shrink) {
					t.Fatalf("%v, want %v", got.Bounds(), p.Scaled(shrink))
				}
				turbo := fromPPM(t, tool(t, data, "djpeg", "-scale", fmt.Sprint("1/", 1<<shrink)))
				averaged, near := luma(got, box(full, 1<<shrink)), luma(got, turbo)
				t.Logf("%s, grain %d, 1/%d: %.1f dB to the average, %.1f to djpeg", sampling, grain, 1<<shrink, averaged, near)
				if averaged < 38 {
					t.Errorf("%s, grain %d, 1/%d: %.1f dB to the average", sampling, grain, 1<<shrink, averaged)
				}
				if near < 38 {
					t.Errorf("%s, grain %d, 1/%d: %.1f dB to djpeg", sampling, grain, 1<<shrink, near)
				}
			}
		}
	}
}

// TestPartsAreTheWhole: a region has the same pixels as that part of the complete picture, at every size.
func TestPartsAreTheWhole(t *testing.T) {
	var all, some Decoder
	data := encoded(t, scene.Photo(333, 222, 20, 2), 88)
	p, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	for shrink := range 4 {
		size := p.Scaled(shrink)
		whole, err := all.Decode(p, image.Rectangle{Max: size}, shrink)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range []image.Rectangle{
			image.Rect(0, 0, 1, 1), {Min: size.Sub(image.Pt(1, 1)), Max: size}, {Min: size.Div(3), Max: size.Div(2)},
			image.Rect(0, size.Y/2, size.X, size.Y/2+1), image.Rect(size.X/2, 0, size.X/2+1, size.Y),
		} {
			part, err := some.Decode(p, r, shrink)
			if err != nil {
				t.Fatal(err)
			}
			if !r.In(part.Bounds()) {
				t.Errorf("1/%d: %v does not hold %v", 1<<shrink, part.Bounds(), r)
			}
			if diff := same(part, whole, part.Bounds()); diff != "" {
				t.Errorf("1/%d, %v: %s", 1<<shrink, r, diff)
			}
		}
	}
	if _, err := all.Decode(p, image.Rect(5000, 5000, 6000, 6000), 0); err == nil {
		t.Error("a part outside the picture was decoded")
	}
}
