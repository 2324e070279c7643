package scrim

// spanAVX2 implements spanEach for at least eight pixels.
//
//go:noescape
func spanAVX2(px []uint8, s *span)

// brightnessesAVX2 implements brightnessesEach for at least eight pixels.
//
//go:noescape
func brightnessesAVX2(row []uint8) (least, most int)
