package pngfile

// This file makes rows of 8-bit samples of rows of a file: of one channel for grey, three for opaque colours, and four
// with alpha, which is not premultiplied. Samples of 16 bits lose their lower byte.

// samples returns the number of channels of the picture's samples.
func (p *Picture) samples() int {
	switch {
	case p.transparent || p.colour == typeGreyAlpha || p.colour == typeRGBA:
		return 4
	case p.colour == typeGrey:
		return 1
	}
	return 3
}

// plain reports whether a row of the file is a row of samples.
func (p *Picture) plain() bool {
	return p.Depth == 8 && !p.transparent && p.colour != typePalette && p.colour != typeGreyAlpha
}

// expand writes the samples of the pixels of a row from the column x on; out says how many.
func (p *Picture) expand(out, row []byte, x int) {
	switch {
	case p.Depth < 8:
		p.expandBits(out, row, x)
	case p.colour == typePalette:
		p.expandPalette(out, row[x:])
	case p.colour == typeGreyAlpha:
		step := p.Depth / 8
		for row = row[2*step*x:]; len(out) >= 4; out, row = out[4:], row[2*step:] {
			v := row[0]
			out[0], out[1], out[2], out[3] = v, v, v, row[step]
		}
	case p.transparent:
		p.expandKey(out, row, x)
	default:
		p.expandDeep(out, row, x)
	}
}

// expandPalette writes the colours of indexes.
func (p *Picture) expandPalette(out, indexes []byte) {
	if p.samples() == 4 {
		for ; len(out) >= 4; out, indexes = out[4:], indexes[1:] {
			*(*[4]uint8)(out) = p.palette[indexes[0]]
		}
		return
	}
	for i := 0; i+3 <= len(out); i += 3 {
		c := &p.palette[indexes[i/3]]
		out[i], out[i+1], out[i+2] = c[0], c[1], c[2]
	}
}

// expandBits writes the samples of pixels of less than a byte.
func (p *Picture) expandBits(out, row []byte, x int) {
	depth, mask := p.Depth, byte(1)<<p.Depth-1
	full := 255 / mask
	each, key := p.samples(), byte(p.key[0])*full
	for ; len(out) >= each; out, x = out[each:], x+1 {
		v := row[x*depth/8] >> (8 - depth - x*depth%8) & mask
		switch {
		case p.colour == typePalette:
			copy(out[:each], p.palette[v][:])
		case each == 1:
			out[0] = v * full
		default:
			out[0], out[1], out[2], out[3] = v*full, v*full, v*full, opacity(v*full == key)
		}
	}
}

// opacity returns the alpha of a pixel that has the transparent colour, or not.
func opacity(isKey bool) byte {
	if isKey {
		return 0
	}
	return 255
}

// expandKey writes the samples of grey or colours of which one is transparent.
func (p *Picture) expandKey(out, row []byte, x int) {
	step := p.Depth / 8
	pixel := step * p.Channels
	for row = row[x*pixel:]; len(out) >= 4; out, row = out[4:], row[pixel:] {
		isKey := true
		for c := range p.Channels {
			v := row[c*step : (c+1)*step]
			out[c] = v[0]
			isKey = isKey && v[step-1] == byte(p.key[c]) && (step == 1 || v[0] == byte(p.key[c]>>8))
		}
		if p.Channels == 1 {
			out[1], out[2] = out[0], out[0]
		}
		out[3] = opacity(isKey)
	}
}

// expandDeep writes the upper bytes of samples of 16 bits.
func (p *Picture) expandDeep(out, row []byte, x int) {
	row = row[2*p.Channels*x:][:2*len(out)]
	for i := range out {
		out[i] = row[2*i]
	}
}
