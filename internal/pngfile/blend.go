package pngfile

import "encoding/binary"

// blend writes the means of pixels of which some are not opaque. Most boxes are opaque or clear all the same.
func (b *box) blend(out []byte) {
	if b.shrink == 0 {
		copy(out, b.rows[0])
		return
	}
	from, side := 0, 4<<b.shrink
	if b.shrink == 1 && len(b.rows) == 2 {
		from = len(b.rows[0]) &^ 7
		blendPairs(out, b.rows[0][:from], b.rows[1][:from])
		out = out[from/2:]
	}
	for ; from < len(b.rows[0]); from, out = from+side, out[4:] {
		to := min(from+side, len(b.rows[0]))
		red, green, blue, alpha := b.weighted(from, to)
		put(out, red, green, blue, alpha, uint32((to-from)/4*len(b.rows)))
	}
}

// put writes the mean of n pixels, of the sums of their colours weighted by their alpha, and of their alpha.
func put(out []byte, red, green, blue, alpha, n uint32) {
	if alpha == 0 {
		binary.LittleEndian.PutUint32(out, 0)
		return
	}
	half := alpha / 2
	out[0], out[1], out[2] = byte((red+half)/alpha), byte((green+half)/alpha), byte((blue+half)/alpha)
	out[3] = byte((alpha + n/2) / n)
}

// weighted returns the sums of the colours of a box, weighted by their alpha, and of the alphas.
func (b *box) weighted(from, to int) (red, green, blue, alpha uint32) {
	for _, row := range b.rows {
		for px := row[from:to]; len(px) >= 4; px = px[4:] {
			a := uint32(px[3])
			red, green, blue, alpha = red+a*uint32(px[0]), green+a*uint32(px[1]), blue+a*uint32(px[2]), alpha+a
		}
	}
	return red, green, blue, alpha
}

// blendPairs writes the means of boxes of two by two pixels, most of which are opaque or clear all the same. The rows
// are as long as each other.
func blendPairs(out, upper, lower []byte) {
	const even, half = 0x00ff00ff00ff00ff, 0x00020002
	for ; len(upper) >= 8 && len(lower) >= 8; out, upper, lower = out[4:], upper[8:], lower[8:] {
		u, l := binary.LittleEndian.Uint64(upper), binary.LittleEndian.Uint64(lower)
		switch {
		case u&l&alphas == alphas:
			redBlue, greenAlpha := u&even+l&even, u>>8&even+l>>8&even
			rb, ga := uint32(redBlue+redBlue>>32), uint32(greenAlpha+greenAlpha>>32)
			binary.LittleEndian.PutUint32(out, (rb+half)>>2&(even>>32)|(ga+half)>>2&(even>>32)<<8)
		case (u|l)&alphas == 0:
			binary.LittleEndian.PutUint32(out, 0)
		default:
			var redBlue uint64
			var green, alpha uint32
			for _, v := range [4]uint64{u & (1<<32 - 1), u >> 32, l & (1<<32 - 1), l >> 32} {
				a := v >> 24
				redBlue += (v&0xff | v&0xff0000<<16) * a
				green += uint32(v>>8&0xff) * uint32(a)
				alpha += uint32(a)
			}
			put(out, uint32(redBlue), green, uint32(redBlue>>32), alpha, 4)
		}
	}
}
