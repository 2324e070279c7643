#include "textflag.h"

#define SIXTEEN(name, v) \
	DATA name<>+0(SB)/8, $v; DATA name<>+8(SB)/8, $v; GLOBL name<>(SB), RODATA|NOPTR, $16

SIXTEEN(high, 0x8080808080808080)
SIXTEEN(even, 0xfefefefefefefefe)
SIXTEEN(four, 0x0404040404040404)
SIXTEEN(three, 0x0303030303030303)
SIXTEEN(five, 0x1f1f1f1f1f1f1f1f) // the lower five bits
SIXTEEN(sign, 0x1010101010101010) // the sign of five bits

// Sixteen of each of the words 9 and 63.
DATA nine<>+0(SB)/8, $0x0009000900090009
DATA nine<>+8(SB)/8, $0x0009000900090009
DATA nine<>+16(SB)/8, $0x0009000900090009
DATA nine<>+24(SB)/8, $0x0009000900090009
GLOBL nine<>(SB), RODATA|NOPTR, $32
DATA round<>+0(SB)/8, $0x003f003f003f003f
DATA round<>+8(SB)/8, $0x003f003f003f003f
DATA round<>+16(SB)/8, $0x003f003f003f003f
DATA round<>+24(SB)/8, $0x003f003f003f003f
GLOBL round<>(SB), RODATA|NOPTR, $32

// Registers
//   X0 to X7 the samples across the edge, sixteen places of it: four before and four behind
//   X8 where it is filtered, X9 where its variance is low
//   BX the limits

// APART is the differences of a and b.
#define APART(a, b, to) \
	VPSUBUSB a, b, to; \
	VPSUBUSB b, a, X10; \
	VPOR X10, to, to

// FIND finds out where the edge is filtered. limit is the offset of the limit of the edge.
#define FIND(limit) \
	APART(X0, X1, X8); \
	APART(X1, X2, X11); VPMAXUB X11, X8, X8; \
	APART(X2, X3, X9); \
	APART(X4, X5, X11); VPMAXUB X11, X9, X9; \
	VPMAXUB X9, X8, X8; \
	APART(X5, X6, X11); VPMAXUB X11, X8, X8; \
	APART(X6, X7, X11); VPMAXUB X11, X8, X8; \
	VPSUBUSB 32(BX), X8, X8; \
	APART(X3, X4, X11); VPADDUSB X11, X11, X11; \
	APART(X2, X5, X12); VPAND even<>(SB), X12, X12; VPSRLW $1, X12, X12; \
	VPADDUSB X12, X11, X11; \
	VPSUBUSB limit(BX), X11, X11; \
	VPOR X11, X8, X8; \
	VPXOR X13, X13, X13; \
	VPCMPEQB X13, X8, X8; \
	VPSUBUSB 48(BX), X9, X9; \
	VPCMPEQB X13, X9, X9

// FLIP changes between samples and the same with a sign.
#define FLIP \
	VMOVDQU high<>(SB), X15; \
	VPXOR X15, X1, X1; VPXOR X15, X2, X2; VPXOR X15, X3, X3; \
	VPXOR X15, X4, X4; VPXOR X15, X5, X5; VPXOR X15, X6, X6

// EIGHTH divides bytes with a sign by 8, rounded down.
#define EIGHTH(x) \
	VPSRLW $3, x, x; \
	VPAND five<>(SB), x, x; \
	VPXOR sign<>(SB), x, x; \
	VPSUBB sign<>(SB), x, x

// NEAREST changes the two nearest samples by X10, and leaves in X11 by what the one behind the edge was.
#define NEAREST \
	VPADDSB four<>(SB), X10, X11; \
	VPADDSB three<>(SB), X10, X12; \
	EIGHTH(X11); \
	EIGHTH(X12); \
	VPSUBSB X11, X4, X4; \
	VPADDSB X12, X3, X3

// INNER filters an edge between blocks.
#define INNER \
	FIND(16); \
	FLIP; \
	VPSUBSB X5, X2, X10; \
	VPANDN X10, X9, X10; \
	VPSUBSB X3, X4, X11; \
	VPADDSB X11, X10, X10; VPADDSB X11, X10, X10; VPADDSB X11, X10, X10; \
	VPAND X8, X10, X10; \
	NEAREST; \
	VPXOR X15, X11, X11; \
	VPAVGB X15, X11, X11; \
	VPXOR X15, X11, X11; \
	VPAND X9, X11, X11; \
	VPSUBSB X11, X5, X5; \
	VPADDSB X11, X2, X2; \
	FLIP

// CHANGE changes a sample on each side by the words of y, whose lower half is x.
#define CHANGE(y, x, before, behind) \
	VPSRAW $7, y, y; \
	VEXTRACTI128 $1, y, X14; \
	VPACKSSWB X14, x, x; \
	VPADDSB x, before, before; \
	VPSUBSB x, behind, behind

// OUTER filters an edge between macroblocks.
#define OUTER \
	FIND(0); \
	FLIP; \
	VPSUBSB X5, X2, X13; \
	VPSUBSB X3, X4, X11; \
	VPADDSB X11, X13, X13; VPADDSB X11, X13, X13; VPADDSB X11, X13, X13; \
	VPAND X8, X13, X13; \
	VPANDN X13, X9, X10; \
	NEAREST; \
	VPAND X9, X13, X13; \
	VPMOVSXBW X13, Y10; \
	VPMULLW nine<>(SB), Y10, Y10; \
	VPADDW round<>(SB), Y10, Y11; \
	VPADDW Y10, Y11, Y12; \
	VPADDW Y10, Y12, Y13; \
	CHANGE(Y11, X11, X1, X6); \
	CHANGE(Y12, X12, X2, X5); \
	CHANGE(Y13, X13, X3, X4); \
	FLIP

// PAIR reads eight samples of two rows of the four at SI, interleaved.
#define PAIR(one, two, to) \
	VMOVQ one, to; \
	VMOVQ two, X8; \
	VPUNPCKLBW X8, to, to

// FOUR reads four rows at SI, R8 apart, as two pairs, and goes on to the next four.
#define FOUR(a, b) \
	PAIR((SI), (SI)(R8*1), a); \
	PAIR((SI)(R8*2), (SI)(R9*1), b); \
	LEAQ (SI)(R8*4), SI

// COLUMNS turns the pairs of rows in X0 to X7 into eight columns of sixteen samples.
#define COLUMNS \
	VPUNPCKLWD X1, X0, X8; VPUNPCKHWD X1, X0, X9; \
	VPUNPCKLWD X3, X2, X10; VPUNPCKHWD X3, X2, X11; \
	VPUNPCKLWD X5, X4, X12; VPUNPCKHWD X5, X4, X13; \
	VPUNPCKLWD X7, X6, X14; VPUNPCKHWD X7, X6, X15; \
	VPUNPCKLDQ X10, X8, X4; VPUNPCKHDQ X10, X8, X5; \
	VPUNPCKLDQ X14, X12, X6; VPUNPCKHDQ X14, X12, X7; \
	VPUNPCKLQDQ X6, X4, X0; VPUNPCKHQDQ X6, X4, X1; \
	VPUNPCKLQDQ X7, X5, X2; VPUNPCKHQDQ X7, X5, X3; \
	VPUNPCKLDQ X11, X9, X8; VPUNPCKHDQ X11, X9, X10; \
	VPUNPCKLDQ X15, X13, X12; VPUNPCKHDQ X15, X13, X14; \
	VPUNPCKLQDQ X12, X8, X4; VPUNPCKHQDQ X12, X8, X5; \
	VPUNPCKLQDQ X14, X10, X6; VPUNPCKHQDQ X14, X10, X7

// ROWS turns the columns in X0 to X7 into rows: X0 to X3 and X4 to X7 have two rows each.
#define ROWS \
	VPUNPCKLBW X1, X0, X8; VPUNPCKHBW X1, X0, X9; \
	VPUNPCKLBW X3, X2, X10; VPUNPCKHBW X3, X2, X11; \
	VPUNPCKLBW X5, X4, X12; VPUNPCKHBW X5, X4, X13; \
	VPUNPCKLBW X7, X6, X14; VPUNPCKHBW X7, X6, X15; \
	VPUNPCKLWD X10, X8, X0; VPUNPCKHWD X10, X8, X2; \
	VPUNPCKLWD X14, X12, X1; VPUNPCKHWD X14, X12, X3; \
	VPUNPCKLWD X11, X9, X4; VPUNPCKHWD X11, X9, X6; \
	VPUNPCKLWD X15, X13, X5; VPUNPCKHWD X15, X13, X7; \
	VPUNPCKLDQ X1, X0, X8; VPUNPCKHDQ X1, X0, X9; \
	VPUNPCKLDQ X3, X2, X10; VPUNPCKHDQ X3, X2, X11; \
	VPUNPCKLDQ X5, X4, X12; VPUNPCKHDQ X5, X4, X13; \
	VPUNPCKLDQ X7, X6, X14; VPUNPCKHDQ X7, X6, X15

// KEEP writes four rows at SI, and goes on to the next four.
#define KEEP(a, b) \
	VMOVQ a, (SI); \
	VMOVHPS a, (SI)(R8*1); \
	VMOVQ b, (SI)(R8*2); \
	VMOVHPS b, (SI)(R9*1); \
	LEAQ (SI)(R8*4), SI

// READCOLUMNS and WRITECOLUMNS are for eight columns of sixteen rows: the upper eight at DI, the lower ones at DX.
#define READCOLUMNS \
	MOVQ DI, SI; \
	FOUR(X0, X1); \
	FOUR(X2, X3); \
	MOVQ DX, SI; \
	FOUR(X4, X5); \
	FOUR(X6, X7); \
	COLUMNS

#define WRITECOLUMNS \
	ROWS; \
	MOVQ DI, SI; \
	KEEP(X8, X9); \
	KEEP(X10, X11); \
	MOVQ DX, SI; \
	KEEP(X12, X13); \
	KEEP(X14, X15)

// func filterColumnsAVX2(upper, lower *uint8, stride int, l *limits, edges int, outer bool)
TEXT ·filterColumnsAVX2(SB), NOSPLIT, $0-41
	MOVQ upper+0(FP), DI
	MOVQ lower+8(FP), DX
	MOVQ stride+16(FP), R8
	MOVQ l+24(FP), BX
	MOVQ edges+32(FP), CX
	LEAQ (R8)(R8*2), R9
	SUBQ $4, DI
	SUBQ $4, DX
	CMPB outer+40(FP), $0
	JEQ inner
	READCOLUMNS
	OUTER
	WRITECOLUMNS

inner:
	SUBQ $1, CX
	JLT done
	ADDQ $4, DI
	ADDQ $4, DX
	READCOLUMNS
	INNER
	WRITECOLUMNS
	JMP inner

done:
	VZEROUPPER
	RET

// func filterRowsAVX2(at *uint8, stride int, l *limits, edges int, outer bool)
TEXT ·filterRowsAVX2(SB), NOSPLIT, $0-33
	MOVQ at+0(FP), DI
	MOVQ stride+8(FP), R8
	MOVQ l+16(FP), BX
	MOVQ edges+24(FP), CX
	LEAQ (R8)(R8*2), R9
	CMPB outer+32(FP), $0
	JEQ inner
	MOVQ R8, SI
	SHLQ $2, SI
	NEGQ SI
	ADDQ DI, SI
	VMOVDQU (SI), X0
	VMOVDQU (SI)(R8*1), X1
	VMOVDQU (SI)(R8*2), X2
	VMOVDQU (SI)(R9*1), X3
	VMOVDQU (DI), X4
	VMOVDQU (DI)(R8*1), X5
	VMOVDQU (DI)(R8*2), X6
	VMOVDQU (DI)(R9*1), X7
	OUTER
	VMOVDQU X1, (SI)(R8*1)
	VMOVDQU X2, (SI)(R8*2)
	VMOVDQU X3, (SI)(R9*1)
	VMOVDQU X4, (DI)
	VMOVDQU X5, (DI)(R8*1)
	VMOVDQU X6, (DI)(R8*2)

inner:
	SUBQ $1, CX
	JLT done
	MOVQ DI, SI
	LEAQ (DI)(R8*4), DI
	VMOVDQU (SI), X0
	VMOVDQU (SI)(R8*1), X1
	VMOVDQU (SI)(R8*2), X2
	VMOVDQU (SI)(R9*1), X3
	VMOVDQU (DI), X4
	VMOVDQU (DI)(R8*1), X5
	VMOVDQU (DI)(R8*2), X6
	VMOVDQU (DI)(R9*1), X7
	INNER
	VMOVDQU X2, (SI)(R8*2)
	VMOVDQU X3, (SI)(R9*1)
	VMOVDQU X4, (DI)
	VMOVDQU X5, (DI)(R8*1)
	JMP inner

done:
	VZEROUPPER
	RET

// TWICE reads a row of eight samples from each plane.
#define TWICE(one, two, to) \
	VMOVQ one, to; \
	VMOVHPS two, to, to

// func filterTwoRowsAVX2(one, two *uint8, stride int, l *limits, inner, outer bool)
TEXT ·filterTwoRowsAVX2(SB), NOSPLIT, $0-34
	MOVQ one+0(FP), DI
	MOVQ two+8(FP), DX
	MOVQ stride+16(FP), R8
	MOVQ l+24(FP), BX
	LEAQ (R8)(R8*2), R9
	LEAQ (R8*4), CX
	CMPB outer+33(FP), $0
	JEQ inner
	MOVQ DI, SI
	MOVQ DX, R10
	SUBQ CX, SI
	SUBQ CX, R10
	TWICE((SI), (R10), X0)
	TWICE((SI)(R8*1), (R10)(R8*1), X1)
	TWICE((SI)(R8*2), (R10)(R8*2), X2)
	TWICE((SI)(R9*1), (R10)(R9*1), X3)
	TWICE((DI), (DX), X4)
	TWICE((DI)(R8*1), (DX)(R8*1), X5)
	TWICE((DI)(R8*2), (DX)(R8*2), X6)
	TWICE((DI)(R9*1), (DX)(R9*1), X7)
	OUTER
	VMOVQ X1, (SI)(R8*1)
	VMOVQ X2, (SI)(R8*2)
	VMOVQ X3, (SI)(R9*1)
	VMOVQ X4, (DI)
	VMOVQ X5, (DI)(R8*1)
	VMOVQ X6, (DI)(R8*2)
	VMOVHPS X1, (R10)(R8*1)
	VMOVHPS X2, (R10)(R8*2)
	VMOVHPS X3, (R10)(R9*1)
	VMOVHPS X4, (DX)
	VMOVHPS X5, (DX)(R8*1)
	VMOVHPS X6, (DX)(R8*2)

inner:
	CMPB inner+32(FP), $0
	JEQ done
	MOVQ DI, SI
	MOVQ DX, R10
	ADDQ CX, DI
	ADDQ CX, DX
	TWICE((SI), (R10), X0)
	TWICE((SI)(R8*1), (R10)(R8*1), X1)
	TWICE((SI)(R8*2), (R10)(R8*2), X2)
	TWICE((SI)(R9*1), (R10)(R9*1), X3)
	TWICE((DI), (DX), X4)
	TWICE((DI)(R8*1), (DX)(R8*1), X5)
	TWICE((DI)(R8*2), (DX)(R8*2), X6)
	TWICE((DI)(R9*1), (DX)(R9*1), X7)
	INNER
	VMOVQ X2, (SI)(R8*2)
	VMOVQ X3, (SI)(R9*1)
	VMOVQ X4, (DI)
	VMOVQ X5, (DI)(R8*1)
	VMOVHPS X2, (R10)(R8*2)
	VMOVHPS X3, (R10)(R9*1)
	VMOVHPS X4, (DX)
	VMOVHPS X5, (DX)(R8*1)

done:
	VZEROUPPER
	RET
