package text

// layRowsAVX2 implements layRowsGo for rows of the given number of blocks, at least one row and one block. colour is
// red, green, blue and 255, from the lowest byte up. alpha is that of the ink, from 0 to 255.
//
//go:noescape
func layRowsAVX2(dst *uint8, stride int, cover *uint8, blocks, rows int, colour, alpha uint32)
