package png

import (
	"bytes"
	"compress/zlib"
	"hash/adler32"
	"io"
	"math/rand/v2"
	"slices"
	"testing"

	"newsroom.example/cards/internal/simd"
)

// TestVectorsReadRowsAsGoDoes compares the marks and sums of AVX2 and Go, for rows of few and of many colours.
func TestVectorsReadRowsAsGoDoes(t *testing.T) {
	if !simd.AVX2 {
		t.Skip("this machine has no AVX2")
	}
	random := rand.New(rand.NewPCG(5, 6))
	var got, want marks
	for range 4000 {
		width := 1 + random.IntN(300)
		row, above := make([]byte, 4*width), make([]byte, 4*width)
		for x := range width {
			row[4*x] = byte(random.IntN(1 + x/40))
			above[4*x] = row[4*x] ^ byte(random.IntN(2)*random.IntN(2))
			row[4*x+3], above[4*x+3] = 255, 255
		}
		got.resize(width)
		want.resize(width)
		got.read(row, above, Span{0, width})
		clear(want.left)
		clear(want.over)
		want.readGo(row, above, 0)
		if !slices.Equal(got.left, want.left) || !slices.Equal(got.over, want.over) {
			t.Fatalf("%d pixels: %x and %x, want %x and %x", width, got.left, got.over, want.left, want.over)
		}
		if blocks := len(row) / 32; blocks > 0 {
			sum, weighted := sumAVX2(&row[0], blocks)
			if s, w := sums(row[:32*blocks]); s != sum || w != weighted {
				t.Fatalf("%d blocks: %d and %d, want %d and %d", blocks, sum, weighted, s, w)
			}
		}
	}
	full := bytes.Repeat([]byte{255}, maxDistance)
	sum, weighted := sumAVX2(&full[0], len(full)/32)
	if s, w := sums(full); s != sum || w != weighted {
		t.Errorf("a long row: %d and %d, want %d and %d", sum, weighted, s, w)
	}
}

func TestAdler(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 300 {
		row := make([]byte, 1+random.IntN(5000))
		for i := range row {
			row[i] = byte(random.Uint32())
		}
		times := 1 + random.IntN(400)
		s := newAdler()
		s.row(row)
		for range times {
			s.again()
		}
		if want := adler32.Checksum(bytes.Repeat(row, times+1)); s.value() != want {
			t.Fatalf("%d bytes %d times: %x, want %x", len(row), times+1, s.value(), want)
		}
	}
}

// TestCodes checks the properties of Huffman codes: within the limit, complete, and no code longer than that of a
// rarer symbol.
func TestCodes(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	fibonacci := []uint32{1, 1}
	for len(fibonacci) < 40 {
		fibonacci = append(fibonacci, fibonacci[len(fibonacci)-1]+fibonacci[len(fibonacci)-2])
	}
	tables := [][]uint32{fibonacci, fibonacci[:19], {0, 0, 7}, {}, {3, 0, 0, 1}, slices.Repeat([]uint32{1}, 286)}
	for range 300 {
		counts := make([]uint32, 2+random.IntN(285))
		for i := range counts {
			counts[i] = uint32(random.ExpFloat64() * random.ExpFloat64() * float64(i%17*i%23))
		}
		tables = append(tables, counts)
	}
	for n, counts := range tables {
		most := maxCodeBits
		if len(counts) <= 19 {
			most = maxLengthCodeBits
		}
		var c code
		c.build(counts, most)
		checkCode(t, n, &c, counts, most)
	}
}

func checkCode(t *testing.T, n int, c *code, counts []uint32, most int) {
	t.Helper()
	total, used := 0, 0
	for s, many := range counts {
		bits := int(c.lengths[s])
		if (many > 0) != (bits > 0) || bits > most {
			t.Fatalf("table %d: symbol %d, %d times, has %d bits", n, s, many, bits)
		}
		if many > 0 {
			used++
			total += 1 << (most - bits)
		}
		for o, other := range counts {
			if many > other && other > 0 && c.lengths[o] < c.lengths[s] {
				t.Fatalf("table %d: symbols %d and %d", n, s, o)
			}
		}
	}
	if used > 1 && total != 1<<most {
		t.Errorf("table %d: codes fill %d of %d", n, total, 1<<most)
	}
}

// streamOf interprets bytes as instructions to add tokens. It returns the tokens and the uncompressed bytes.
func streamOf(said []byte, rowBytes int) (t tokens, plain []byte) {
	for i := 0; i+1 < len(said); i += 2 {
		n := int(said[i+1])*3 + minMatch
		switch {
		case said[i] < 40 && len(plain) > 0:
			t.repeat(near, n)
			plain = append(plain, bytes.Repeat(plain[len(plain)-1:], n)...)
		case said[i] < 80 && len(plain) >= rowBytes:
			t.repeat(far, n)
			for range n {
				plain = append(plain, plain[len(plain)-rowBytes])
			}
		default:
			t.literal(said[i])
			plain = append(plain, said[i])
		}
	}
	t.flush()
	return t, plain
}

func checkStream(t *testing.T, said []byte, rowBytes int) {
	t.Helper()
	tokens, plain := streamOf(said, rowBytes)
	var d deflater
	data := d.append([]byte("before"), tokens.all, rowBytes, adler32.Checksum(plain))
	z, err := zlib.NewReader(bytes.NewReader(data[len("before"):]))
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(z)
	if err != nil || !bytes.Equal(got, plain) {
		t.Fatalf("%d bytes, want %d: %v", len(got), len(plain), err)
	}
}

// TestStreams: near and far repetitions of all lengths survive a round trip, for rows of many lengths.
func TestStreams(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	for rowBytes := 2; rowBytes <= maxDistance; rowBytes += 1 + rowBytes/9 {
		said := make([]byte, 2*random.IntN(3000))
		for i := range said {
			said[i] = byte(random.Uint32())
		}
		checkStream(t, said, rowBytes)
	}
	checkStream(t, nil, 2)
	checkStream(t, slices.Repeat([]byte{90, 0}, maxDistance+9), maxDistance)
	checkStream(t, append(slices.Repeat([]byte{90, 0}, maxDistance), 60, 255), maxDistance)
	for n := range 600 {
		var tokens tokens
		tokens.literal(7)
		tokens.repeat(near, n+minMatch)
		tokens.flush()
		var d deflater
		plain := bytes.Repeat([]byte{7}, n+minMatch+1)
		z, err := zlib.NewReader(bytes.NewReader(d.append(nil, tokens.all, 2, adler32.Checksum(plain))))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("%d bytes, want %d: %v", len(got), len(plain), err)
		}
	}
}

func FuzzStream(f *testing.F) {
	f.Add([]byte{200, 0, 9, 90, 50, 3, 201, 7, 60, 255}, uint16(2))
	f.Add(bytes.Repeat([]byte{200, 0, 39, 1}, 300), uint16(700))
	f.Fuzz(func(t *testing.T, said []byte, rowBytes uint16) {
		checkStream(t, said, int(rowBytes)%(maxDistance-1)+2)
	})
}
