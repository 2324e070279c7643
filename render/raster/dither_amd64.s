#include "textflag.h"

// MASK fills a register of eight double words with a number.
#define MASK(number, x, y) \
	MOVL         $number, AX \
	VMOVD        AX, x \
	VPBROADCASTD x, y

// func tintRowAVX2(row []uint8, keep uint32, add *[3][8]uint32)
TEXT ·tintRowAVX2(SB), NOSPLIT, $0-40
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

// func tintEachAVX2(row []uint8, shares []uint32, c *[3]uint32, dither *[8]uint32)
TEXT ·tintEachAVX2(SB), NOSPLIT, $0-64
	MOVQ         row_base+0(FP), DI
	MOVQ         shares_base+24(FP), SI
	MOVQ         shares_len+32(FP), CX
	MOVQ         c+48(FP), DX
	MOVQ         dither+56(FP), BX
	VPBROADCASTD 0(DX), Y13
	VPBROADCASTD 4(DX), Y14
	VPBROADCASTD 8(DX), Y15
	VMOVDQU      (BX), Y7
	VPSLLD       $10, Y7, Y7
	MASK(0x000000ff, X8, Y8)
	MASK(0x0000ff00, X9, Y9)
	MASK(0x00ff0000, X10, Y10)
	MASK(0xff000000, X11, Y11)
	MASK(0x00010000, X12, Y12)

pixels:
	// What is laid over, and what is kept.
	VMOVDQU (SI), Y6
	VPMULLD Y13, Y6, Y1
	VPMULLD Y14, Y6, Y2
	VPMULLD Y15, Y6, Y3
	VPSUBD  Y6, Y12, Y6

	// Each channel's 24 bits; the upper eight are the result.
	VMOVDQU (DI), Y0
	VPAND   Y8, Y0, Y4
	VPMULLD Y6, Y4, Y4
	VPADDD  Y4, Y1, Y1
	VPADDD  Y7, Y1, Y1
	VPSRLD  $8, Y0, Y4
	VPAND   Y8, Y4, Y4
	VPMULLD Y6, Y4, Y4
	VPADDD  Y4, Y2, Y2
	VPADDD  Y7, Y2, Y2
	VPSRLD  $16, Y0, Y4
	VPAND   Y8, Y4, Y4
	VPMULLD Y6, Y4, Y4
	VPADDD  Y4, Y3, Y3
	VPADDD  Y7, Y3, Y3

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
	ADDQ    $32, SI
	SUBQ    $8, CX
	JNZ     pixels
	VZEROUPPER
	RET

// func raiseAVX2(shares, across []uint32, down uint32)
TEXT ·raiseAVX2(SB), NOSPLIT, $0-52
	MOVQ         shares_base+0(FP), DI
	MOVQ         across_base+24(FP), SI
	MOVQ         across_len+32(FP), CX
	MOVL         down+48(FP), AX
	VMOVD        AX, X1
	VPBROADCASTD X1, Y1

columns:
	VMOVDQU (SI), Y0
	VPMULLD Y1, Y0, Y0
	VPSRLD  $15, Y0, Y0
	VPMAXUD (DI), Y0, Y0
	VMOVDQU Y0, (DI)
	ADDQ    $32, DI
	ADDQ    $32, SI
	SUBQ    $8, CX
	JNZ     columns
	VZEROUPPER
	RET
