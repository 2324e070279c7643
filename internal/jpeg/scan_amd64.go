package jpeg

// decodeAVX2 implements scanner.mcus with the shifts of BMI2, and keeps the bits in registers between
// blocks. The window must hold at least mcuBytes after pos. The plan's blocks must lie within the
// coefficients, which must be zero.
//
//go:noescape
func decodeAVX2(s *scanner, first, last int) (done int, ok bool)
