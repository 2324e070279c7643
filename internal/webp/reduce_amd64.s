#include "textflag.h"

#define WORDS(name, v) \
	DATA name<>+0(SB)/8, $v; DATA name<>+8(SB)/8, $v; \
	DATA name<>+16(SB)/8, $v; DATA name<>+24(SB)/8, $v; \
	GLOBL name<>(SB), RODATA|NOPTR, $32

WORDS(ones, 0x0101010101010101)
WORDS(two, 0x0002000200020002)
WORDS(eight, 0x0008000800080008)

// FULL converts the sixteen words of Y0 to full range and writes them as bytes.
#define FULL \
	VPSUBW Y8, Y0, Y0; \
	VPABSW Y0, Y1; \
	VPMULLW Y9, Y1, Y2; \
	VPADDW Y10, Y2, Y2; \
	VPMULHUW Y11, Y2, Y2; \
	VPSRLW $3, Y2, Y2; \
	VPADDW Y1, Y2, Y2; \
	VPSIGNW Y0, Y2, Y2; \
	VPADDW Y12, Y2, Y2; \
	VEXTRACTI128 $1, Y2, X3; \
	VPACKUSWB X3, X2, X2; \
	VMOVDQU X2, (DI); \
	ADDQ $16, DI

// ROW adds the sums of the pairs of 64 samples to Y0 and Y4.
#define ROW(at, more) \
	VMOVDQU at, Y5; \
	VMOVDQU more, Y6; \
	VPMADDUBSW Y7, Y5, Y5; \
	VPMADDUBSW Y7, Y6, Y6; \
	VPADDW Y5, Y0, Y0; \
	VPADDW Y6, Y4, Y4

// func reduceAVX2(out, pix *uint8, stride, n, shrink int, lanes *[5][16]int16)
TEXT ·reduceAVX2(SB), NOSPLIT, $0-48
	MOVQ out+0(FP), DI
	MOVQ pix+8(FP), SI
	MOVQ stride+16(FP), R8
	MOVQ n+24(FP), CX
	MOVQ shrink+32(FP), AX
	MOVQ lanes+40(FP), BX
	VMOVDQU 0(BX), Y8
	VMOVDQU 32(BX), Y9
	VMOVDQU 64(BX), Y10
	VMOVDQU 96(BX), Y11
	VMOVDQU 128(BX), Y12
	VMOVDQU ones<>(SB), Y7
	LEAQ (R8)(R8*2), R9
	CMPQ AX, $1
	JEQ half
	JGT quarter

whole:
	VPMOVZXBW (SI), Y0
	FULL
	ADDQ $16, SI
	SUBQ $1, CX
	JNE whole
	VZEROUPPER
	RET

half:
	VMOVDQU (SI), Y0
	VMOVDQU (SI)(R8*1), Y1
	VPMADDUBSW Y7, Y0, Y0
	VPMADDUBSW Y7, Y1, Y1
	VPADDW Y1, Y0, Y0
	VPADDW two<>(SB), Y0, Y0
	VPSRLW $2, Y0, Y0
	FULL
	ADDQ $32, SI
	SUBQ $1, CX
	JNE half
	VZEROUPPER
	RET

quarter:
	VPXOR Y0, Y0, Y0
	VPXOR Y4, Y4, Y4
	ROW((SI), 32(SI))
	ROW((SI)(R8*1), 32(SI)(R8*1))
	ROW((SI)(R8*2), 32(SI)(R8*2))
	ROW((SI)(R9*1), 32(SI)(R9*1))
	VPHADDW Y4, Y0, Y0
	VPERMQ $0xd8, Y0, Y0
	VPADDW eight<>(SB), Y0, Y0
	VPSRLW $4, Y0, Y0
	FULL
	ADDQ $64, SI
	SUBQ $1, CX
	JNE quarter
	VZEROUPPER
	RET
