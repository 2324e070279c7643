package jpeg

import (
	"fmt"
	"image"
	"math"
	"slices"
	"sync"
	"sync/atomic"
)

// maxEncoded is the longest side that a file can name.
const maxEncoded = 1<<16 - 1

// Encoder encodes pictures. Its memory is used again by the next picture. It is for one goroutine
// at a time; the zero value is ready.
type Encoder struct {
	coefs  []mcu
	strips []strip
	out    []byte
}

// Options say what is asked of a file.
type Options struct {
	Quality  int // the best, 1 to 100, as libjpeg counts
	Least    int // the worst that is taken, to keep MaxBytes
	MaxBytes int // 0: no limit
	Cores    int // how many goroutines share the work; 0 and 1: the caller's. The bytes are the same
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
	p := pass{picture: m, across: (size.X + 15) / 16, down: (size.Y + 15) / 16}
	e.prepare(&p, o)
	for quality := o.Quality; ; quality-- {
		if p.limit = o.MaxBytes; p.coefs == nil || quality == o.Least {
			p.limit = math.MaxInt
		}
		if data := e.write(p.at(quality), size, o.Cores); len(data) <= p.limit {
			return data, nil
		}
		p.picture = nil
		quality = e.strips[0].fitting(&p, o.MaxBytes, o.Least, quality-1) + 1
	}
}

// prepare makes room for the coefficients, where another quality may be asked of them, and for
// what the strips work with.
func (e *Encoder) prepare(p *pass, o Options) {
	if o.MaxBytes > 0 && o.Quality > o.Least {
		e.coefs = slices.Grow(e.coefs[:0], p.across*p.down)[:p.across*p.down]
		p.coefs = e.coefs
	}
	strips := 1
	if o.Cores > 1 {
		strips = min(stripsEach*o.Cores, p.down)
	}
	e.strips = slices.Grow(e.strips[:0], strips)[:strips]
}

// stripsEach is how many strips a core has, so that one with denser strips, or one that comes late,
// takes fewer.
const stripsEach = 4

// write encodes the picture. The file is longer than the limit where it would not keep it, and
// then it is not whole.
func (e *Encoder) write(p *pass, size image.Point, cores int) []byte {
	var next atomic.Int64
	work := func() {
		for i := int(next.Add(1)) - 1; i < len(e.strips); i = int(next.Add(1)) - 1 {
			e.strips[i].encode(p, p.down*i/len(e.strips), p.down*(i+1)/len(e.strips))
		}
	}
	together(min(cores, len(e.strips)), work)
	scan := joiner{out: header(e.out[:0], size, p.luma, p.chroma)}
	for i := range e.strips {
		scan.add(&e.strips[i].emitter)
	}
	e.out = append(scan.end(), 0xff, markEOI)
	return e.out
}

// together runs work in so many goroutines, the caller's among them, and returns when all have
// ended. A panic in any is the caller's: nobody above another one could recover from it, and the
// process would end with it.
func together(goroutines int, work func()) {
	var others sync.WaitGroup
	var panicked atomic.Pointer[any]
	defer func() {
		others.Wait()
		if r := panicked.Load(); r != nil {
			panic(*r)
		}
	}()
	for range goroutines - 1 {
		others.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					panicked.Store(&r)
				}
			}()
			work()
		})
	}
	work()
}
