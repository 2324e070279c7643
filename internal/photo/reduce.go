package photo

import "image"

// maxConverted is the maximum number of pixels whose colours are converted: no card has that many, and the conversion
// takes time.
const maxConverted = 8_000_000

// leastShrink returns the smallest shrink at which a photo is decoded whole: the cost in bytes is at most the given
// memory, and the size at most maxConverted pixels if its colours are converted.
func leastShrink(memory int64, converted bool, scaled func(int) image.Point, cost func(int) int64) int {
	shrink := 0
	for ; shrink < maxShrink; shrink++ {
		size := scaled(shrink)
		if cost(shrink) <= memory && (size.X*size.Y <= maxConverted || !converted) {
			break
		}
	}
	return shrink
}
