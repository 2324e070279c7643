package jpeg

// decodeAVX2 is scanner.mcus with the shifts of BMI2, and with the bits in registers from block to
// block. The window holds what an MCU takes at most beyond pos; the plan's blocks lie within the
// coefficients, with zeros.
//
//go:noescape
func decodeAVX2(s *scanner, first, last int) (done int, ok bool)
