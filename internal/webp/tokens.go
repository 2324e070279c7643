package webp

// probsByPosition are the probabilities of coefficients by kind of block, position in it (0..16, the last one is never
// read) and context.
type probsByPosition [4]kindProbs

type kindProbs [17][3][12]prob

// prob is a probability as the vector version uses it: p/256 that a boolean is 0. The interval of a size s is divided
// at (2^24 s p + rest) / 2^32, rounded down, which is 1 + (s-1) p / 256. Of p = 0 and p = 1 that is the same.
type prob struct{ p, rest uint32 }

func probOf(p uint8) prob { return prob{uint32(max(p, 1)), uint32(256-int(max(p, 1))) << 24} }

// Kinds of blocks (RFC 6386, section 13.3).
const (
	lumaWithoutDC = iota
	dcOfLuma
	chroma
	lumaWithDC
)

// bands are the bands of positions (RFC 6386, section 13.3).
var bands = [17]uint8{0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0}

func (p *probsByPosition) set(probs *coeffProbs) {
	for kind := range probs {
		for at, band := range bands {
			for context := range 3 {
				for i, v := range probs[kind][band][context] {
					p[kind][at][context][i] = probOf(v)
				}
			}
		}
	}
}

// zigzag are the places of coefficients in the order of the stream (RFC 6386, section 13).
var zigzag = [16]uint8{0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15}

// categories are the probabilities of the extra bits of large values: categories 3 to 6 (RFC 6386, section 13.2).
var categories = [4][]uint8{
	{173, 148, 140}, {176, 155, 140, 135}, {180, 157, 141, 134, 130},
	{254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129},
}

// large is the limit of coefficients up to which the inverse transforms fit into 16 bits: each of two passes multiplies
// by less than 3.85.
const large = 2200

// block reads the coefficients of a block from position first on, multiplied by the quantisers, into out, whose other
// values are kept. coded says that there was one, which may be zero, and big that one exceeds large.
func (b *bools) block(probs *kindProbs, context, first int, steps *[2]int32, out *[16]int16) (coded, big bool) {
	if vectors {
		_ = b.data[b.at+slack]
		return blockAVX2(b, &probs[first], context, first, steps, out)
	}
	return b.blockGo(probs, context, first, steps, out)
}

func (b *bools) blockGo(probs *kindProbs, context, first int, steps *[2]int32, out *[16]int16) (coded, big bool) {
	at := first
	p := &probs[at][context]
	b.fill()
	if b.prob(p[0]) == 0 {
		return false, false
	}
	for {
		for b.prob(p[1]) == 0 {
			if at++; at == 16 {
				return true, big
			}
			p = &probs[at][0]
			b.fill()
		}
		v, next := int32(1), 1
		if b.prob(p[2]) == 1 {
			v, next = b.value(p), 2 // after at most two booleans since the window was filled
		}
		v *= steps[min(at, 1)]
		if v > large {
			big = true
		}
		if b.bit(128) == 1 {
			v = -v
		}
		out[zigzag[at&15]] = int16(v)
		if at++; at == 16 {
			return true, big
		}
		p = &probs[at][next]
		b.fill()
		if b.prob(p[0]) == 0 {
			return true, big
		}
	}
}

// value reads a value of at least 2 (RFC 6386, section 13.2). The window must have been filled at most three booleans
// ago, and one more can be read afterwards.
func (b *bools) value(p *[12]prob) int32 {
	if b.prob(p[3]) == 0 {
		if b.prob(p[4]) == 0 {
			return 2
		}
		return 3 + int32(b.prob(p[5]))
	}
	if b.prob(p[6]) == 0 {
		if b.prob(p[7]) == 0 {
			return 5 + int32(b.bit(159)) // the seventh boolean
		}
		b.fill()
		return 7 + 2*int32(b.bit(165)) + int32(b.bit(145))
	}
	b.fill()
	category := b.prob(p[8])
	category = 2*category + b.prob(p[9+category])
	v := int32(0)
	for _, prob := range categories[category] {
		b.fill()
		v = 2*v + int32(b.bit(prob))
	}
	b.fill()
	return v + 3 + 8<<uint(category)
}
