package focus

import "newsroom.example/cards/internal/simd"

// integral holds the sums over all pixels above and left of each place, of brightness and of
// its square, in rows of stride. What is right of a level's own sums is anything.
type integral struct{ sum, square []uint32 }

// lanes is how many pixels are summed up at once: so many may be read behind a plane's own.
const lanes = 8

// fill sums a level up.
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

// fillEach is fill, below the row of zeros, a pixel after the other.
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
