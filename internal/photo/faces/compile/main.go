// Command compile converts the weights of face-api's Tiny Face Detector to the integers of package faces.
//
//	compile MANIFEST.json WEIGHTS.bin OUT.bin
//
// MANIFEST lists the tensors in WEIGHTS, in the format of TensorFlow.js.
package main

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: compile MANIFEST.json WEIGHTS.bin OUT.bin")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "compile:", err)
		os.Exit(1)
	}
}

func run(manifest, weights, out string) error {
	all, err := read(manifest, weights)
	if err != nil {
		return err
	}
	data, err := compile(all)
	if err != nil {
		return err
	}
	return os.WriteFile(out, data, 0o644)
}

// tensor is a list of weights.
type tensor struct {
	Name         string
	Shape        []int
	Quantization struct {
		Dtype      string
		Scale, Min float64
	}
	v []float64
}

// read returns the tensors by name.
func read(manifest, weights string) (map[string]tensor, error) {
	text, err := os.ReadFile(manifest)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(weights)
	if err != nil {
		return nil, err
	}
	var groups []struct{ Weights []tensor }
	if err := json.Unmarshal(text, &groups); err != nil {
		return nil, err
	}
	all := map[string]tensor{}
	for _, g := range groups {
		for _, t := range g.Weights {
			n := 1
			for _, side := range t.Shape {
				n *= side
			}
			if t.Quantization.Dtype != "uint8" || len(data) < n {
				return nil, fmt.Errorf("%s: %s weights, %d of %d bytes", t.Name, t.Quantization.Dtype, len(data), n)
			}
			for _, q := range data[:n] {
				t.v = append(t.v, float64(float64(q)*t.Quantization.Scale)+t.Quantization.Min)
			}
			data, all[t.Name] = data[n:], t
		}
	}
	if len(data) > 0 {
		return nil, errors.New("weights left over")
	}
	return all, nil
}

// layers lists the layers: how many values a pixel has after each, and the largest that was seen in 300 photographs.
// Twice as much still fits into 16 bits.
var layers = []struct {
	out  int
	peak float64
}{{16, 6}, {32, 5}, {64, 2}, {128, 2}, {256, 2}, {512, 4}}

const (
	unit     = 8192       // of the picture's values: they are levels in units of 1/32, and the network expects 1/256
	full     = 1 << 14    // the integer for a layer's peak
	padded   = 32         // sums of the result, in whole vectors
	together = 1<<16 - 64 // limit of all weights of a sum, without signs: then no sum of 32 bits overflows
	most     = 32700      // limit of the weights of a value and its neighbours, likewise
)

// compile returns the weights in the format that package faces parses.
func compile(all map[string]tensor) ([]byte, error) {
	var out []byte
	scale, in := float64(unit), 4
	for i, l := range layers {
		name := fmt.Sprintf("conv%d/", i)
		w := sums{in: in, out: l.out, v: all[name+"pointwise_filter"].v, bias: all[name+"bias"].v}
		if i == 0 {
			w.in, w.v = 3*3*4, fourValues(all[name+"filters"].v, l.out)
		} else {
			each := all[name+"depthwise_filter"].v
			if len(each) != 9*in {
				return nil, fmt.Errorf("%s: %d weights", name, len(each))
			}
			out = append(out, w.each(each)...)
		}
		data, next, err := w.compile(scale, full/l.peak)
		if err != nil {
			return nil, fmt.Errorf("%s%w", name, err)
		}
		out, scale, in = append(out, data...), next, l.out
	}
	last := sums{in: in, out: padded, v: widen(all["conv8/filters"].v, in), bias: widen(all["conv8/bias"].v, 1)}
	data, scale, err := last.compile(scale, 0)
	if err != nil {
		return nil, fmt.Errorf("conv8/%w", err)
	}
	return binary.LittleEndian.AppendUint64(append(out, data...), math.Float64bits(1/scale)), nil
}

// fourValues gives the pixels of the first layer a fourth value of no weight.
func fourValues(v []float64, out int) []float64 {
	wide := make([]float64, 0, len(v)/3*4)
	for i := 0; i+3*out <= len(v); i += 3 * out {
		wide = append(append(wide, v[i:i+3*out]...), make([]float64, out)...)
	}
	return wide
}

// widen gives the result sums of no weight, up to whole vectors.
func widen(v []float64, in int) []float64 {
	n := len(v) / in
	wide := make([]float64, in*padded)
	for i := range in {
		copy(wide[i*padded:], v[i*n:(i+1)*n])
	}
	return wide
}

// sums has the weights of weighted sums, by value and sum.
type sums struct {
	in, out int
	v, bias []float64
}

// each returns the integers for the weights of each value and its neighbours, tap by tap, in units of 1/32768. Those of
// one value are scaled so that they are together as large as they may be. The weights of the sums make up for that.
func (s *sums) each(weights []float64) (out []byte) {
	v := make([]float64, len(s.v))
	scale := make([]float64, s.in)
	for c := range s.in {
		for tap := range 9 {
			scale[c] += math.Abs(weights[tap*s.in+c])
		}
		scale[c] = max(scale[c], 1e-6)
		for o := range s.out {
			v[c*s.out+o] = s.v[c*s.out+o] * scale[c] * 32768 / most
		}
	}
	for tap := range 9 {
		for c := range s.in {
			w := int16(weights[tap*s.in+c] / scale[c] * most)
			out = binary.LittleEndian.AppendUint16(out, uint16(w))
		}
	}
	s.v = v
	return out
}

// compile returns the integers of the sums of values in units of 1/from, and the unit of the sums: 1/to after the
// shift, or if to is 0 the smallest possible, without a shift.
func (s *sums) compile(from, to float64) (out []byte, unit float64, err error) {
	if len(s.v) != s.in*s.out || len(s.bias) != s.out {
		return nil, 0, fmt.Errorf("%d weights, %d biases", len(s.v), len(s.bias))
	}
	heaviest, largest := 0.0, 0.0
	for o := range s.out {
		sum := math.Abs(s.bias[o]) * from / 32768
		for i := range s.in {
			w := math.Abs(s.v[i*s.out+o])
			sum, largest = sum+w, max(largest, w)
		}
		heaviest = max(heaviest, sum)
	}
	k, shift := min((together-float64(s.in))/heaviest, math.MaxInt16/largest), 0
	if to > 0 {
		shift = max(0, int(math.Log2(from*k/to)))
		k = to * float64(int(1)<<shift) / from
	}
	out = append(out, byte(shift))
	for _, b := range s.bias {
		out = binary.LittleEndian.AppendUint32(out, uint32(int32(math.Round(b*from*k))+int32(1)<<shift>>1))
	}
	for o := 0; o < s.out; o += 16 {
		for i := 0; i < s.in; i += 2 {
			for at := range 32 {
				w := s.v[(i+at%2)*s.out+o+at/2] * k
				out = binary.LittleEndian.AppendUint16(out, uint16(int16(math.Round(w))))
			}
		}
	}
	return out, from * k / float64(int(1)<<shift), nil
}
