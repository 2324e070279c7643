package inflate

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
)

// all decompresses a stream in steps of so many bytes.
func all(r *Reader, step int) (out []byte, err error) {
	buf := make([]byte, Window+step+Slack)
	for at := 0; ; {
		n, err := r.Fill(buf, at, at+step)
		out = append(out, buf[at:n]...)
		if err != nil || r.Ended() || len(out) > 16<<20 {
			return out, err
		}
		at = copy(buf, buf[max(0, n-Window):n])
	}
}

// standard returns what compress/flate reads.
func standard(stream []byte) ([]byte, error) {
	return io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(stream)), 16<<20))
}

// compressed returns the stream of the data at a level of compress/flate.
func compressed(t testing.TB, data []byte, level int) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, level)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// samples are kinds of data, by name.
func samples() map[string][]byte {
	random := rand.New(rand.NewPCG(1, 2))
	noise, steps, words := make([]byte, 200_000), make([]byte, 200_000), []byte{}
	for i := range noise {
		noise[i] = byte(random.Uint32())
		steps[i] = byte(random.NormFloat64() * 9)
	}
	for len(words) < 200_000 {
		words = fmt.Appendf(words, "%d ", random.IntN(300)*random.IntN(300))
	}
	out := map[string][]byte{"nothing": nil, "a byte": {7}, "noise": noise, "differences": steps, "words": words}
	for period := 1; period < 40; period++ {
		out[fmt.Sprintf("period %d", period)] = bytes.Repeat(noise[:period], 3000/period)
	}
	return out
}

// pieces returns a function that returns data in pieces of the size; 0 means one.
func pieces(data []byte, size int) func() []byte {
	if size == 0 {
		size = len(data)
	}
	return func() (piece []byte) {
		n := min(size, len(data))
		piece, data = data[:n], data[n:]
		return piece
	}
}

// TestStreams: what compress/flate writes is read, in any pieces and steps.
func TestStreams(t *testing.T) {
	var r Reader
	for name, data := range samples() {
		for level := flate.HuffmanOnly; level <= 9; level++ {
			stream := compressed(t, data, level)
			for _, tt := range []struct{ piece, step int }{{0, 1 << 20}, {0, 1000}, {1000, 5000}, {31, 40_000}, {1, 77}} {
				if len(data) > 10_000 && tt.piece == 1 && level != 6 {
					continue
				}
				r.Reset(pieces(stream, tt.piece))
				got, err := all(&r, tt.step)
				if err != nil || !bytes.Equal(got, data) {
					t.Fatalf("%s, level %d, %+v: %d of %d bytes, %v", name, level, tt, len(got), len(data), err)
				}
			}
		}
	}
}

// TestShort: of a stream that is cut short, what compress/flate reads is read, and at most the symbol more for which it
// waits until it has as many bits as the longest code.
func TestShort(t *testing.T) {
	var r Reader
	for name, data := range samples() {
		for _, level := range []int{flate.HuffmanOnly, 0, 6} {
			stream := compressed(t, data, level)
			for _, n := range []int{0, 1, 2, 5, 40, 63, 64, len(stream) / 2, len(stream) - 7, len(stream) - 1} {
				if n < 0 || n >= len(stream) {
					continue
				}
				want, _ := standard(stream[:n])
				r.Reset(pieces(stream[:n], 50))
				got, err := all(&r, 3000)
				if !errors.Is(err, ErrShort) || !bytes.HasPrefix(got, want) || !bytes.HasPrefix(data, got) || len(got) > len(want)+258 {
					t.Fatalf("%s, level %d, %d of %d bytes: %d, not %d, %v", name, level, n, len(stream), len(got), len(want), err)
				}
			}
		}
	}
}
