package focus

import "newsroom.example/cards/internal/simd"

// integral is an integral image: for each position, the sums of brightness and of its square over all pixels above
// and to the left, in rows of stride. Values to the right of a level's sums are undefined.
type integral struct{ sum, square []uint32 }

// lanes is the number of pixels that are summed at once. That many may be read behind the pixels of a plane.
const lanes = 8

// fill computes the sums of a level.
func (in *integral) fill(p plane) {
	clear(in.sum[:p.w+lanes])
	clear(in.square[:p.w+lanes])
	if simd.AVX2 {
		n := stride * (p.h + 1)
		fillAVX2(in.sum[:n], in.square[:n], p.pix[:p.w*p.h+lanes], p.w, p.h)
		return
	}
	in.fillEach(p)
}

// fillEach computes the sums below the row of zeros, pixel by pixel.
func (in *integral) fillEach(p plane) {
	for y := range p.h {
		row := p.pix[y*p.w : (y+1)*p.w]
		above, aboveSq := in.sum[y*stride:][:p.w+1], in.square[y*stride:][:p.w+1]
		here, hereSq := in.sum[(y+1)*stride:][:p.w+1], in.square[(y+1)*stride:][:p.w+1]
		here[0], hereSq[0] = 0, 0
		var sum, square uint32
		for x, v := range row {
			sum, square = sum+uint32(v), square+uint32(v)*uint32(v)
			here[x+1], hereSq[x+1] = above[x+1]+sum, aboveSq[x+1]+square
		}
	}
}
