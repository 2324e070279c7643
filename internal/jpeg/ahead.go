package jpeg

import (
	"sync"
	"sync/atomic"
)

// Two goroutines decode one scan as Klein and Wiseman showed ("Parallel Huffman decoding with
// applications to JPEG files", The Computer Journal 46, 2003): Huffman codes synchronise by
// themselves. The second one begins in the middle, as if an MCU did, and begins anew wherever it
// meets what is no code. Before long its MCUs are those of the picture. It does not know it, nor
// which ones they are, nor what their means are predicted from: so it notes the bits where they
// begin, and keeps their coefficients. When the first one gets there, and an MCU of its own begins
// at one of those bits, all that the second one has read from there on is right.

const (
	pairBytes = 64 << 10 // scans of fewer are not worth it
	noted     = 1000     // MCUs: if none of them is right, the first goroutine goes on alone
	anew      = 200      // times, before the second one gives up
	aheadMost = 300      // plans' coefficients that it keeps, 16 KB each
)

// ahead is the second goroutine's part.
type ahead struct {
	scanner
	starts []start              // of the first MCUs
	kept   []*[planCoeffs]int32 // as many MCUs in each as the plan takes
	read   int                  // MCUs
	wrong  int                  // times that it began anew
	err    error                // why no more can be read
	known  atomic.Bool          // starts is finished
	meet   chan meeting         // takes one; closed where the two do not meet
	done   chan error           // takes one
}

// start is where an MCU begins.
type start struct {
	bit int // after the mark
	dc  [3]int32
}

// meeting says which of the picture's MCUs is which of the second goroutine's, and how far its
// means are off.
type meeting struct {
	mcu, ahead int
	off        [3]int32
}

// middle is the byte of the scan where a second goroutine may begin, 0 if none may: where it is as
// long underway as the first one. With restart markers the bits do not follow each other.
func (j *job) middle() int {
	mark := len(j.Picture.scan) * j.mcus.Max.Y / j.mcusY * 12 / 25
	if mark < pairBytes/2 || j.restart > 0 {
		return 0
	}
	for mark > 0 && j.Picture.scan[mark-1] == 0xff {
		mark-- // its stuffing belongs to it
	}
	return mark
}

// aheads lends out second goroutines' parts: they are large, and idle processors are not for long.
var aheads = sync.Pool{New: func() any { return new(ahead) }}

// scanPair is scan with a second goroutine from the mark on. That one has ended when it returns.
func (d *Decoder) scanPair(j *job, mark int) error {
	a := aheads.Get().(*ahead)
	a.send(j, mark)
	err := d.follow(j, a, mark)
	a.letGo()
	aheads.Put(a)
	return err
}

// send lets a second goroutine begin at the mark.
func (a *ahead) send(j *job, mark int) {
	a.begin(j.Picture.scan[mark:])
	go func() { a.done <- a.work(j) }()
}

// follow reads up to where it meets the second goroutine, and waits for it; or to the end.
func (d *Decoder) follow(j *job, a *ahead, mark int) error {
	s := &d.scanner
	end := sync.OnceValue(func() error {
		close(a.meet)
		return <-a.done
	})
	defer func() { _ = end() }() // its memory may serve again, whatever happens here
	s.begin(j.Picture, mark)
	i, err := j.scan(s, 0)
	if err == nil && a.known.Load() {
		var m meeting
		if m, err = j.meets(s, a.starts, i); m.ahead >= 0 && err == nil {
			a.meet <- m
			return end()
		}
		i = m.mcu
	}
	_ = end() // what lies beyond is read here, once more
	if err != nil {
		return err
	}
	s.marked = false
	_, err = j.scan(s, i)
	return err
}

// meets reads MCUs, from the i-th on, until one begins where one of the starts is, or all of them
// are past: then the meeting's ahead is -1.
func (j *job) meets(s *scanner, starts []start, i int) (meeting, error) {
	at := 0
	for i < j.end {
		for at < len(starts) && starts[at].bit < s.since() {
			at++
		}
		if at == len(starts) {
			break
		}
		if starts[at].bit == s.since() {
			m := meeting{mcu: i, ahead: at}
			for c := range m.off {
				m.off[c] = s.dc[c] - starts[at].dc[c]
			}
			return m, nil
		}
		n, err := j.step(s, i, 1)
		if err != nil {
			return meeting{ahead: -1}, err
		}
		i += n
	}
	return meeting{mcu: i, ahead: -1}, nil
}
