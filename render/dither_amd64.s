#include "textflag.h"

// MASK fills a register of eight double words with a number.
#define MASK(number, x, y) \
	MOVL         $number, AX \
	VMOVD        AX, x \
	VPBROADCASTD x, y

// func shadeRowAVX2(row []uint8, keep uint32, add *[3][8]uint32)
TEXT ·shadeRowAVX2(SB), NOSPLIT, $0-40
	MOVQ         row_base+0(FP), DI
	MOVQ         row_len+8(FP), CX
	MOVQ         add+32(FP), SI
	MOVL         keep+24(FP), AX
	VMOVD        AX, X12
	VPBROADCASTD X12, Y12
	VMOVDQU      0(SI), Y13
	VMOVDQU      32(SI), Y14
	VMOVDQU      64(SI), Y15
	MASK(0x000000ff, X8, Y8)
	MASK(0x0000ff00, X9, Y9)
	MASK(0x00ff0000, X10, Y10)
	MASK(0xff000000, X11, Y11)

eight:
	// Each channel's 24 bits; the upper eight are the result.
	VMOVDQU (DI), Y0
	VPAND   Y8, Y0, Y1
	VPSRLD  $8, Y0, Y2
	VPSRLD  $16, Y0, Y3
	VPAND   Y8, Y2, Y2
	VPAND   Y8, Y3, Y3
	VPMULLD Y12, Y1, Y1
	VPMULLD Y12, Y2, Y2
	VPMULLD Y12, Y3, Y3
	VPADDD  Y13, Y1, Y1
	VPADDD  Y14, Y2, Y2
	VPADDD  Y15, Y3, Y3

	// Back to their places, under the alpha that was.
	VPSRLD  $16, Y1, Y1
	VPSRLD  $8, Y2, Y2
	VPAND   Y9, Y2, Y2
	VPAND   Y10, Y3, Y3
	VPAND   Y11, Y0, Y0
	VPOR    Y2, Y1, Y1
	VPOR    Y3, Y0, Y0
	VPOR    Y1, Y0, Y0
	VMOVDQU Y0, (DI)
	ADDQ    $32, DI
	SUBQ    $32, CX
	JNZ     eight
	VZEROUPPER
	RET
