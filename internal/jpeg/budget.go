package jpeg

// sampleEvery says that every seventh MCU is encoded to estimate a file's size. It has no factor in
// common with the usual widths, so that all columns are sampled.
const sampleEvery = 7

// fitting returns the best quality from least to most whose file is likely to have at most limit bytes,
// or least if there is none.
func (s *strip) fitting(p *pass, limit, least, most int) int {
	fits, exceeds := least, most+1
	for try := most; exceeds-fits > 1; {
		size := s.estimate(p.at(try))
		if size <= limit {
			fits = try
		} else {
			exceeds = try
		}
		try = max(fits+1, min(likely(try, size, limit), exceeds-1))
	}
	return fits
}

// likely returns the quality at which a file would have the wanted bytes, if it has the given bytes at
// the given quality. The size is roughly proportional to the power -2/3 of the quantisation steps. The
// result only guides the search.
func likely(quality, bytes, wanted int) int {
	wanted = max(1, wanted)
	scale := scaleOf(quality) * bytes / wanted
	scale = max(1, (scale+scale*bytes/wanted)/2) // about r^(3/2) for a ratio r near 1
	if scale <= 100 {
		return 100 - scale/2
	}
	return 5000 / scale
}

// estimate returns the size of the file in bytes, estimated from a sample of its MCUs plus 1 %.
func (s *strip) estimate(p *pass) int {
	bits, seen := 0, 0
	for i := 0; i < len(p.coefs); i += sampleEvery {
		seen++
		before := &p.coefs[max(0, i-1)]
		s.dc = [3]int16{p.luma.level(&before[3], 0), p.chroma.level(&before[4], 0), p.chroma.level(&before[5], 0)}
		s.quantise(p, &p.coefs[i])
		s.emitter.at, s.emitter.n = 0, 0
		s.emitter.mcu(&s.levels)
		bits += 8*s.emitter.at + int(s.emitter.n)
	}
	return int(int64(bits)*int64(len(p.coefs))/int64(seen)/8)*101/100 + headerBytes
}
