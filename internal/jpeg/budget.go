package jpeg

// sampleEvery is how many MCUs one is looked at for, when a size is estimated. It shares no
// factor with the usual widths, so that all columns are seen.
const sampleEvery = 7

// fitting is the best quality between least and most whose file is likely to keep the limit;
// least, where none is.
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

// likely is the quality at which a file of some bytes would have as many as wanted: they fall about
// as the quantisers rise to two thirds. It only tells where to look next.
func likely(quality, bytes, wanted int) int {
	wanted = max(1, wanted)
	scale := scaleOf(quality) * bytes / wanted
	scale = max(1, (scale+scale*bytes/wanted)/2) // near r to the power of 3/2 where the ratio r is near 1
	if scale <= 100 {
		return 100 - scale/2
	}
	return 5000 / scale
}

// estimate is the bytes of the file, from a part of its MCUs and a little more.
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
