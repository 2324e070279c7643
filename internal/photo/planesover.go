package photo

import (
	"image"
	"image/color"
)

// planesOver composites a picture with chroma for 2x2 pixels over paper, in place: its planes, as they are proportional
// to red, green and blue, can be mixed like these. Chroma is mixed by the mean of the alphas of its pixels. The upper
// left corner must be even.
func planesOver(m *image.NYCbCrA, paper color.Color) *image.YCbCr {
	r, g, b, _ := paper.RGBA()
	luma, cb, cr := color.RGBToYCbCr(uint8(r>>8), uint8(g>>8), uint8(b>>8))
	width, height := m.Rect.Dx(), m.Rect.Dy()
	alphas := make([]uint8, (width+1)/2)
	for y := 0; y < height; y += 2 {
		upper := m.A[y*m.AStride:][:width]
		lower := m.A[min(y+1, height-1)*m.AStride:][:width]
		mixOver(m.Y[y*m.YStride:][:width], upper, luma)
		if y+1 < height {
			mixOver(m.Y[(y+1)*m.YStride:][:width], lower, luma)
		}
		for x := range alphas {
			right := min(2*x+1, width-1)
			alphas[x] = uint8((int(upper[2*x]) + int(upper[right]) + int(lower[2*x]) + int(lower[right]) + 2) / 4)
		}
		mixOver(m.Cb[y/2*m.CStride:][:len(alphas)], alphas, cb)
		mixOver(m.Cr[y/2*m.CStride:][:len(alphas)], alphas, cr)
	}
	return &m.YCbCr
}

// mixOver mixes samples with one of the paper.
func mixOver(samples, alphas []uint8, paper uint8) {
	for i, a := range alphas {
		v := uint32(samples[i])*uint32(a) + uint32(paper)*(255-uint32(a)) + 128
		samples[i] = uint8((v + v>>8) >> 8) // divided by 255, rounded
	}
}
