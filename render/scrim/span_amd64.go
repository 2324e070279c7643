package scrim

// spanAVX2 is spanEach of eight pixels or more.
//
//go:noescape
func spanAVX2(px []uint8, s *span)

// brightnessesAVX2 is brightnessesEach of eight pixels or more.
//
//go:noescape
func brightnessesAVX2(row []uint8) (least, most int)
