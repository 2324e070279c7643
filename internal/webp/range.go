package webp

// fullLuma and fullChroma convert samples from BT.601 studio range, the only one that VP8 has (RFC 6386, section 9.2),
// to full range: Y from 16..235 and chroma from 16..240 to 0..255.
var (
	fullLuma   = spreading(16, 219, 0)
	fullChroma = spreading(128, 224, 128)
)

// spreading returns a table that maps the value zero to the value to, and levels steps to 255 steps. It clamps values
// outside the range, which lossy coding causes at edges.
func spreading(zero, levels, to int) (table [256]uint8) {
	for v := range table {
		n := (v - zero) * 255
		half := levels / 2
		if n < 0 {
			half = -half
		}
		table[v] = uint8(max(0, min((n+half)/levels+to, 255)))
	}
	return table
}
