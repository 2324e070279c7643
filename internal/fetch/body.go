package fetch

import (
	"errors"
	"fmt"
	"io"
	"time"

	"newsroom.example/cards/internal/fault"
)

// body is what has come of a response's body: bounded in bytes, not too slow, and of the Format.
type body struct {
	opts  *Options
	data  []byte
	sniff int // bytes at which the Format looks at the beginning; 0: it is done

	windowStart time.Time // of the window over which speed is measured
	windowBytes int       // bytes that had come then
}

// sniffBytes is how much of a body the Format looks at first.
const sniffBytes = 512

// newBody has room for size bytes; -1 where the source did not say.
func newBody(o *Options, size int64) *body {
	room := int64(64 << 10)
	if size >= 0 {
		room = size + 1 // the end of a body is seen by reading on
	}
	return &body{opts: o, data: make([]byte, 0, room), sniff: sniffBytes, windowStart: time.Now()}
}

// readAll reads r to its end.
func (b *body) readAll(r io.Reader) error {
	for {
		if len(b.data) == cap(b.data) {
			b.data = grown(b.data, b.opts.MaxBytes)
		}
		n, err := r.Read(b.data[len(b.data):cap(b.data)])
		b.data = b.data[:len(b.data)+n]
		if int64(len(b.data)) > b.opts.MaxBytes {
			message := fmt.Sprintf("the photo has more than %d MiB, which is the limit", b.opts.MaxBytes>>20)
			return fmt.Errorf("%w: %w", &fault.Error{Kind: fault.ImageTooLarge, Message: message}, fault.ErrImageTooLarge)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = errors.Join(b.checkFormat(), b.checkSpeed())
		}
		if err != nil {
			return err
		}
	}
}

// checkFormat has the Format look at what has come, each time that is twice as much, until it is done.
func (b *body) checkFormat() error {
	if b.sniff == 0 || len(b.data) < b.sniff {
		return nil
	}
	b.sniff = 2 * len(b.data)
	done, err := b.opts.Format.Sniff(b.data)
	if done {
		b.sniff = 0
	}
	return err
}

// checkSpeed returns an error for a source that was too slow over the last window.
func (b *body) checkSpeed() error {
	since := time.Since(b.windowStart)
	if since <= b.opts.SpeedWindow {
		return nil
	}
	if int64(float64(len(b.data)-b.windowBytes)/since.Seconds()) < b.opts.MinSpeed {
		return fmt.Errorf("slower than %d bytes a second: %w", b.opts.MinSpeed, ErrTimeout)
	}
	b.windowStart, b.windowBytes = time.Now(), len(b.data)
	return nil
}

// grown returns the same bytes with room for as many again, but never for more than most and one.
func grown(data []byte, most int64) []byte {
	room := max(64<<10, min(2*int64(cap(data)), most+1))
	out := make([]byte, len(data), room)
	copy(out, data)
	return out
}
