package webp

import "newsroom.example/cards/internal/simd"

// predict adds the prediction of each pixel (RFC 9649, section 3.5.1).
func (t *transform) predict(row []uint32) {
	above := t.above
	if t.y == 0 {
		row[0] = addPixels(row[0], 0xff000000)
		predictLeft(row[1:], row[0])
	} else {
		row[0] = addPixels(row[0], above[0])
		above[len(row)] = row[0] // the pixel above and on the right of the last one
		tiles := t.tiles[t.y>>t.bits*t.wide:]
		for tile := 0; tile<<t.bits < len(row); tile++ {
			from, to := max(1, tile<<t.bits), min(len(row), (tile+1)<<t.bits)
			if from < to {
				predictTile(tiles[tile]>>8&15, row[from-1:to], above[from-1:to+1])
			}
		}
	}
	copy(above, row)
}

func predictLeft(row []uint32, left uint32) {
	for i, v := range row {
		left = addPixels(v, left)
		row[i] = left
	}
}

// predictTile adds the prediction of a mode to the pixels of a row from the second one on.
func predictTile(mode uint32, row, above []uint32) {
	if fast := vectorPredictors[mode&15]; fast != nil && simd.AVX2 {
		n := len(row) - 1
		_ = above[n+1]
		fast(&row[0], &above[0], n)
		return
	}
	predictors[mode&15](row, above)
}

// vectorPredictors are the same with vector instructions, for the modes that use the left pixel.
var vectorPredictors = [16]func(row, above *uint32, n int){
	5: predictMean5AVX2, 6: predictMean6AVX2, 7: predictMean7AVX2, 10: predictMean10AVX2,
	11: predictSelectAVX2, 12: predictFullAVX2, 13: predictHalfAVX2,
}

// predictors add the prediction to the pixels of a row from the second one on. above is the row above them, one pixel
// longer.
var predictors = [16]func(row, above []uint32){
	predictBlack,
	func(row, _ []uint32) { predictLeft(row[1:], row[0]) },
	func(row, above []uint32) { predictAbove(row[1:], above[1:]) },
	func(row, above []uint32) { predictAbove(row[1:], above[2:]) },
	func(row, above []uint32) { predictAbove(row[1:], above) },
	predictMean5, predictMean6, predictMean7, predictMean8, predictMean9, predictMean10,
	predictSelect, predictFull, predictHalf,
	predictBlack, predictBlack, // these do not exist
}

func predictBlack(row, _ []uint32) {
	for i := range row[1:] {
		row[1+i] = addPixels(row[1+i], 0xff000000)
	}
}

func predictAbove(row, above []uint32) {
	for i, v := range row {
		row[i] = addPixels(v, above[i])
	}
}

// meanPixels returns the means of the channels of two pixels, rounded down.
func meanPixels(a, b uint32) uint32 { return a&b + (a^b)&0xfefefefe>>1 }

func predictMean5(row, above []uint32) {
	left := row[0]
	for i := 1; i < len(row); i++ {
		left = addPixels(row[i], meanPixels(meanPixels(left, above[i+1]), above[i]))
		row[i] = left
	}
}

func predictMean6(row, above []uint32) {
	left := row[0]
	for i := 1; i < len(row); i++ {
		left = addPixels(row[i], meanPixels(left, above[i-1]))
		row[i] = left
	}
}

func predictMean7(row, above []uint32) {
	left := row[0]
	for i := 1; i < len(row); i++ {
		left = addPixels(row[i], meanPixels(left, above[i]))
		row[i] = left
	}
}

func predictMean8(row, above []uint32) {
	for i := 1; i < len(row); i++ {
		row[i] = addPixels(row[i], meanPixels(above[i-1], above[i]))
	}
}

func predictMean9(row, above []uint32) {
	for i := 1; i < len(row); i++ {
		row[i] = addPixels(row[i], meanPixels(above[i], above[i+1]))
	}
}

func predictMean10(row, above []uint32) {
	left := row[0]
	for i := 1; i < len(row); i++ {
		left = addPixels(row[i], meanPixels(meanPixels(left, above[i-1]), meanPixels(above[i], above[i+1])))
		row[i] = left
	}
}

// predictSelect predicts the left pixel or the one above: whichever is nearer to their sum minus the pixel above the
// left one.
func predictSelect(row, above []uint32) {
	left := row[0]
	for i := 1; i < len(row); i++ {
		corner, top := above[i-1], above[i]
		if apart(corner, top) < apart(corner, left) {
			left = addPixels(row[i], left)
		} else {
			left = addPixels(row[i], top)
		}
		row[i] = left
	}
}

// apart returns the sum of the differences of the channels.
func apart(a, b uint32) int32 {
	sum := int32(0)
	for shift := 0; shift < 32; shift += 8 {
		sum += absolute(int32(a>>shift&0xff) - int32(b>>shift&0xff))
	}
	return sum
}

// predictFull predicts the left pixel plus that above minus that above the left one, clamped.
func predictFull(row, above []uint32) {
	left := row[0]
	for i := 1; i < len(row); i++ {
		corner, top := above[i-1], above[i]
		sum := uint32(0)
		for shift := 0; shift < 32; shift += 8 {
			v := int32(left>>shift&0xff) + int32(top>>shift&0xff) - int32(corner>>shift&0xff)
			sum |= uint32(clamped(v)) << shift
		}
		left = addPixels(row[i], sum)
		row[i] = left
	}
}

// predictHalf predicts the mean of the left pixel and that above, plus half of what it differs from the corner by.
func predictHalf(row, above []uint32) {
	left := row[0]
	for i := 1; i < len(row); i++ {
		corner, mean := above[i-1], meanPixels(left, above[i])
		sum := uint32(0)
		for shift := 0; shift < 32; shift += 8 {
			m := int32(mean >> shift & 0xff)
			sum |= uint32(clamped(m+(m-int32(corner>>shift&0xff))/2)) << shift
		}
		left = addPixels(row[i], sum)
		row[i] = left
	}
}
