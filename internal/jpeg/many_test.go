package jpeg

import (
	"bytes"
	"testing"
)

// tiny returns a progressive file of one block, grey. Each scan is the last four bytes of its header, and its data.
func tiny(scans ...[]byte) []byte {
	table := func(class byte, symbols ...byte) []byte { // of one bit, and two if there are two
		counts := make([]byte, 16)
		for i := range symbols {
			counts[i] = 1
		}
		return append(append([]byte{class}, counts...), symbols...)
	}
	out := segmentOf([]byte{0xff, markSOI}, markDQT, append([]byte{0}, bytes.Repeat([]byte{1}, 64)...))
	out = segmentOf(out, markSOF2, []byte{8, 0, 8, 0, 8, 1, 1, 0x11, 0})
	out = segmentOf(segmentOf(out, markDHT, table(0, 0, 1)), markDHT, table(0x10, 0))
	for _, s := range scans {
		out = append(segmentOf(out, markSOS, append([]byte{1, 1, 0}, s[:3]...)), s[3:]...)
	}
	return append(out, 0xff, markEOI)
}

// TestMostScansAreRead: after as many scans as are read, no other one changes anything, also if none is repeated.
func TestMostScansAreRead(t *testing.T) {
	zero, one := []byte{0, 0, 0, 0x7f}, []byte{0, 0, 0, 0xbf}
	for n, want := range map[int]int16{maxScans - 1: 1, maxScans: 0} {
		var scans [][]byte
		for range n {
			scans = append(scans, zero)
		}
		f, err := OpenFile(tiny(append(scans, one)...))
		if err != nil {
			t.Fatal(err)
		}
		var d Decoder
		c, err := NewReading(f, 0).Run(&d)
		if err != nil || c.planes[0].means[0] != want {
			t.Errorf("after %d scans: %d, want %d, %v", n, c.planes[0].means[0], want, err)
		}
	}
	for _, bits := range []byte{1, 2} { // of each coefficient, in as many scans
		scans := [][]byte{zero}
		for bit := range bits {
			for k := range byte(63) {
				more := bits - bit
				if bit == 0 {
					more = 0
				}
				scans = append(scans, []byte{k + 1, k + 1, more<<4 | (bits - 1 - bit), 0x7f})
			}
		}
		f, err := OpenFile(tiny(scans...))
		if err != nil {
			t.Fatal(err)
		}
		if w := newCrew(newContent(f, 0)); (w != nil) != (len(scans) <= maxScans) {
			t.Errorf("%d scans are read by a crew: %t", len(scans), w != nil)
		}
	}
}

// TestHelpWaitsForNoOther: who would help returns at once if only one goroutine can read the file.
func TestHelpWaitsForNoOther(t *testing.T) {
	zero := []byte{0, 0, 0, 0x7f}
	f, err := OpenFile(tiny(zero, zero)) // a scan that comes twice is unusual
	if err != nil {
		t.Fatal(err)
	}
	r := NewReading(f, 0)
	c := r.begin()
	r.Help() // forever, if it waits for the end of the reading
	if r.crew != nil {
		t.Error("a crew reads it")
	}
	c.Release()
}
