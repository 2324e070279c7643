#include "idct_amd64.h"

// The transforms of 4 and 2 points in idct.go, in 32 bits as there, of several blocks at once.

CONST(middle, 0x00800080) // 128, twice 16 bits

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
