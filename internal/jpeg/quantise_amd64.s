#include "go_asm.h"
#include "textflag.h"

// Where the bytes of each group stand in the stream: for 32 places of it, those that come from rows
// 0 and 2, 1 and 3, 4 and 6, 5 and 7; then for the other 32. 0x80 is none.
DATA order<>+0(SB)/8, $0x8003028008800100
DATA order<>+8(SB)/8, $0x0504800a80808009
DATA order<>+16(SB)/8, $0x8080808080800b80
DATA order<>+24(SB)/8, $0x800d800706800c80
DATA order<>+32(SB)/8, $0x0280800180008080
DATA order<>+40(SB)/8, $0x8080038009800880
DATA order<>+48(SB)/8, $0x80808080800a8004
DATA order<>+56(SB)/8, $0x0c8006808005800b
DATA order<>+64(SB)/8, $0x8080808080808080
DATA order<>+72(SB)/8, $0x8080808080008080
DATA order<>+80(SB)/8, $0x0280088001808080
DATA order<>+88(SB)/8, $0x8080808080808080
DATA order<>+96(SB)/8, $0x8080808080808080
DATA order<>+104(SB)/8, $0x8080808080808080
DATA order<>+112(SB)/8, $0x8001800080808080
DATA order<>+120(SB)/8, $0x8080808080808080
DATA order<>+128(SB)/8, $0x8080808080808080
DATA order<>+136(SB)/8, $0x808080800f800e80
DATA order<>+144(SB)/8, $0x8080808080808080
DATA order<>+152(SB)/8, $0x8080808080808080
DATA order<>+160(SB)/8, $0x8080808080808080
DATA order<>+168(SB)/8, $0x8080800e8007800d
DATA order<>+176(SB)/8, $0x80800f8080808080
DATA order<>+184(SB)/8, $0x8080808080808080
DATA order<>+192(SB)/8, $0x04800a8080098003
DATA order<>+200(SB)/8, $0x0b80058080808080
DATA order<>+208(SB)/8, $0x80078006800c8080
DATA order<>+216(SB)/8, $0x80800f800e80800d
DATA order<>+224(SB)/8, $0x8003800908800280
DATA order<>+232(SB)/8, $0x8004808080808080
DATA order<>+240(SB)/8, $0x0680808005800b0a
DATA order<>+248(SB)/8, $0x0f0e8007800d0c80
GLOBL order<>(SB), RODATA|NOPTR, $256

DATA words<>+0(SB)/8, $0x0001000100010001
DATA words<>+8(SB)/8, $0x0001000100010001
DATA words<>+16(SB)/8, $0x0001000100010001
DATA words<>+24(SB)/8, $0x0001000100010001
GLOBL words<>(SB), RODATA|NOPTR, $32

// DIVIDE quantises two rows. A coefficient's absolute value times its reciprocal is made of two
// products: the one with the low 13 bits loses 13 bits, that with the high bits gets a half (2^12)
// added, and the sum loses 13 more. The levels get their signs back and are kept, and zero gets a
// mark for each that is 0.
#define DIVIDE(at, zero) \
	VMOVDQU at(SI), Y8; VPABSW Y8, Y9; \
	VPUNPCKLWD Y15, Y9, Y10; VPUNPCKHWD Y15, Y9, Y11; \
	VPMADDWD (quantiser_low+2*at)(AX), Y10, Y12; VPSRLD $13, Y12, Y12; \
	VPMADDWD (quantiser_low+2*at+32)(AX), Y11, Y13; VPSRLD $13, Y13, Y13; \
	VPMADDWD (quantiser_high+2*at)(AX), Y10, Y10; VPADDD Y12, Y10, Y10; VPSRLD $13, Y10, Y10; \
	VPMADDWD (quantiser_high+2*at+32)(AX), Y11, Y11; VPADDD Y13, Y11, Y11; VPSRLD $13, Y11, Y11; \
	VPACKSSDW Y11, Y10, Y10; VPSIGNW Y8, Y10, Y10; \
	VMOVDQU Y10, at(DI); \
	VPCMPEQW Y14, Y10, zero

// GATHER brings 32 marks into the order of the stream, and as many bits into to.
#define GATHER(at, to) \
	VPSHUFB order<>+(at)(SB), Y0, Y4; VPSHUFB order<>+(at+32)(SB), Y1, Y5; \
	VPSHUFB order<>+(at+64)(SB), Y2, Y6; VPSHUFB order<>+(at+96)(SB), Y3, Y7; \
	VPOR Y5, Y4, Y4; VPOR Y7, Y6, Y6; VPOR Y6, Y4, Y4; \
	VPMOVMSKB Y4, to

// func quantiseAVX2(q *quantiser, block *[blockBytes]byte, levels *[64]int16) (mask uint64)
TEXT ·quantiseAVX2(SB), NOSPLIT, $0-32
	MOVQ q+0(FP), AX
	MOVQ block+8(FP), SI
	MOVQ levels+16(FP), DI
	VMOVDQU words<>(SB), Y15
	VPXOR Y14, Y14, Y14
	DIVIDE(0, Y0)
	DIVIDE(32, Y1)
	DIVIDE(64, Y2)
	DIVIDE(96, Y3)

	// A byte a mark; a lane's two rows to both lanes of a register of their own.
	VPACKSSWB Y1, Y0, Y1
	VPACKSSWB Y3, Y2, Y3
	VPERMQ $0x44, Y1, Y0
	VPERMQ $0xee, Y1, Y1
	VPERMQ $0x44, Y3, Y2
	VPERMQ $0xee, Y3, Y3
	GATHER(0, AX)
	GATHER(128, BX)
	SHLQ $32, BX
	ORQ  BX, AX
	NOTQ AX
	MOVQ AX, mask+24(FP)
	VZEROUPPER
	RET
