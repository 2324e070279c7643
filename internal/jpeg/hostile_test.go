package jpeg

import (
	"bytes"
	"errors"
	"image"
	"math/rand/v2"
	"slices"
	"testing"

	"newsroom.example/cards/internal/scene"
)

// TestLongestMCUs: MCUs of the maximum number of bits, for which the window is sized, are decoded the same way by Go
// and AVX2, wherever the data ends.
func TestLongestMCUs(t *testing.T) {
	table := func(dc bool) *huffman {
		h, ok := newHuffman([16]uint8{15: 1}, []byte{15}, dc) // the longest code with the most magnitude bits
		if !ok {
			t.Fatal("no table")
		}
		return h
	}
	p := &Picture{width: 400, height: 400}
	for range 3 {
		p.comps = append(p.comps, component{id: uint8(len(p.comps)), h: 1, v: 1, quant: new([64]int32), dc: table(true), ac: table(false)})
	}
	p.comps[0].h, p.comps[0].v = 4, 2
	if err := p.sampling(); err != nil {
		t.Fatal(err)
	}
	var fast, plain scanner
	data := make([]byte, 140<<10)
	for n := 0; n < len(data); n++ {
		if n > 60 && (n < windowSize-30 || n > windowSize+30) {
			n += 4001
		}
		p.scan = data[:min(n, len(data))]
		sameScan(t, p, &fast, &plain)
		plain.begin(p, 0)
		read := 0
		for err := error(nil); err == nil; read++ {
			_, err = plain.run(newPlan(p.comps, 0), 0, 1, (*scanner).mcus)
		}
		if longest := 10 * 64 * 31; read-1 != 8*len(p.scan)/longest {
			t.Fatalf("%d MCUs of %d bytes", read-1, len(p.scan))
		}
	}
}

// TestCutAndBroken: a file that is cut after any byte, or has any byte changed (with -short, every seventh), is
// decoded or ErrForeign, with the same result for one and two goroutines, and for AVX2 and Go.
func TestCutAndBroken(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 7))
	whole := encoded(t, scene.Photo(40, 33, 20, 3), 85)
	step := 1
	if testing.Short() {
		step = 7
	}
	for cut := 0; cut < len(whole); cut += step {
		decodeAny(t, r, whole[:cut])
		broken := slices.Clone(whole)
		broken[cut] ^= 1 << r.IntN(8)
		decodeAny(t, r, broken)
	}
}

// TestSmallPictures decodes small pictures of any subsampling, with markers at any place and random data.
func TestSmallPictures(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 7))
	base, err := Open(encoded(t, scene.Photo(80, 80, 30, 3), 80))
	if err != nil {
		t.Fatal(err)
	}
	for sampling := range ratios {
		for side := r.IntN(7); side < 40*40; side += 7 {
			p := *base
			p.comps = slices.Clone(base.comps)
			p.width, p.height = 1+side%40, 1+side/40
			p.comps[0].h, p.comps[0].v = sampling[0], sampling[1]
			if err := p.sampling(); err != nil {
				t.Fatal(err)
			}
			p.scan = slices.Clone(base.scan)
			for range r.IntN(8) {
				at := r.IntN(len(p.scan) - 2)
				p.scan[at], p.scan[at+1] = 0xff, byte(markRST0+r.IntN(8))
			}
			if side%2 > 0 {
				p.restart = 1 + r.IntN(9)
			}
			decodeOpened(t, r, &p)
		}
	}
}

// TestUnusedTables: unused tables cost almost nothing. A file may define half a million of them.
func TestUnusedTables(t *testing.T) {
	whole := encoded(t, scene.Photo(40, 33, 20, 3), 85)
	table := append([]byte{0xff, markDHT, 0, 20, 0x10, 15: 0, 20: 1}, 0) // AC 0: one code of 16 bits
	with := func(n int) []byte {
		return append(append(slices.Clone(whole[:2]), bytes.Repeat(table, n)...), whole[2:]...)
	}
	allocations := func(data []byte) float64 {
		return testing.AllocsPerRun(3, func() {
			if _, err := Open(data); err != nil {
				t.Fatal(err)
			}
		})
	}
	if few, many := allocations(with(1)), allocations(with(2000)); many > few+2 {
		t.Errorf("%v allocations for 2,000 tables, %v for one", many, few)
	}
}

// decodeAny decodes regions of a file, valid or not, at every size.
func decodeAny(t *testing.T, r *rand.Rand, data []byte) {
	t.Helper()
	p, err := Open(data)
	if err == nil && p.width*p.height < 1<<14 {
		decodeOpened(t, r, p)
	} else if err != nil && !errors.Is(err, ErrForeign) {
		t.Fatal(err)
	}
}

func decodeOpened(t *testing.T, r *rand.Rand, p *Picture) {
	t.Helper()
	sameScan(t, p, &hostile.fast, &hostile.plain)
	for shrink := range 4 {
		size := p.Scaled(shrink)
		region := image.Rectangle{Max: size}
		if r.IntN(2) > 0 {
			region.Min = image.Pt(r.IntN(size.X), r.IntN(size.Y))
		}
		img, err := hostile.decoder.Decode(p, region, shrink)
		if err != nil && !errors.Is(err, ErrForeign) {
			t.Fatal(err)
		} else if err == nil && !region.In(img.Bounds()) {
			t.Fatalf("%v does not hold %v", img.Bounds(), region)
		}
		if mark := 1 + r.IntN(len(p.scan)+1); r.IntN(3) == 0 && p.restart == 0 && mark < len(p.scan) && p.scan[mark-1] != 0xff {
			samePair(t, p, region, shrink, mark)
		}
	}
}

// hostile is a decoder that has decoded hostile pictures before, as in a service.
var hostile struct {
	decoder     Decoder
	fast, plain scanner
}
