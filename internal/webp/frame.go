package webp

import (
	"errors"
	"fmt"
	"image"
)

// errVP8 is the error of VP8 data that cannot be decoded.
var errVP8 = errors.New("webp: invalid VP8 data")

const frameHeader = 10 // bytes of the frame tag, the start code and the sizes (RFC 6386, section 9.1)

// frame is the header of a VP8 key frame.
type frame struct {
	size                  image.Point
	mbw, mbh              int // in macroblocks
	segmented             bool
	mapped                bool     // each macroblock says which segment it belongs to
	segments              [3]uint8 // probabilities of the tree of segments
	skips                 bool     // macroblocks may say that they have no coefficients
	skipProb              uint8
	simple                bool            // the loop filter's kind
	filtered              bool            // the loop filter is used
	limits                [4][2]limits    // of the loop filter, by segment, and whether blocks of 4x4 are predicted
	steps                 [4]steps        // by segment
	probs                 probsByPosition // of coefficients
	modes                 bools           // the first partition, after the header
	partitions            [8]bools        // of coefficients
	used                  int             // number of partitions, a power of two
	quantisers, strengths [4]int          // of segments, as they are coded
	relative              bool            // to those of the frame
}

// steps are the quantisers of DC and AC coefficients.
type steps struct{ luma, dc, chroma [2]int32 }

// sizeOfVP8 returns the size that the header of a key frame says.
func sizeOfVP8(data []byte) (image.Point, error) {
	switch {
	case len(data) < frameHeader:
		return image.Point{}, errShort
	case data[0]&1 != 0 || data[3] != 0x9d || data[4] != 0x01 || data[5] != 0x2a:
		return image.Point{}, fmt.Errorf("%w: no key frame", errVP8)
	}
	size := image.Pt(int(data[6])|int(data[7]&0x3f)<<8, int(data[8])|int(data[9]&0x3f)<<8)
	if size.X == 0 || size.Y == 0 {
		return size, fmt.Errorf("%w: no pixels", errVP8)
	}
	return size, nil
}

// readFrame reads the header of a key frame (RFC 6386, section 9). whole says that data is not cut short.
func readFrame(data []byte, whole bool) (*frame, error) {
	size, err := sizeOfVP8(data)
	if err != nil {
		return nil, err
	}
	f := &frame{size: size, mbw: (size.X + 15) / 16, mbh: (size.Y + 15) / 16}
	first := int(data[0])>>5 | int(data[1])<<3 | int(data[2])<<11
	data = data[frameHeader:]
	if first > len(data) {
		if whole {
			return nil, fmt.Errorf("%w: the first partition is longer than the data", errVP8)
		}
		return nil, errShort
	}
	b := newBools(data[:first])
	b.number(2) // colour space and clamping type: the former has one value, the latter is a promise
	f.readSegments(&b)
	f.readFilter(&b)
	f.used = 1 << b.number(2)
	f.readSteps(&b)
	b.flag() // whether the probabilities are kept for later frames
	f.readProbs(&b)
	if f.skips = b.flag(); f.skips {
		f.skipProb = uint8(b.number(8))
	}
	if b.exhausted() {
		return nil, fmt.Errorf("%w: the header is longer than the first partition", errVP8)
	}
	f.modes = b
	return f, f.split(data[first:], whole)
}

// split finds the partitions of coefficients (RFC 6386, section 9.5).
func (f *frame) split(data []byte, whole bool) error {
	lengths := 3 * (f.used - 1)
	if len(data) < lengths {
		return errShort
	}
	rest := data[lengths:]
	for i := range f.used {
		n := len(rest)
		if i < f.used-1 {
			n = uint24(data[3*i:])
		}
		if n > len(rest) {
			if whole {
				return fmt.Errorf("%w: partition %d is longer than the data", errVP8, i)
			}
			n = len(rest)
		}
		f.partitions[i] = newBools(rest[:n])
		rest = rest[n:]
	}
	return nil
}

// readSegments reads what segments differ in (RFC 6386, section 9.3).
func (f *frame) readSegments(b *bools) {
	f.segments = [3]uint8{255, 255, 255}
	if f.segmented = b.flag(); !f.segmented {
		return
	}
	f.mapped = b.flag()
	if b.flag() {
		f.relative = !b.flag()
		for i := range f.quantisers {
			f.quantisers[i] = b.signed(7)
		}
		for i := range f.strengths {
			f.strengths[i] = b.signed(6)
		}
	}
	if !f.mapped {
		return
	}
	for i := range f.segments {
		if b.flag() {
			f.segments[i] = uint8(b.number(8))
		}
	}
}

// ofSegment returns the value of a segment, whose own is added to the frame's or replaces it.
func (f *frame) ofSegment(base, own int) int {
	switch {
	case f.segmented && f.relative:
		return base + own
	case f.segmented:
		return own
	}
	return base
}

// readSteps reads the quantisers (RFC 6386, sections 9.6 and 14.1).
func (f *frame) readSteps(b *bools) {
	base := b.number(7)
	var deltas [5]int // of luma's DC, the DC of and the AC of luma's DC, the DC and the AC of chroma
	for i := range deltas {
		deltas[i] = b.signed(4)
	}
	step := func(of *[128]uint16, index, most int) int32 { return int32(of[max(0, min(index, most))]) }
	for i := range f.steps {
		q := f.ofSegment(base, f.quantisers[i])
		s := &f.steps[i]
		s.luma = [2]int32{step(&dcSteps, q+deltas[0], 127), step(&acSteps, q, 127)}
		s.dc = [2]int32{2 * step(&dcSteps, q+deltas[1], 127), max(8, step(&acSteps, q+deltas[2], 127)*155/100)}
		s.chroma = [2]int32{step(&dcSteps, q+deltas[3], 117), step(&acSteps, q+deltas[4], 127)} // 117: at most 132
	}
}

// readProbs reads which probabilities of coefficients are replaced (RFC 6386, section 13.4).
func (f *frame) readProbs(b *bools) {
	probs := defaultProbs
	for kind := range probs {
		for band := range probs[kind] {
			for context := range probs[kind][band] {
				for i := range probs[kind][band][context] {
					if b.read(updateProbs[kind][band][context][i]) == 1 {
						probs[kind][band][context][i] = uint8(b.number(8))
					}
				}
			}
		}
	}
	f.probs.set(&probs)
}
