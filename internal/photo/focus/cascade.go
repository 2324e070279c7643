package focus

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"sync"
)

//go:embed cascades/frontal.bin
var frontalData []byte

//go:embed cascades/profile.bin
var profileData []byte

// cascades parses the embedded cascades once.
var cascades = sync.OnceValue(func() (c struct{ frontal, profile *cascade }) {
	c.frontal, c.profile = mustCascade(frontalData), mustCascade(profileData)
	return c
})

// cascade is a boosted cascade over local binary patterns (Liao et al., 2007; Viola and Jones,
// 2001). It is safe for concurrent use.
type cascade struct {
	width, height int // of the window, in pixels
	stages        []stage
}

// stage is a stage of a cascade. A window passes it if the sum of its stumps reaches the threshold.
type stage struct {
	threshold int32
	stumps    []stump
}

// stump evaluates one pattern of three by three cells. Each outer cell is brighter than the middle one or not, which
// gives an eight-bit number; set says which numbers indicate a face.
type stump struct {
	rows    [4]int32  // offsets of the rows of the cells' corners in an integral image
	columns [4]uint8  // offsets of the corners within a row
	set     [8]uint32 // bit set of 256 numbers
	in, out int32     // values for numbers in the set and outside it, in units of 1/65536
}

// reach is greater than the widest window, so that an index can be masked instead of checked.
const reach = 32

var errCascade = errors.New("cascade is cut off")

// parseCascade parses a cascade. The format is: width, height and number of stages, a byte each; for each stage, the
// number of its stumps, a byte, and its threshold; for each stump, the first cell as x, y, width and height, a byte
// each, the set as eight words, and the two values. Words have 32 bits, little-endian.
func parseCascade(data []byte) (*cascade, error) {
	r := reader{data: data}
	head := r.take(3)
	c := &cascade{width: int(head[0]), height: int(head[1]), stages: make([]stage, head[2])}
	for i := range c.stages {
		n := r.take(1)[0]
		c.stages[i] = stage{threshold: int32(r.word()), stumps: make([]stump, n)}
		for k := range c.stages[i].stumps {
			c.stages[i].stumps[k] = r.stump()
		}
	}
	if r.short || len(r.data) > 0 {
		return nil, errCascade
	}
	return c, nil
}

func mustCascade(data []byte) *cascade {
	c, err := parseCascade(data)
	if err != nil {
		panic(err) // the data is embedded, and a test parses it
	}
	return c
}

type reader struct {
	data  []byte
	short bool
}

// take returns the next n bytes, or zeros at the end of the data.
func (r *reader) take(n int) []byte {
	if len(r.data) < n {
		r.short, r.data = true, nil
		return make([]byte, n)
	}
	out := r.data[:n]
	r.data = r.data[n:]
	return out
}

func (r *reader) word() uint32 { return binary.LittleEndian.Uint32(r.take(4)) }

func (r *reader) stump() (s stump) {
	cell := r.take(4)
	x, y, w, h := int32(cell[0]), int32(cell[1]), int32(cell[2]), int32(cell[3])
	for i := range s.rows {
		s.rows[i], s.columns[i] = (y+h*int32(i))*stride, uint8(x+w*int32(i))
	}
	for i := range s.set {
		s.set[i] = r.word()
	}
	s.in, s.out = int32(r.word()), int32(r.word())
	return s
}

// passed returns the number of consecutive stages that the window at sums[0] passes.
func (c *cascade) passed(sums []uint32) int {
	for i := range c.stages {
		s := &c.stages[i]
		total := int32(0)
		for k := range s.stumps {
			total += s.stumps[k].weigh(sums)
		}
		if total < s.threshold {
			return i
		}
	}
	return len(c.stages)
}

// weigh returns the value of the stump. The number of the pattern is formed clockwise from the top left cell, the
// highest bit first.
func (s *stump) weigh(sums []uint32) int32 {
	r0, r1 := (*[reach]uint32)(sums[s.rows[0]:]), (*[reach]uint32)(sums[s.rows[1]:])
	r2, r3 := (*[reach]uint32)(sums[s.rows[2]:]), (*[reach]uint32)(sums[s.rows[3]:])
	a, b, c, d := s.columns[0]%reach, s.columns[1]%reach, s.columns[2]%reach, s.columns[3]%reach
	p0, p1, p2, p3 := r0[a], r0[b], r0[c], r0[d]
	p4, p5, p6, p7 := r1[a], r1[b], r1[c], r1[d]
	p8, p9, p10, p11 := r2[a], r2[b], r2[c], r2[d]
	p12, p13, p14, p15 := r3[a], r3[b], r3[c], r3[d]
	middle := p5 - p6 - p9 + p10
	pattern := bit(p0-p1-p4+p5, middle)<<7 | bit(p1-p2-p5+p6, middle)<<6 | bit(p2-p3-p6+p7, middle)<<5 |
		bit(p6-p7-p10+p11, middle)<<4 | bit(p10-p11-p14+p15, middle)<<3 | bit(p9-p10-p13+p14, middle)<<2 |
		bit(p8-p9-p12+p13, middle)<<1 | bit(p4-p5-p8+p9, middle)
	if s.set[pattern>>5]>>(pattern&31)&1 != 0 {
		return s.in
	}
	return s.out
}

// bit returns 1 if the cell is at least as bright as the middle one. Sums must be less than 2^31.
func bit(cell, middle uint32) uint32 { return ^(cell - middle) >> 31 }
