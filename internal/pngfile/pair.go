package pngfile

import "newsroom.example/cards/internal/inflate"

// pair inflates in a goroutine, into two buffers by turns: while one is filled, the rows in the other are unfiltered.
type pair struct {
	full  chan batch
	free  chan []byte // buffers that were read; it is closed if no more is needed
	ended chan struct{}
}

// batch is a buffer with new bytes.
type batch struct {
	buf       []byte
	kept, end int // the new bytes are from kept to end
	done      bool
}

// newPair returns a pair with two buffers, of which the first has nothing in it.
func newPair(first, second []byte) *pair {
	p := &pair{full: make(chan batch, 2), free: make(chan []byte, 2), ended: make(chan struct{})}
	p.free <- first
	p.free <- second
	return p
}

// run inflates rows of at most so many bytes until there is an end, or nothing more is needed. A panic, which would end
// the process, is an end.
func (p *pair) run(z *inflate.Reader, row int) {
	defer close(p.ended)
	defer close(p.full)
	defer func() { _ = recover() }()
	var last batch
	for buf := range p.free {
		b := batch{buf: buf, kept: keep(buf, last.buf, last.end, row)}
		b.end, b.done = fill(z, buf, b.kept)
		p.full <- b
		if last = b; b.done {
			return
		}
	}
}

// receive waits for the next buffer, and returns the one that was read.
func (r *rows) receive() {
	b, ok := <-r.pair.full
	if !ok {
		r.done = true
		return
	}
	if r.end > 0 {
		r.pair.free <- r.buf
	}
	r.at, r.end, r.buf, r.done = r.at-r.end+b.kept, b.end, b.buf, b.done
}
