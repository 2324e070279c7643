package jpeg

import (
	"fmt"
	"image"
)

// maxEncoded is the longest side that a file can name.
const maxEncoded = 1<<16 - 1

// Encoder encodes pictures. Its memory is used again by the next picture. It is for one goroutine
// at a time; the zero value is ready.
type Encoder struct {
	coefs   []byte // of all blocks, MCU by MCU: four of luma, one of Cb, one of Cr
	mcus    image.Point
	samples samples
	edge    [16 * 16 * 4]byte // an MCU that reaches over the picture's edge
	emitter emitter
}

const mcuBlocks = 6

// Options say what is asked of a file.
type Options struct {
	Quality  int // the best, 1 to 100, as libjpeg counts
	Least    int // the worst that is taken, to keep MaxBytes
	MaxBytes int // 0: no limit
}

// Encode is the picture as a baseline JPEG with 4:2:0 chroma, at the best quality that keeps the
// limit; where none does, at the least. Alpha is not looked at. The bytes are the encoder's, and
// last until its next encoding.
func (e *Encoder) Encode(m *image.RGBA, o Options) ([]byte, error) {
	size := m.Rect.Size()
	if size.X <= 0 || size.Y <= 0 || size.X > maxEncoded || size.Y > maxEncoded {
		return nil, fmt.Errorf("a JPEG of %v", size)
	}
	if o.Least < 1 || o.Quality < o.Least || o.Quality > 100 {
		return nil, fmt.Errorf("qualities from %d to %d", o.Least, o.Quality)
	}
	e.transform(m)
	limit := o.MaxBytes
	if limit == 0 {
		limit = int(^uint(0) >> 1)
	}
	for quality := o.Quality; ; quality-- {
		if data, fits := e.write(size, quality, limit, quality == o.Least); fits {
			return data, nil
		}
		quality = e.fitting(limit, o.Least, quality-1) + 1
	}
}

// transform takes the picture to coefficients.
func (e *Encoder) transform(m *image.RGBA) {
	size := m.Rect.Size()
	e.mcus = image.Pt((size.X+15)/16, (size.Y+15)/16)
	if need := e.mcus.X * e.mcus.Y * mcuBlocks * blockBytes; cap(e.coefs) < need {
		e.coefs = make([]byte, need)
	} else {
		e.coefs = e.coefs[:need]
	}
	out := e.coefs
	next := func() *[blockBytes]byte {
		b := (*[blockBytes]byte)(out)
		out = out[blockBytes:]
		return b
	}
	for my := range e.mcus.Y {
		for mx := range e.mcus.X {
			pix, stride := m.Pix[16*my*m.Stride+64*mx:], m.Stride
			if 16*mx+16 > size.X || 16*my+16 > size.Y {
				e.copyEdge(m, 16*mx, 16*my)
				pix, stride = e.edge[:], 64
			}
			e.samples.convert(pix, stride)
			for i := range e.samples.y {
				transform(&e.samples.y[i], next())
			}
			transform(&e.samples.cb, next())
			transform(&e.samples.cr, next())
		}
	}
}

// copyEdge copies an MCU and repeats the picture's last pixels where it ends.
func (e *Encoder) copyEdge(m *image.RGBA, left, top int) {
	for y := range 16 {
		row := m.Pix[min(top+y, m.Rect.Dy()-1)*m.Stride:]
		for x := range 16 {
			copy(e.edge[(16*y+x)*4:][:4], row[4*min(left+x, m.Rect.Dx()-1):])
		}
	}
}

// mcuBound is more than an MCU's bytes: every symbol of 27 bits, every byte stuffed.
const mcuBound = mcuBlocks * 64 * 27 / 8 * 2

// write encodes the coefficients. It gives up where the file grows beyond the limit, unless it is
// the last try.
func (e *Encoder) write(size image.Point, quality, limit int, lastTry bool) (data []byte, fits bool) {
	luma, chroma := newQuantiser(&quantLuma, quality), newQuantiser(&quantChroma, quality)
	w := &e.emitter
	*w = emitter{out: append(w.out[:0], header(size, luma, chroma)...)}
	w.at = len(w.out)
	w.out = w.out[:cap(w.out)]
	var dc [3]int32
	for at := 0; at < len(e.coefs); at += mcuBlocks * blockBytes {
		if len(w.out)-w.at < 2*mcuBound {
			w.out = append(w.out, make([]byte, len(w.out)+2*mcuBound)...)
			w.out = w.out[:cap(w.out)]
		}
		mcu := e.coefs[at : at+mcuBlocks*blockBytes]
		for i := range 4 {
			dc[0] = w.block((*[blockBytes]byte)(mcu[i*blockBytes:]), luma, &written[0], &written[1], dc[0])
		}
		dc[1] = w.block((*[blockBytes]byte)(mcu[4*blockBytes:]), chroma, &written[2], &written[3], dc[1])
		dc[2] = w.block((*[blockBytes]byte)(mcu[5*blockBytes:]), chroma, &written[2], &written[3], dc[2])
		if w.at > limit && !lastTry {
			return nil, false
		}
	}
	w.end()
	w.at += copy(w.out[w.at:], []byte{0xff, markEOI})
	return w.out[:w.at], w.at <= limit || lastTry
}

// sampleEvery is how many MCUs one is looked at for, when a size is estimated. It shares no
// factor with the usual widths, so that all columns are seen.
const sampleEvery = 7

// fitting is the best quality between least and most whose file is likely to keep the limit.
func (e *Encoder) fitting(limit, least, most int) int {
	for least < most {
		if middle := (least + most + 1) / 2; e.estimate(middle) <= limit {
			least = middle
		} else {
			most = middle - 1
		}
	}
	return least
}

// estimate is the bytes of the file at a quality, from a part of its blocks and a little more.
func (e *Encoder) estimate(quality int) int {
	luma, chroma := newQuantiser(&quantLuma, quality), newQuantiser(&quantChroma, quality)
	block := func(i int) *[blockBytes]byte { return (*[blockBytes]byte)(e.coefs[i*blockBytes:]) }
	total, seen, mcus := 0, 0, len(e.coefs)/(mcuBlocks*blockBytes)
	add := func(q *quantiser, table, i, before int) {
		bits, _ := cost(block(i), q, &written[table], &written[table+1], q.level(block(before), 0))
		total += bits
	}
	for mcu := 0; mcu < mcus; mcu += sampleEvery {
		seen++
		at, previous := mcu*mcuBlocks, max(0, mcu-1)*mcuBlocks
		add(luma, 0, at, previous+3)
		for i := at + 1; i < at+4; i++ {
			add(luma, 0, i, i-1)
		}
		add(chroma, 2, at+4, previous+4)
		add(chroma, 2, at+5, previous+5)
	}
	return int(int64(total)*int64(mcus)/int64(seen)/8)*101/100 + headerBytes
}
