package pngfile

import "newsroom.example/cards/internal/inflate"

// chunkBytes is how many bytes are inflated at a time. With the window of deflate they fit into a second-level cache.
const chunkBytes = 96 << 10

// rows inflates the rows of a file. Its memory is reused.
type rows struct {
	z    inflate.Reader
	most int    // bytes that are asked for at once
	buf  []byte // which next reads
	at   int    // of the next row in buf
	end  int    // of what is inflated
	done bool   // no more will come
	bufs [2][]byte
	pair *pair // the other goroutine; nil: there is none
}

// bufBytes returns the size of a buffer for n bytes at once: what is kept of the one before it, and more.
func bufBytes(n int) int { return inflate.Window + n + chunkBytes + 2*inflate.Slack }

// reset begins a file of which at most n bytes are asked for at once. If paired, they are inflated in a goroutine of
// their own; then stop must be called.
func (r *rows) reset(pixels func() []byte, n int, paired bool) {
	r.z.Reset(pixels)
	r.most, r.at, r.end, r.done, r.pair = n, 0, 0, false, nil
	r.buf = r.buffer(0)
	if paired {
		r.pair = newPair(r.buf, r.buffer(1))
		go r.pair.run(&r.z, n)
	}
}

// buffer returns one of the buffers.
func (r *rows) buffer(i int) []byte {
	if len(r.bufs[i]) < bufBytes(r.most) {
		r.bufs[i] = make([]byte, bufBytes(r.most))
	}
	return r.bufs[i]
}

// next returns the next n bytes, or fewer if the data ends before. They are valid until the next call.
func (r *rows) next(n int) []byte {
	row := r.peek(n)
	r.at += len(row)
	return row
}

// peek returns what next will return.
func (r *rows) peek(n int) []byte {
	for r.end-r.at < n && !r.done {
		if r.pair != nil {
			r.receive()
			continue
		}
		kept := keep(r.buf, r.buf, r.end, r.most)
		r.at, r.end = r.at-r.end+kept, kept
		r.end, r.done = fill(&r.z, r.buf, r.end)
	}
	return r.buf[r.at:min(r.at+n, r.end)]
}

// keep copies the end of what is in a buffer to the start of another one: the window of deflate, and rows that are not
// complete. It returns how many bytes these are.
func keep(to, from []byte, end, row int) int {
	return copy(to, from[max(0, end-inflate.Window-row):end])
}

// fill inflates more behind the first at bytes of a buffer. done says that nothing follows.
func fill(z *inflate.Reader, buf []byte, at int) (end int, done bool) {
	end, err := z.Fill(buf, at, at+chunkBytes)
	return end, err != nil || z.Ended()
}

// stop ends the other goroutine, if there is one.
func (r *rows) stop() {
	if r.pair != nil {
		close(r.pair.free)
		<-r.pair.ended
		r.pair = nil
	}
}
