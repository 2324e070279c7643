//go:build !amd64

package pngfile

const noAVX2 = "pngfile: no AVX2 here"

func upAVX2(_, _, _ *byte, _ int)                  { panic(noAVX2) }
func subAVX2(_, _ *byte, _, _ int)                 { panic(noAVX2) }
func averageAVX2(_, _, _ *byte, _, _ int)          { panic(noAVX2) }
func paethAVX2(_, _, _ *byte, _, _ int)            { panic(noAVX2) }
func paethsAVX2(_, _, _, _, _ *byte, _, _ int)     { panic(noAVX2) }
func storeAVX2(_, _ *byte, _ int)                  { panic(noAVX2) }
func addAVX2(_ *uint16, _ *byte, _ int)            { panic(noAVX2) }
func averageRGBAVX2(_ *byte, _ *uint16, _, _ int)  { panic(noAVX2) }
func averageRGBAAVX2(_ *byte, _ *uint16, _, _ int) { panic(noAVX2) }
