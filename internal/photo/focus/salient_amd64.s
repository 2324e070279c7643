#include "textflag.h"

// BYTES fills a register with a byte.
#define BYTES(number, x, y) \
	MOVL         $number, AX \
	VMOVD        AX, x \
	VPBROADCASTB x, y

// APART is how far bytes are from others, without a sign.
#define APART(a, b, spare, out) \
	VPSUBUSB a, b, spare \
	VPSUBUSB b, a, out \
	VPOR     spare, out, out

// WITHIN leaves of a mask the bytes from low to high.
#define WITHIN(v, low, high, spare, mask) \
	VPMAXUB  low, v, spare \
	VPMINUB  high, spare, spare \
	VPCMPEQB v, spare, spare \
	VPAND    spare, mask, mask

// func weighAVX2(cells []int64, r *pixels, n int, cb, cr uint8)
TEXT ·weighAVX2(SB), NOSPLIT, $0-42
	MOVQ cells_base+0(FP), DI
	MOVQ r+24(FP), AX
	MOVQ 0(AX), SI
	MOVQ 24(AX), DX
	MOVQ 48(AX), R8
	MOVQ 72(AX), R9
	MOVQ n+32(FP), CX

	// The photo's own colour.
	MOVBLZX      cb+40(FP), AX
	VMOVD        AX, X8
	VPBROADCASTB X8, Y8
	MOVBLZX      cr+41(FP), AX
	VMOVD        AX, X9
	VPBROADCASTB X9, Y9

	// The most that a step counts; the limits of skin's Cb and of its Cr; nothing.
	BYTES(32, X10, Y10)
	BYTES(75, X11, Y11)
	BYTES(130, X12, Y12)
	BYTES(139, X13, Y13)
	BYTES(178, X14, Y14)
	VPXOR Y15, Y15, Y15

pixels32:
	// The steps to the neighbours at the right and below.
	VMOVDQU (SI), Y0
	VMOVDQU 1(SI), Y1
	VMOVDQU (DX), Y2
	APART(Y0, Y1, Y3, Y4)
	APART(Y0, Y2, Y3, Y5)
	VPMINUB Y10, Y4, Y4
	VPMINUB Y10, Y5, Y5
	VPADDB  Y5, Y4, Y4

	// The colour's distance from the photo's own.
	VMOVDQU (R8), Y1
	VMOVDQU (R9), Y2
	APART(Y1, Y8, Y3, Y5)
	APART(Y2, Y9, Y3, Y6)
	VPMAXUB Y6, Y5, Y5

	// Skin: its colours, and a brightness of 41 or more.
	MOVL         $41, AX
	VMOVD        AX, X7
	VPBROADCASTB X7, Y7
	VPMAXUB      Y0, Y7, Y7
	VPCMPEQB     Y0, Y7, Y7
	WITHIN(Y1, Y11, Y12, Y3, Y7)
	WITHIN(Y2, Y13, Y14, Y3, Y7)
	MOVL         $8, AX
	VMOVD        AX, X3
	VPBROADCASTB X3, Y3
	VPAND        Y3, Y7, Y7
	VPADDB       Y7, Y4, Y4

	// The sums of eight pixels, for four cells.
	VPSADBW Y15, Y4, Y4
	VPSADBW Y15, Y5, Y5
	VPADDQ  Y5, Y4, Y4
	VPADDQ  (DI), Y4, Y4
	VMOVDQU Y4, (DI)
	ADDQ    $32, SI
	ADDQ    $32, DX
	ADDQ    $32, R8
	ADDQ    $32, R9
	ADDQ    $32, DI
	SUBQ    $32, CX
	JNZ     pixels32
	VZEROUPPER
	RET
