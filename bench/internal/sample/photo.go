package sample

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"math"
	"runtime"
	"sync"
)

// Scene describes a generated photo of hills under a cloudy sky.
type Scene struct {
	Name          string
	Width, Height int
	Detail        float64 // strength of details finer than eight pixels: 0 none, 1 as in foliage
	Bytes         int     // desired size of the JPEG file
}

// The photos of the comparison: a detailed one, a large detailed one, and a soft one.
var (
	Detailed = Scene{Name: "E", Width: 2400, Height: 1600, Detail: 1, Bytes: 1_430_000}
	Large    = Scene{Name: "E6", Width: 6000, Height: 4000, Detail: 1, Bytes: 6_500_000}
	Soft     = Scene{Name: "S", Width: 2400, Height: 1600, Detail: 0.1, Bytes: 280_000}
)

// JPEG returns the scene as a baseline JPEG, 4:2:0, and its quality. It chooses the quality, 60 to 97, at which the
// size is closest to s.Bytes.
func (s Scene) JPEG() (data []byte, quality int, err error) {
	m := s.Paint()
	for low, high := 60, 97; low <= high; {
		q := (low + high) / 2
		out, err := Encode(m, q)
		if err != nil {
			return nil, 0, err
		}
		if data == nil || off(len(out), s.Bytes) < off(len(data), s.Bytes) {
			data, quality = out, q
		}
		if len(out) < s.Bytes {
			low = q + 1
		} else {
			high = q - 1
		}
	}
	return data, quality, nil
}

// Encode returns the picture as a baseline JPEG with the quality, 1 to 100.
func Encode(m image.Image, quality int) ([]byte, error) {
	var out bytes.Buffer
	err := jpeg.Encode(&out, m, &jpeg.Options{Quality: quality})
	return out.Bytes(), err
}

// Middle returns the middle of the picture, with the ratio 3:2 and about the given megapixels, or less if the picture
// is smaller.
func Middle(m *image.YCbCr, megapixels float64) image.Image {
	b := m.Bounds()
	h := min(b.Dy(), int(math.Sqrt(megapixels*1e6/1.5)/16+0.5)*16)
	w := min(b.Dx(), h*3/2)
	x, y := (b.Dx()-w)/2&^15, (b.Dy()-h)/2&^15
	return m.SubImage(image.Rect(x, y, x+w, y+h))
}

func off(a, b int) int { return max(a-b, b-a) }

// Marked returns three parts which, joined, are a JPEG with the same pixels and unique bytes for each n. The second
// part is a comment with n (JPEG, ITU-T T.81, B.2.4.5).
func Marked(picture []byte, n int) [3][]byte {
	return [3][]byte{picture[:2], fmt.Appendf(nil, "\xff\xfe\x00\x12%016d", n), picture[2:]}
}

// Paint draws the scene. It uses all processors.
func (s Scene) Paint() *image.YCbCr {
	m := image.NewYCbCr(image.Rect(0, 0, s.Width, s.Height), image.YCbCrSubsampleRatio420)
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wg.Go(func() {
			for y := w * 2; y < s.Height; y += workers * 2 {
				s.rows(m, y)
			}
		})
	}
	wg.Wait()
	return m
}

// rows draws the rows top and top+1 and the chroma that they share.
func (s Scene) rows(m *image.YCbCr, top int) {
	for y := top; y < min(top+2, s.Height); y++ {
		for x := range s.Width {
			luma, cb, cr := s.at(x, y)
			m.Y[m.YOffset(x, y)] = clamp(luma)
			if y == top && x%2 == 0 {
				at := m.COffset(x, y)
				m.Cb[at], m.Cr[at] = clamp(cb), clamp(cr)
			}
		}
	}
}

// at returns the colour of a pixel of the sky or of the nearest of five ridges. Each ridge has a ragged edge.
func (s Scene) at(x, y int) (luma, cb, cr float64) {
	u, v := float64(x)/float64(s.Width), float64(y)/float64(s.Height)
	const ridges = 5
	for r := ridges - 1; r >= 0; r-- {
		seed := uint32(r + 1)
		crest := 0.35 + 0.13*float64(r) + 0.16*(smooth(u*(3+float64(r)), 0.5, seed)-0.5) +
			0.02*s.Detail*(smooth(u*90, 0.5, seed+40)-0.5)
		if v < crest {
			continue
		}
		grain := s.texture(x, y, seed)
		near := float64(r) / ridges
		fall := (v - crest) * 60
		return 158 - 60*near - fall + grain*(70+90*near), 120 - 18*near + grain*14,
			124 - 14*near + 22*(smooth(u*9, v*9, seed+60)-0.5) - grain*10
	}
	cloud := smooth(u*4, v*6, 90)*0.6 + smooth(u*11, v*17, 91)*0.3 + smooth(u*31, v*47, 92)*0.1
	return 165 + 60*v + 70*(cloud-0.5) + 0.25*s.texture(x, y, 93)*18, 140 - 16*v - 12*cloud, 116 + 14*v + 5*cloud
}

// texture returns noise of about -1 to 1, in octaves with periods of 2 to 64 pixels. Detail scales the octaves below 8
// pixels.
func (s Scene) texture(x, y int, seed uint32) float64 {
	sum, strength := 0.0, 0.5
	for period := 64.0; period >= 2; period /= 2 {
		k := strength
		if period < 8 {
			k *= 1.8 * s.Detail
		}
		sum += k * (smooth(float64(x)/period, float64(y)/period, seed*16+uint32(period)) - 0.5)
		strength *= 0.9
	}
	return sum
}

// smooth returns value noise from 0 to 1: a cubic interpolation between hashed lattice points.
func smooth(x, y float64, seed uint32) float64 {
	x0, y0 := math.Floor(x), math.Floor(y)
	fx, fy := ease(x-x0), ease(y-y0)
	ix, iy := uint32(int32(x0)), uint32(int32(y0))
	top := mix(hash(ix, iy, seed), hash(ix+1, iy, seed), fx)
	foot := mix(hash(ix, iy+1, seed), hash(ix+1, iy+1, seed), fx)
	return mix(top, foot, fy)
}

func ease(t float64) float64      { return t * t * (3 - 2*t) }
func mix(a, b, t float64) float64 { return a + (b-a)*t }
func clamp(v float64) uint8       { return uint8(min(255, max(0, v))) }

// hash returns a hash of three numbers, from 0 to 1 (the finalizer of MurmurHash3, A. Appleby, public domain).
func hash(x, y, seed uint32) float64 {
	h := x*0x9e3779b1 ^ y*0x85ebca77 ^ seed*0xc2b2ae3d
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	h ^= h >> 16
	return float64(h) / math.MaxUint32
}
