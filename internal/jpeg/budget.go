package jpeg

// sampleEvery is how many MCUs one is looked at for, when a size is estimated. It shares no
// factor with the usual widths, so that all columns are seen.
const sampleEvery = 7

// fitting is the best quality between least and most whose file is likely to keep the limit.
func (s *strip) fitting(p *pass, limit, least, most int) int {
	for least < most {
		if middle := (least + most + 1) / 2; s.estimate(p.at(middle)) <= limit {
			least = middle
		} else {
			most = middle - 1
		}
	}
	return least
}

// estimate is the bytes of the file, from a part of its blocks and a little more.
func (s *strip) estimate(p *pass) int {
	total, seen := 0, 0
	for i := 0; i < len(p.coefs); i += sampleEvery {
		seen++
		before := &p.coefs[max(0, i-1)]
		s.dc = [3]int16{p.luma.level(&before[3], 0), p.chroma.level(&before[4], 0), p.chroma.level(&before[5], 0)}
		s.quantise(p, &p.coefs[i])
		total += cost(&s.levels)
	}
	return int(int64(total)*int64(len(p.coefs))/int64(seen)/8)*101/100 + headerBytes
}
