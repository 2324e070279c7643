package jpeg

import (
	"fmt"
	"image"
	"math"
	"slices"
	"sync"
	"sync/atomic"
)

// maxEncoded is the longest side of a JPEG, in pixels.
const maxEncoded = 1<<16 - 1

// Encoder encodes pictures and reuses its memory for the next one. It must not be used concurrently.
// The zero value is ready to use.
type Encoder struct {
	coefs  []mcu
	strips []strip
	out    []byte
}

// Options are the parameters of an encoding.
type Options struct {
	Quality  int // the best quality to use, 1 to 100 as in libjpeg
	Least    int // the worst quality to use in order to stay within MaxBytes, 1 to Quality
	MaxBytes int // limit of the file's size; 0: no limit
	Cores    int // number of goroutines; 0: one. The bytes do not depend on it
}

// Encode returns the picture as a baseline JPEG with 4:2:0 chroma, at the best quality that stays within
// the limit, or at the worst if none does. It ignores alpha. The bytes are valid until the next call of
// Encode.
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

// prepare allocates the strips, and memory for the coefficients if the picture may need to be encoded
// at another quality.
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

// stripsEach is the number of strips per goroutine. With several, a goroutine that starts late or has
// more detailed strips encodes fewer of them.
const stripsEach = 4

// write encodes the picture. If the complete file would exceed the limit, write returns an incomplete
// file that exceeds it too.
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

// together runs work in the given number of goroutines, including the caller's, and returns when all
// have ended. A panic in any of them is raised in the caller's goroutine, where it can be recovered.
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
