package faces

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"math"
	"sync"
)

//go:embed weights/faces.bin
var weightsData []byte

// network parses the embedded weights once.
var network = sync.OnceValue(func() *net {
	n, err := parse(weightsData)
	if err != nil {
		panic(err) // the data is embedded, and a test parses it
	}
	return n
})

// Sizes of the network: the values of a pixel after each layer, and those of a cell of the result.
var widths = [...]int{16, 32, 64, 128, 256, 512}

const (
	perBox  = 5                      // numbers that describe a box
	outputs = perBox * len(anchors)  // of a cell
	padded  = (outputs + 15) &^ 15   // the same in whole vectors
	stride  = 1 << (len(widths) - 1) // pixels of the picture in a cell: every layer but the last halves
)

// net has the weights: of the first layer, a full convolution; of the others, a convolution of each value by itself
// followed by a weighted sum of all of a pixel's values; and of the result. It is safe for concurrent use.
type net struct {
	sums  [len(widths)]sum
	each  [len(widths)][]int16 // 9 weights of each value, tap by tap; the first layer has none
	last  sum
	scale float64 // of the result
}

// sum has the weights of weighted sums over all values of one or more runs of pixels.
type sum struct {
	in, out, runs int     // values of a run, sums, and runs
	shift         uint    // the sums are divided by 1<<shift
	bias          []int32 // with half a unit for rounding
	pairs         []int16 // by 16 sums, by two values, by sum, by value
	packed        []int64 // by two sums, by value: one in each half; nil where vectors are used
}

var errWeights = errors.New("weights are cut off")

// parse parses weights in the format that the command compile writes: for each layer, the weights of its values, two
// bytes each; the shift, a byte; the biases, four bytes each; the weights of its sums, two bytes each. The result ends
// with its scale, eight bytes. All numbers are little-endian.
func parse(data []byte) (*net, error) {
	r, n, in := reader{data: data}, new(net), 4
	for i, out := range widths {
		if i == 0 {
			n.sums[i] = r.sum(3*in, out, 3).compact()
		} else {
			n.each[i] = r.words(9 * in)
			n.sums[i] = r.sum(in, out, 1)
		}
		in = out
	}
	n.last = r.sum(in, padded, 1)
	for i := range n.sums {
		n.sums[i].pack()
	}
	n.last.pack()
	n.scale = math.Float64frombits(binary.LittleEndian.Uint64(r.take(8)))
	if r.short || len(r.data) > 0 {
		return nil, errWeights
	}
	return n, nil
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

func (r *reader) words(n int) []int16 {
	out, data := make([]int16, n), r.take(2*n)
	for i := range out {
		out[i] = int16(binary.LittleEndian.Uint16(data[2*i:]))
	}
	return out
}

func (r *reader) sum(in, out, runs int) sum {
	s := sum{in: in, out: out, runs: runs, shift: uint(r.take(1)[0]) & 31, bias: make([]int32, out)}
	biases := r.take(4 * out)
	for i := range s.bias {
		s.bias[i] = int32(binary.LittleEndian.Uint32(biases[4*i:]))
	}
	s.pairs = r.words(in * runs * out)
	return s
}

// compact returns the weights of the first layer, whose runs are three pixels of four values in the file, for runs of
// three pixels of three values and one value that does not count.
func (s sum) compact() sum {
	c := s
	c.in = 3*colours + 1
	c.pairs = make([]int16, c.in*c.runs*c.out)
	for o := range s.out {
		for run := range s.runs {
			for k := range 3 * colours {
				c.pairs[c.at(o, run*c.in+k)] = s.pairs[s.at(o, run*s.in+k/colours*4+k%colours)]
			}
		}
	}
	return c
}

// at returns the place among the pairs of the weight with which a sum has a value.
func (s *sum) at(sum, value int) int {
	return sum/16*16*s.in*s.runs + value/2*32 + sum%16*2 + value%2
}
