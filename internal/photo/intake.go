package photo

import (
	"errors"
	"fmt"
	"io"
	"time"
)

// intake takes in one body: bounded in bytes, not too slow, and at its beginning that of a photo.
type intake struct {
	opts *FetchOptions
	data []byte
	look int // bytes at which the beginning is looked at; 0: it has passed

	began time.Time // of the window over which speed is measured
	mark  int       // bytes that had come then
}

// first is how many bytes of a body tell what it is.
const first = 512

// newIntake has room for a body of the size in bytes, -1 where its source did not say. It is for
// who was granted as much.
func newIntake(o *FetchOptions, size int64, memory *buffers) *intake {
	room := int64(64 << 10)
	if size >= 0 {
		room = size + 1 // the end of a body is seen by reading on
	}
	return &intake{opts: o, data: memory.take(int(room)), look: first, began: time.Now()}
}

// readAll reads the body to its end.
func (in *intake) readAll(body io.Reader) error {
	for {
		if len(in.data) == cap(in.data) {
			in.data = grown(in.data, in.opts.MaxBytes)
		}
		n, err := body.Read(in.data[len(in.data):cap(in.data)])
		in.data = in.data[:len(in.data)+n]
		if int64(len(in.data)) > in.opts.MaxBytes {
			return fmt.Errorf("body of more than %d bytes: %w", in.opts.MaxBytes, ErrTooLarge)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = errors.Join(in.beginning(), in.pace())
		}
		if err != nil {
			return err
		}
	}
}

// beginning looks at what has come each time that it is as much again, until it tells the photo's
// size.
func (in *intake) beginning() error {
	if in.look == 0 || len(in.data) < in.look {
		return nil
	}
	in.look = 2 * len(in.data)
	told, err := beginning(in.data)
	if told {
		in.look = 0
	}
	return err
}

// pace refuses a source that was too slow over the last window.
func (in *intake) pace() error {
	since := time.Since(in.began)
	if since <= in.opts.SpeedWindow {
		return nil
	}
	if int64(float64(len(in.data)-in.mark)/since.Seconds()) < in.opts.MinSpeed {
		return fmt.Errorf("slower than %d bytes a second: %w", in.opts.MinSpeed, ErrTimeout)
	}
	in.began, in.mark = time.Now(), len(in.data)
	return nil
}

// grown is the same bytes with room for as many again, but never for more than one over the most.
func grown(data []byte, most int64) []byte {
	room := max(64<<10, min(2*int64(cap(data)), most+1))
	out := make([]byte, len(data), room)
	copy(out, data)
	return out
}
