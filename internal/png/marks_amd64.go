package png

// markAVX2 marks the pixels of a row in blocks of eight, at least one: in left those that are as the
// pixel before them, in over those that are as the pixel above, a byte of bits for each block.
//
//go:noescape
func markAVX2(row, above *byte, left, over *uint64, blocks int)

// sumAVX2 sums blocks of 32 bytes, at least one: all bytes, and each as often as there are bytes from
// it to the end of the blocks.
//
//go:noescape
func sumAVX2(bytes *byte, blocks int) (sum, weighted uint64)
