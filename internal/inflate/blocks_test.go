package inflate

import (
	"errors"
	"testing"
)

// emptyBlocks returns a stream of n blocks that have codes but no data, and one that ends it.
func emptyBlocks(n int) (out []byte) {
	acc, have := uint64(0), 0
	put := func(v uint64, bits int) {
		acc |= v << have
		for have += bits; have >= 8; have -= 8 {
			out = append(out, byte(acc))
			acc >>= 8
		}
	}
	for range n {
		put(0b100, 3)
		put(14<<10, 14) // 257 and 1 codes, 18 lengths
		for _, symbol := range order[:18] {
			length := uint64(0)
			if symbol == 18 || symbol == 1 {
				length = 1
			}
			put(length, 3)
		}
		put(1|(138-11)<<1, 8)
		put(1|(118-11)<<1, 8)
		put(0, 3) // both codes have one bit; the end of the block
	}
	put(0b011, 3)
	put(0, 7+8)
	return out
}

// TestEmptyBlocks: blocks that take time and give nothing are taken only up to a number.
func TestEmptyBlocks(t *testing.T) {
	for n, want := range map[int]error{manySets: nil, manySets + 1: ErrCorrupt} {
		data := emptyBlocks(n)
		var r Reader
		r.Reset(func() []byte {
			part := data
			data = nil
			return part
		})
		if _, err := r.Fill(make([]byte, 1000+Slack), 0, 1000); !errors.Is(err, want) {
			t.Errorf("%d blocks: %v, want %v", n, err, want)
		}
	}
}
