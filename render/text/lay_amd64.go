package text

// layRowsAVX2 is layRowsGo on blocks blocks a row, of at least one row. colour is red, green, blue
// and 255 from the lowest byte up; alpha is the ink's, from 0 to 255.
//
//go:noescape
func layRowsAVX2(dst *uint8, stride int, cover *uint8, blocks, rows int, colour, alpha uint32)
