#include "textflag.h"

// The transforms of idct.go, in 32 bits as there, of all rows or columns of a block at once.

// CONST makes a row of eight equal numbers.
#define CONST(name, v) \
	DATA name<>+0(SB)/4, $v; \
	DATA name<>+4(SB)/4, $v; \
	DATA name<>+8(SB)/4, $v; \
	DATA name<>+12(SB)/4, $v; \
	DATA name<>+16(SB)/4, $v; \
	DATA name<>+20(SB)/4, $v; \
	DATA name<>+24(SB)/4, $v; \
	DATA name<>+28(SB)/4, $v; \
	GLOBL name<>(SB), RODATA|NOPTR, $32

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

// Of 4 points; the numbers are those of idct.go.
CONST(even2, 7568)
CONST(near1, 10498)
CONST(near3, 3686)
CONST(far1, 4348)
CONST(far3, 8900)
CONST(rowRound4, 0x400)
CONST(columnRound4, 0x20000)

// PASS4 transforms Y0 to Y3, frequency by frequency, to samples in Y0, Y1, Y2, Y3.
#define PASS4(round, shift) \
	VPSLLD $13, Y0, Y0; \
	VPADDD round<>(SB), Y0, Y0; \
	VPMULLD Y11, Y2, Y2; \
	VPMULLD Y12, Y1, Y4; \
	VPMULLD Y13, Y3, Y5; \
	VPMULLD Y14, Y1, Y1; \
	VPMULLD Y15, Y3, Y3; \
	VPADDD Y5, Y4, Y4; \
	VPSUBD Y3, Y1, Y5; \
	VPADDD Y2, Y0, Y6; \
	VPSUBD Y2, Y0, Y7; \
	VPADDD Y4, Y6, Y0; \
	VPSUBD Y4, Y6, Y3; \
	VPADDD Y5, Y7, Y1; \
	VPSUBD Y5, Y7, Y2; \
	VPSRAD $shift, Y0, Y0; \
	VPSRAD $shift, Y1, Y1; \
	VPSRAD $shift, Y2, Y2; \
	VPSRAD $shift, Y3, Y3

// COLUMN4 loads a column of two blocks, times its quantisers.
#define COLUMN4(i, quant, x, y) \
	VMOVDQU (16*i)(SI), x; \
	VINSERTI128 $1, (64+16*i)(SI), y, y; \
	VPMULLD quant, y, y

// func inverse4AVX2(out *uint8, stride int, blocks *int32, pairs int, quant *[64]int32)
TEXT ·inverse4AVX2(SB), NOSPLIT, $0-40
	MOVQ out+0(FP), DI
	MOVQ stride+8(FP), DX
	MOVQ blocks+16(FP), SI
	MOVQ pairs+24(FP), CX
	MOVQ quant+32(FP), BX
	LEAQ (DX)(DX*2), R8
	VMOVDQU even2<>(SB), Y11
	VMOVDQU near1<>(SB), Y12
	VMOVDQU near3<>(SB), Y13
	VMOVDQU far1<>(SB), Y14
	VMOVDQU far3<>(SB), Y15
	VBROADCASTI128 0(BX), Y8
	VBROADCASTI128 16(BX), Y9
	VBROADCASTI128 32(BX), Y10

next4:
	COLUMN4(0, Y8, X0, Y0)
	COLUMN4(1, Y9, X1, Y1)
	COLUMN4(2, Y10, X2, Y2)
	VBROADCASTI128 48(BX), Y4
	COLUMN4(3, Y4, X3, Y3)
	PASS4(rowRound4, 11)

	// From columns to rows.
	VPUNPCKLDQ Y1, Y0, Y4
	VPUNPCKHDQ Y1, Y0, Y5
	VPUNPCKLDQ Y3, Y2, Y6
	VPUNPCKHDQ Y3, Y2, Y7
	VPUNPCKLQDQ Y6, Y4, Y0
	VPUNPCKHQDQ Y6, Y4, Y1
	VPUNPCKLQDQ Y7, Y5, Y2
	VPUNPCKHQDQ Y7, Y5, Y3
	PASS4(columnRound4, 18)

	// To bytes: each half has the four rows of a block.
	VPACKSSDW Y1, Y0, Y0
	VPACKSSDW Y3, Y2, Y2
	VPADDSW middle<>(SB), Y0, Y0
	VPADDSW middle<>(SB), Y2, Y2
	VPACKUSWB Y2, Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPUNPCKLDQ X1, X0, X2
	VPUNPCKHDQ X1, X0, X3
	VMOVQ X2, (DI)
	VMOVHPS X2, (DI)(DX*1)
	VMOVQ X3, (DI)(DX*2)
	VMOVHPS X3, (DI)(R8*1)
	ADDQ $128, SI
	ADDQ $8, DI
	DECQ CX
	JNE next4
	VZEROUPPER
	RET

// Of 2 points.
DATA scales2<>+0(SB)/4, $8192
DATA scales2<>+4(SB)/4, $7423
DATA scales2<>+8(SB)/4, $7423
DATA scales2<>+12(SB)/4, $7423
DATA scales2<>+16(SB)/4, $8192
DATA scales2<>+20(SB)/4, $7423
DATA scales2<>+24(SB)/4, $7423
DATA scales2<>+28(SB)/4, $7423
GLOBL scales2<>(SB), RODATA|NOPTR, $32

DATA round2<>+0(SB)/4, $0x8000
DATA round2<>+4(SB)/4, $0
DATA round2<>+8(SB)/4, $0
DATA round2<>+12(SB)/4, $0
DATA round2<>+16(SB)/4, $0x8000
DATA round2<>+20(SB)/4, $0
DATA round2<>+24(SB)/4, $0
DATA round2<>+28(SB)/4, $0
GLOBL round2<>(SB), RODATA|NOPTR, $32

DATA signs2<>+0(SB)/4, $1
DATA signs2<>+4(SB)/4, $1
DATA signs2<>+8(SB)/4, $-1
DATA signs2<>+12(SB)/4, $-1
DATA signs2<>+16(SB)/4, $1
DATA signs2<>+20(SB)/4, $1
DATA signs2<>+24(SB)/4, $-1
DATA signs2<>+28(SB)/4, $-1
GLOBL signs2<>(SB), RODATA|NOPTR, $32

// apart2 brings the first rows of four blocks before the second ones.
DATA apart2<>+0(SB)/8, $0x0d0c090805040100
DATA apart2<>+8(SB)/8, $0x0f0e0b0a07060302
GLOBL apart2<>(SB), RODATA|NOPTR, $16

// BLOCKS2 transforms two blocks: mean, down, across and both become the samples of two rows. Both
// is multiplied once more. Then sums and differences of the first two with the last two, and of
// what is beside each other then.
#define BLOCKS2(i, y) \
	VPMULLD (32*i)(SI), Y15, y; \
	VPMULLD Y14, y, y; \
	VPSRAD $13, y, Y4; \
	VPMULLD Y14, Y4, Y4; \
	VPBLENDD $0x88, Y4, y, y; \
	VPADDD Y13, y, y; \
	VPSHUFD $0x44, y, Y4; \
	VPSHUFD $0xee, y, y; \
	VPSIGND Y12, y, y; \
	VPADDD Y4, y, y; \
	VPSHUFD $0x88, y, Y4; \
	VPSHUFD $0xdd, y, y; \
	VPSIGND Y12, y, y; \
	VPADDD Y4, y, y; \
	VPSRAD $16, y, y

// func inverse2AVX2(out *uint8, stride int, blocks *int32, eights int, quant *[64]int32)
TEXT ·inverse2AVX2(SB), NOSPLIT, $0-40
	MOVQ out+0(FP), DI
	MOVQ stride+8(FP), DX
	MOVQ blocks+16(FP), SI
	MOVQ eights+24(FP), CX
	MOVQ quant+32(FP), BX
	VBROADCASTI128 (BX), Y15
	VMOVDQU scales2<>(SB), Y14
	VMOVDQU round2<>(SB), Y13
	VMOVDQU signs2<>(SB), Y12
	VMOVDQU middle<>(SB), Y11
	VMOVDQU apart2<>(SB), X10

next2:
	BLOCKS2(0, Y0)
	BLOCKS2(1, Y1)
	BLOCKS2(2, Y2)
	BLOCKS2(3, Y3)

	// To bytes: the blocks of the lower halves are 0, 2, 4 and 6, then rows by themselves.
	VPACKSSDW Y1, Y0, Y0
	VPACKSSDW Y3, Y2, Y2
	VPADDSW Y11, Y0, Y0
	VPADDSW Y11, Y2, Y2
	VPACKUSWB Y2, Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPUNPCKLDQ X1, X0, X2
	VPUNPCKHDQ X1, X0, X3
	VPSHUFB X10, X2, X2
	VPSHUFB X10, X3, X3
	VPUNPCKLQDQ X3, X2, X0
	VPUNPCKHQDQ X3, X2, X1
	VMOVDQU X0, (DI)
	VMOVDQU X1, (DI)(DX*1)
	ADDQ $128, SI
	ADDQ $16, DI
	DECQ CX
	JNE next2
	VZEROUPPER
	RET
