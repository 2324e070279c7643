package jpeg

// firstAVX2 implements firstGo with the shifts of BMI2. The window must hold at least mcuBytes after pos.
//
//go:noescape
func firstAVX2(s *bandScan, start, end int) (done int, ok bool)

// refineAVX2 implements refineGo with the bit instructions of BMI2. The window must hold at least mcuBytes after pos,
// and changes an element for each block.
//
//go:noescape
func refineAVX2(s *bandScan, start, end int) (done int, ok bool)

// widenAVX2 widens n times sixteen numbers.
//
//go:noescape
func widenAVX2(out *int32, in *int16, n int)

// applyAVX2 implements applyGo for n blocks of groups vectors each.
//
//go:noescape
func applyAVX2(kept *int16, changes *change, n int, lanes *lanes, groups, bit int)
