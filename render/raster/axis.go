package raster

import "slices"

// Fixed point: positions and lengths along an axis are in units of 2^-16 samples, weights in units of 2^-14.
// Everything is in integers, so that every machine gives the same pixels.
const (
	posBits    = 16
	weightBits = 14
)

// quad is how many weights the vector loops process at a time: each result has at least that many.
const quad = 4

// extent is a crop of a plane along one direction, and how many results it is scaled to.
type extent struct {
	start, length int64 // the crop, in 2^posBits-ths of a sample
	results       int
	samples       int // number of samples; beyond them the last one is repeated
}

// axis holds which samples make up each result along one direction, and their weights. Where a
// result covers more than a sample it is the mean of what it covers, so that nothing flickers or
// aliases; where it covers less it is interpolated by Catmull and Rom's cubic ("A class of local
// interpolating splines", 1974), which is smooth.
type axis struct {
	same    bool    // the results are the samples
	taps    int     // samples per result
	pitch   int     // weights per result: at least quad; those beyond taps are 0
	from    []int32 // the first sample of each result, in ascending order
	weights []int32 // pitch per result; they sum to one
}

// set computes the weights for an extent, reusing the axis's memory.
func (x *axis) set(e extent) {
	start, length, count, limit := e.start, e.length, e.results, e.samples
	x.same = start == 0 && length == int64(count)<<posBits && count <= limit
	if x.same {
		return
	}
	x.taps = 4
	shrinks := length >= int64(count)<<posBits
	if shrinks {
		x.taps = int((length/int64(count)+1<<posBits-1)>>posBits) + 1
	}
	x.taps = min(x.taps, limit)
	x.pitch = max(x.taps, quad)
	x.from, x.weights = resized(x.from, count), resized(x.weights, count*x.pitch)
	clear(x.weights)
	for i := range count {
		a := start + length*int64(i)/int64(count)
		b := start + length*int64(i+1)/int64(count)
		if shrinks {
			x.cover(i, a, b, limit)
		} else {
			x.interpolate(i, (a+b)/2-1<<(posBits-1), limit)
		}
	}
}

// resized returns a slice of n elements with undefined contents. It reuses the memory of s if it is large enough.
func resized[T any](s []T, n int) []T { return slices.Grow(s[:0], n)[:n] }

// of returns the weights of result i.
func (x *axis) of(i int) []int32 { return x.weights[i*x.pitch:][:x.taps] }

// add adds to the weight of a sample in result i, whose first sample is set.
func (x *axis) add(i, sample int, weight int64, limit int) {
	at := max(0, min(sample, limit-1)) - int(x.from[i])
	x.weights[i*x.pitch+at] += int32(weight)
}

// begin sets the first sample of result i.
func (x *axis) begin(i int, sample int64, limit int) {
	x.from[i] = int32(max(0, min(sample, int64(limit-x.taps))))
}

// cover weights the samples from a to b by their overlap with that range.
func (x *axis) cover(i int, a, b int64, limit int) {
	x.begin(i, a>>posBits, limit)
	given := int64(0)
	for at := a; at < b; {
		next := min(b, (at>>posBits+1)<<posBits)
		sum := ((next-a)<<weightBits + (b-a)/2) / (b - a)
		x.add(i, int(at>>posBits), sum-given, limit)
		at, given = next, sum
	}
}

// interpolate weights the four samples around a position, which is measured from the middle of the first sample.
func (x *axis) interpolate(i int, at int64, limit int) {
	first := at>>posBits - 1
	x.begin(i, first, limit)
	t := at & (1<<posBits - 1)
	t2 := t * t >> posBits
	t3 := t2 * t >> posBits
	const down = posBits + 1 - weightBits // one bit more for the halves in the cubic
	w0 := (2*t2 - t - t3) >> down
	w1 := (2<<posBits - 5*t2 + 3*t3) >> down
	w3 := (t3 - t2) >> down
	for n, w := range [4]int64{w0, w1, 1<<weightBits - w0 - w1 - w3, w3} {
		x.add(i, int(first)+n, w, limit)
	}
}
