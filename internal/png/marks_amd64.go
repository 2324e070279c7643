package png

// markAVX2 compares the pixels of a row in blocks of eight, at least one block. It writes a byte of bits for each
// block: to left for pixels that equal their left neighbour, to over for pixels that equal the one above.
//
//go:noescape
func markAVX2(row, above *byte, left, over *uint64, blocks int)

// sumAVX2 implements sums for blocks of 32 bytes, at least one block.
//
//go:noescape
func sumAVX2(bytes *byte, blocks int) (sum, weighted uint64)
