package pngfile

import (
	"encoding/binary"
	"hash/adler32"
)

// check finds out whether the pixels are others than were written: both of their checksums are wrong. One alone may be
// a fault of the encoder, which other decoders do not see.
func (p *Picture) check() {
	for c := range p.chunks(p.first) {
		if c.is("IDAT") && !c.sound() {
			p.garbled = !p.adlerMatches()
			return
		}
	}
}

// adlerMatches inflates the file, and reports whether there are as many bytes as there must be, and the sum of them is
// the one behind them.
func (p *Picture) adlerMatches() bool {
	d := decoders.Get().(*decoder)
	defer func() {
		d.rows.z.Reset(nil) // the pool does not keep the file
		decoders.Put(d)
	}()
	d.rows.reset(p.pixels(), chunkBytes, false)
	sum := adler32.New()
	left := p.RawBytes()
	for left > 0 {
		n := int(min(left, chunkBytes))
		part := d.rows.next(n)
		if len(part) < n {
			return false
		}
		_, _ = sum.Write(part)
		left -= int64(n)
	}
	if more := d.rows.next(1); len(more) > 0 || !d.rows.z.Ended() {
		return false
	}
	end := d.rows.z.Trailer(4)
	return len(end) == 4 && binary.BigEndian.Uint32(end) == sum.Sum32()
}
