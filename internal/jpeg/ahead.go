package jpeg

import (
	"sync"
	"sync/atomic"
)

// Two goroutines can decode one scan, by the method of Klein and Wiseman ("Parallel Huffman decoding
// with applications to JPEG files", The Computer Journal 46, 2003): Huffman codes synchronise by
// themselves. The second goroutine starts in the middle of the scan as if an MCU began there. When it
// meets an invalid code, it starts again at that bit. After a few MCUs it is usually synchronised: its
// MCUs are those of the picture. It cannot know that, nor the index of its MCUs, nor the DC values from
// which theirs are predicted. So it records the bit at which each of its MCUs begins, and keeps their
// coefficients. When the first goroutine gets there and one of its MCUs begins at a recorded bit,
// everything that the second one has decoded from that bit on is correct, except for constant offsets
// of the DC values.

const (
	pairBytes  = 64 << 10 // smaller scans are decoded by one goroutine
	maxStarts  = 1000     // recorded MCUs; if none of them is correct, the first goroutine continues alone
	maxRetries = 200      // the second goroutine gives up after so many invalid codes
	maxAhead   = 300      // plans whose coefficients it keeps, 16 KB each
)

// ahead is the state of the second goroutine.
type ahead struct {
	scanner
	starts []start              // of the first MCUs
	kept   []*[planCoeffs]int32 // coefficients of plan.most MCUs each
	read   int                  // decoded MCUs
	wrong  int                  // number of retries
	err    error                // why it stopped decoding
	known  atomic.Bool          // starts is complete
	meet   chan meeting         // receives at most one meeting; closed if there is none
	done   chan error           // receives the result of work
}

// start is the beginning of an MCU.
type start struct {
	bit int // offset from the mark, in bits
	dc  [3]int32
}

// meeting says that the picture's MCU mcu is the second goroutine's MCU ahead, and which offsets must
// be added to the DC values of the latter and its successors.
type meeting struct {
	mcu, ahead int
	off        [3]int32
}

// middle returns the offset in the scan, in bytes, at which a second goroutine should start, so that
// both take about the same time. It returns 0 if there should be none: the scan is short, or has restart
// markers, which interrupt the string of bits.
func (j *job) middle() int {
	mark := len(j.Picture.scan) * j.mcus.Max.Y / j.mcusY * 12 / 25
	if mark < pairBytes/2 || j.restart > 0 {
		return 0
	}
	for mark > 0 && j.Picture.scan[mark-1] == 0xff {
		mark-- // do not separate 0xff from the zero stuffed behind it
	}
	return mark
}

// aheads is a pool because the state is large and used only for a short time.
var aheads = sync.Pool{New: func() any { return new(ahead) }}

// scanPair is like scan, with a second goroutine that starts at the mark. The second goroutine has
// ended when scanPair returns.
func (d *Decoder) scanPair(j *job, mark int) error {
	a := aheads.Get().(*ahead)
	a.send(j, mark)
	err := d.follow(j, a, mark)
	a.release()
	aheads.Put(a)
	return err
}

// send starts the second goroutine at the mark.
func (a *ahead) send(j *job, mark int) {
	a.begin(j.Picture.scan[mark:])
	go func() { a.done <- a.work(j) }()
}

// follow decodes MCUs until it meets the second goroutine, and then waits for that. If they do not
// meet, it decodes to the end.
func (d *Decoder) follow(j *job, a *ahead, mark int) error {
	s := &d.scanner
	end := sync.OnceValue(func() error {
		close(a.meet)
		return <-a.done
	})
	defer func() { _ = end() }() // the second goroutine must end before its state is reused, even after a panic
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
	_ = end() // the rest is decoded again here
	if err != nil {
		return err
	}
	s.marked = false
	_, err = j.scan(s, i)
	return err
}

// meets decodes MCUs, from MCU i on, until one begins at one of the starts. If it passes all of them,
// it returns a meeting whose ahead is -1.
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
