#include "idct_amd64.h"

// The transform of 8 points in idct.go, in 32 bits as there, of all rows or columns at once.

CONST(middle, 0x00800080) // 128, twice 16 bits

// ROTATE is rotate of idct.go: of x and y, the first result comes to y and the second to x. t is
// lost.
#define ROTATE(x, y, cos, less, more, t) \
	VPADDD y, x, t; \
	VPMULLD cos<>(SB), t, t; \
	VPMULLD less<>(SB), y, y; \
	VPMULLD more<>(SB), x, x; \
	VPADDD y, t, y; \
	VPSUBD x, t, x

// Of 8 points.
CONST(rowCos, 70936)
CONST(rowLess, -242190)
CONST(rowMore, -100318)
CONST(columnCos, 1108)
CONST(columnLess, -3784)
CONST(columnMore, -1568)
CONST(steepCos, 3406)
CONST(steepLess, -5682)
CONST(steepMore, 1130)
CONST(slightCos, 4017)
CONST(slightLess, -4816)
CONST(slightMore, 3218)
CONST(rowHalf, 181)
CONST(columnHalf, 11585)
CONST(round8, 0x80000)

// ODD is the odd half of inverseRow and inverseColumn, from e in Y7, h in Y8, f in Y3 and g in Y5
// on, and the sums with the even half: a in Y9, b in Y11, c in Y6 and d in Y2. Frequencies become
// samples in Y0, Y4, Y8, Y3, Y5, Y9, Y10, Y7.
#define ODD(shift) \
	VPADDD Y3, Y8, Y1; \
	VPSUBD Y3, Y8, Y3; \
	VPADDD Y5, Y7, Y8; \
	VPSUBD Y5, Y7, Y5; \
	VPSRAD $shift, Y8, Y8; \
	VPSRAD $shift, Y1, Y1; \
	VPSRAD $shift, Y3, Y3; \
	VPSRAD $shift, Y5, Y5; \
	ROTATE(Y8, Y1, steepCos, steepLess, steepMore, Y10); \
	ROTATE(Y3, Y5, slightCos, slightLess, slightMore, Y10); \
	VPADDD Y8, Y9, Y0; \
	VPSUBD Y8, Y9, Y7; \
	VPADDD Y3, Y11, Y4; \
	VPSUBD Y3, Y11, Y10; \
	VPADDD Y5, Y6, Y8; \
	VPSUBD Y5, Y6, Y9; \
	VPADDD Y1, Y2, Y3; \
	VPSUBD Y1, Y2, Y5

// EVEN is the sums of the even half: of a in Y8, b in Y9, c in Y6 and d in Y2, to the places where
// ODD wants them.
#define EVEN \
	VPADDD Y6, Y9, Y11; \
	VPSUBD Y6, Y9, Y6; \
	VPADDD Y2, Y8, Y9; \
	VPSUBD Y2, Y8, Y2

// QUANTISED loads a column, times its quantisers.
#define QUANTISED(i, y) \
	VMOVDQU (32*i)(SI), y; \
	VPMULLD (32*i)(BX), y, y

// func inverse8AVX2(out *uint8, stride int, blocks *int32, n int, quant *[64]int32)
TEXT ·inverse8AVX2(SB), NOSPLIT, $0-40
	MOVQ out+0(FP), DI
	MOVQ stride+8(FP), DX
	MOVQ blocks+16(FP), SI
	MOVQ n+24(FP), CX
	MOVQ quant+32(FP), BX
	LEAQ (DX)(DX*2), R8

next8:
	QUANTISED(0, Y0)
	QUANTISED(1, Y1)
	QUANTISED(2, Y2)
	QUANTISED(3, Y3)
	QUANTISED(4, Y4)
	QUANTISED(5, Y5)
	QUANTISED(6, Y6)
	QUANTISED(7, Y7)

	// Rows: the even half, and what leads to the odd one.
	VPSLLD $17, Y0, Y0
	VPSLLD $17, Y4, Y4
	VPADDD Y4, Y0, Y8
	VPSUBD Y4, Y0, Y9
	ROTATE(Y2, Y6, rowCos, rowLess, rowMore, Y10)
	EVEN
	VPSLLD $7, Y1, Y1
	VPSLLD $7, Y7, Y7
	VPADDD Y7, Y1, Y8
	VPSUBD Y7, Y1, Y7
	VPMULLD rowHalf<>(SB), Y3, Y3
	VPMULLD rowHalf<>(SB), Y5, Y5
	ODD(2)

	// From columns of the block (Y0, Y4, Y8, Y3, Y5, Y9, Y10, Y7) to its rows: pairs, then fours,
	// then halves.
	VPUNPCKLDQ Y4, Y0, Y1
	VPUNPCKHDQ Y4, Y0, Y2
	VPUNPCKLDQ Y3, Y8, Y0
	VPUNPCKHDQ Y3, Y8, Y3
	VPUNPCKLDQ Y9, Y5, Y4
	VPUNPCKHDQ Y9, Y5, Y5
	VPUNPCKLDQ Y7, Y10, Y6
	VPUNPCKHDQ Y7, Y10, Y7
	VPUNPCKLQDQ Y0, Y1, Y8
	VPUNPCKHQDQ Y0, Y1, Y9
	VPUNPCKLQDQ Y3, Y2, Y10
	VPUNPCKHQDQ Y3, Y2, Y11
	VPUNPCKLQDQ Y6, Y4, Y12
	VPUNPCKHQDQ Y6, Y4, Y13
	VPUNPCKLQDQ Y7, Y5, Y14
	VPUNPCKHQDQ Y7, Y5, Y15
	VPERM2I128 $0x20, Y12, Y8, Y0
	VPERM2I128 $0x20, Y13, Y9, Y1
	VPERM2I128 $0x20, Y14, Y10, Y2
	VPERM2I128 $0x20, Y15, Y11, Y3
	VPERM2I128 $0x31, Y12, Y8, Y4
	VPERM2I128 $0x31, Y13, Y9, Y5
	VPERM2I128 $0x31, Y14, Y10, Y6
	VPERM2I128 $0x31, Y15, Y11, Y7

	// Columns.
	VPADDD round8<>(SB), Y0, Y0
	VPADDD Y4, Y0, Y8
	VPSUBD Y4, Y0, Y9
	VPSRAD $2, Y8, Y8
	VPSRAD $2, Y9, Y9
	VPSRAD $13, Y2, Y2
	VPSRAD $13, Y6, Y6
	ROTATE(Y2, Y6, columnCos, columnLess, columnMore, Y10)
	EVEN
	VPADDD Y7, Y1, Y8
	VPSUBD Y7, Y1, Y7
	VPSRAD $13, Y3, Y3
	VPSRAD $13, Y5, Y5
	VPMULLD columnHalf<>(SB), Y3, Y3
	VPMULLD columnHalf<>(SB), Y5, Y5
	ODD(14)
	VPSRAD $18, Y0, Y0
	VPSRAD $18, Y4, Y4
	VPSRAD $18, Y8, Y8
	VPSRAD $18, Y3, Y3
	VPSRAD $18, Y5, Y5
	VPSRAD $18, Y9, Y9
	VPSRAD $18, Y10, Y10
	VPSRAD $18, Y7, Y7

	// To bytes: four rows come to one register, with their halves apart.
	VPACKSSDW Y4, Y0, Y0
	VPACKSSDW Y3, Y8, Y8
	VPACKSSDW Y9, Y5, Y5
	VPACKSSDW Y7, Y10, Y10
	VMOVDQU middle<>(SB), Y11
	VPADDSW Y11, Y0, Y0
	VPADDSW Y11, Y8, Y8
	VPADDSW Y11, Y5, Y5
	VPADDSW Y11, Y10, Y10
	VPACKUSWB Y8, Y0, Y0
	VPACKUSWB Y10, Y5, Y5
	VEXTRACTI128 $1, Y0, X1
	VEXTRACTI128 $1, Y5, X6
	VPUNPCKLDQ X1, X0, X2
	VPUNPCKHDQ X1, X0, X3
	VPUNPCKLDQ X6, X5, X7
	VPUNPCKHDQ X6, X5, X8
	LEAQ (DI)(DX*4), R9
	VMOVQ X2, (DI)
	VMOVHPS X2, (DI)(DX*1)
	VMOVQ X3, (DI)(DX*2)
	VMOVHPS X3, (DI)(R8*1)
	VMOVQ X7, (R9)
	VMOVHPS X7, (R9)(DX*1)
	VMOVQ X8, (R9)(DX*2)
	VMOVHPS X8, (R9)(R8*1)
	ADDQ $256, SI
	ADDQ $8, DI
	DECQ CX
	JNE next8
	VZEROUPPER
	RET
