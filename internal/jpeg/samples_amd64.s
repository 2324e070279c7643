#include "textflag.h"

// Constants for eight pixels of four bytes, in both lanes.
#define TWICE(name, lo, hi) \
	DATA name<>+0(SB)/8, $lo; DATA name<>+8(SB)/8, $hi; \
	DATA name<>+16(SB)/8, $lo; DATA name<>+24(SB)/8, $hi; \
	GLOBL name<>(SB), RODATA|NOPTR, $32

TWICE(redGreen, 0x8005800480018000, 0x800d800c80098008) // each pixel's red and green, 16 bits each
TWICE(blueGreen, 0x8005800680018002, 0x800d800e8009800a)
TWICE(pairs, 0x0703060205010400, 0x0f0b0e0a0d090c08) // each colour of two pixels side by side
TWICE(ones, 0x0101010101010101, 0x0101010101010101)
TWICE(weighRG, 0x4b234c8b4b234c8b, 0x4b234c8b4b234c8b) // 19595 and 38470/2
TWICE(weighBG, 0x4b231d2f4b231d2f, 0x4b231d2f4b231d2f) // 7471 and 38470/2
TWICE(weighCb, 0x0000800054d02b30, 0x0000800054d02b30) // 11056, 21712, -32768: what is to be subtracted
TWICE(weighCr, 0x000014d06b308000, 0x000014d06b308000) // -32768, 27440, 5328
TWICE(middle, 0x0080000000800000, 0x0080000000800000)  // 128 << 16

// LUMA keeps the luma of eight pixels. Green is weighed in two halves, since its weight takes more
// than 15 bits.
#define LUMA(pixels, to) \
	VPSHUFB Y7, pixels, Y4; VPMADDWD Y9, Y4, Y4; \
	VPSHUFB Y8, pixels, Y5; VPMADDWD Y10, Y5, Y5; \
	VPADDD Y5, Y4, Y4; VPSUBD Y11, Y4, Y4; VPSRAD $12, Y4, Y4; \
	VMOVDQU Y4, to

// ADDED is the sums of two rows' pixels, two by two: red, green, blue and alpha of each.
#define ADDED(upper, lower) \
	VPSHUFB Y12, upper, upper; VPMADDUBSW Y13, upper, upper; \
	VPSHUFB Y12, lower, lower; VPMADDUBSW Y13, lower, lower; \
	VPADDW lower, upper, upper

// CHROMA keeps a chroma row, from the sums of 16 pixels in Y0 and Y2.
#define CHROMA(weights, to) \
	VPMADDWD weights<>(SB), Y0, Y4; VPMADDWD weights<>(SB), Y2, Y5; \
	VPHADDD Y5, Y4, Y4; VPERMQ $0xd8, Y4, Y4; \
	VPSUBD Y4, Y15, Y4; VPSRAD $14, Y4, Y4; \
	VMOVDQU Y4, to

// func convertAVX2(s *samples, pix *byte, stride int)
TEXT ·convertAVX2(SB), NOSPLIT, $0-24
	MOVQ s+0(FP), DI   // luma; its next block is 256 bytes on
	MOVQ pix+8(FP), SI
	MOVQ stride+16(FP), DX
	LEAQ 1024(DI), BX  // chroma: Cb, and Cr 256 bytes on
	VMOVDQU redGreen<>(SB), Y7
	VMOVDQU blueGreen<>(SB), Y8
	VMOVDQU weighRG<>(SB), Y9
	VMOVDQU weighBG<>(SB), Y10
	VMOVDQU middle<>(SB), Y11
	VMOVDQU pairs<>(SB), Y12
	VMOVDQU ones<>(SB), Y13
	VPXOR   Y15, Y15, Y15
	MOVQ    $8, CX

rows:
	VMOVDQU 0(SI), Y0
	VMOVDQU 32(SI), Y2
	VMOVDQU 0(SI)(DX*1), Y1
	VMOVDQU 32(SI)(DX*1), Y3
	LUMA(Y0, 0(DI))
	LUMA(Y2, 256(DI))
	LUMA(Y1, 32(DI))
	LUMA(Y3, 288(DI))
	ADDED(Y0, Y1)
	ADDED(Y2, Y3)
	CHROMA(weighCb, 0(BX))
	CHROMA(weighCr, 256(BX))

	LEAQ (SI)(DX*2), SI
	ADDQ $64, DI
	ADDQ $32, BX
	CMPQ CX, $5 // the lower two blocks begin
	JNE  next
	ADDQ $256, DI

next:
	DECQ CX
	JNZ  rows
	VZEROUPPER
	RET
