package pngfile

import (
	"newsroom.example/cards/internal/inflate"
)

// chunkBytes is how many bytes are inflated at a time. With the window of deflate they fit into a second-level cache.
const chunkBytes = 96 << 10

// rows inflates the rows of a file. Its memory is reused.
type rows struct {
	z   inflate.Reader
	buf []byte
	at  int // of the next row in buf
	end int // of what is inflated
	err error
}

// bufBytes returns the size of the buffer for rows of at most n bytes.
func bufBytes(n int) int { return inflate.Window + 2*n + chunkBytes + inflate.Slack }

// reset begins a file whose rows have at most n bytes.
func (r *rows) reset(pixels func() []byte, n int) {
	r.z.Reset(pixels)
	if r.at, r.end, r.err = 0, 0, nil; len(r.buf) < bufBytes(n) {
		r.buf = make([]byte, bufBytes(n))
	}
}

// next returns the next n bytes, or fewer if the data ends before. They are valid until the next call.
func (r *rows) next(n int) []byte {
	for r.end-r.at < n && r.err == nil && !r.z.Ended() {
		if limit := len(r.buf) - inflate.Slack; r.end >= limit-n {
			keep := max(inflate.Window, r.end-r.at)
			if drop := r.end - keep; drop > 0 {
				copy(r.buf, r.buf[drop:r.end])
				r.at, r.end = r.at-drop, keep
			}
		}
		r.end, r.err = r.z.Fill(r.buf, r.end, min(r.end+chunkBytes, len(r.buf)-inflate.Slack))
	}
	row := r.buf[r.at:min(r.at+n, r.end)]
	r.at += len(row)
	return row
}
