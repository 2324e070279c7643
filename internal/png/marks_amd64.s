#include "textflag.h"

// Where a block's pixels have the ones before them; the first has none.
DATA before<>+0(SB)/8, $0x0000000000000000
DATA before<>+8(SB)/8, $0x0000000200000001
DATA before<>+16(SB)/8, $0x0000000400000003
DATA before<>+24(SB)/8, $0x0000000600000005
GLOBL before<>(SB), RODATA|NOPTR, $32

// func markAVX2(row, above *byte, left, over *uint64, blocks int)
TEXT ·markAVX2(SB), NOSPLIT, $0-40
	MOVQ row+0(FP), SI
	MOVQ above+8(FP), DX
	MOVQ left+16(FP), DI
	MOVQ over+24(FP), R8
	MOVQ blocks+32(FP), CX

	// The first block: nothing before its first pixel is read.
	VMOVDQU   (SI), Y0
	VMOVDQU   before<>(SB), Y1
	VPERMD    Y0, Y1, Y1
	VPCMPEQD  Y1, Y0, Y1
	VMOVMSKPS Y1, R9
	ANDL      $0xfe, R9
	JMP       over

block:
	// Eight pixels, and the eight that begin one before them: a bit for each that is the same.
	VMOVDQU   (SI), Y0
	VPCMPEQD  -4(SI), Y0, Y1
	VMOVMSKPS Y1, R9

over:
	// The same for the eight above.
	VPCMPEQD  (DX), Y0, Y2
	VMOVMSKPS Y2, R10
	MOVB      R9, (DI)
	MOVB      R10, (R8)
	ADDQ      $32, SI
	ADDQ      $32, DX
	INCQ      DI
	INCQ      R8
	DECQ      CX
	JNZ       block
	VZEROUPPER
	RET

// The weights of 32 bytes: 32 for the first, 1 for the last.
DATA falling<>+0(SB)/8, $0x191a1b1c1d1e1f20
DATA falling<>+8(SB)/8, $0x1112131415161718
DATA falling<>+16(SB)/8, $0x090a0b0c0d0e0f10
DATA falling<>+24(SB)/8, $0x0102030405060708
GLOBL falling<>(SB), RODATA|NOPTR, $32

// FOLD adds the four words of 64 bits of y; x is its lower half, t is lost.
#define FOLD(y, x, t) \
	VEXTRACTI128 $1, y, t \
	VPADDQ       t, x, x  \
	VPSHUFD      $0x4e, x, t \
	VPADDQ       t, x, x

// func sumAVX2(bytes *byte, blocks int) (sum, weighted uint64)
TEXT ·sumAVX2(SB), NOSPLIT, $0-32
	MOVQ    bytes+0(FP), SI
	MOVQ    blocks+8(FP), CX
	VMOVDQU falling<>(SB), Y5
	VPXOR   Y6, Y6, Y6        // zero
	VPXOR   Y0, Y0, Y0        // sums
	VPXOR   Y1, Y1, Y1        // sums of the sums before each block
	VPXOR   Y2, Y2, Y2        // weighted sums inside blocks, in words of 32 bits
	VPCMPEQW Y7, Y7, Y7
	VPSRLW  $15, Y7, Y7       // ones, in words of 16 bits

sum:
	VMOVDQU    (SI), Y3
	VPADDQ     Y0, Y1, Y1
	VPSADBW    Y6, Y3, Y4
	VPADDQ     Y4, Y0, Y0
	VPMADDUBSW Y5, Y3, Y3     // at most 255*(32+31)
	VPMADDWD   Y7, Y3, Y3
	VPADDD     Y3, Y2, Y2
	ADDQ       $32, SI
	DECQ       CX
	JNZ        sum

	// Each block's sum counts 32 times for every block behind it.
	VPSLLQ     $5, Y1, Y1
	VPUNPCKLDQ Y6, Y2, Y3
	VPUNPCKHDQ Y6, Y2, Y4
	VPADDQ     Y3, Y1, Y1
	VPADDQ     Y4, Y1, Y1
	FOLD(Y0, X0, X3)
	FOLD(Y1, X1, X3)
	VMOVQ      X0, sum+16(FP)
	VMOVQ      X1, weighted+24(FP)
	VZEROUPPER
	RET
