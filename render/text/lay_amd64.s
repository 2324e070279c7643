#include "textflag.h"

// Each pixel's share, byte by byte, on its four channels.
DATA spread<>+0(SB)/8, $0x0101010100000000
DATA spread<>+8(SB)/8, $0x0303030302020202
DATA spread<>+16(SB)/8, $0x0505050504040404
DATA spread<>+24(SB)/8, $0x0707070706060606
GLOBL spread<>(SB), RODATA|NOPTR, $32

// DIV255 rounds 16 words to 255ths: (x + 127) / 255, as x*0x8081 >> 23 for any x below 65,536.
// Y12 has 127, Y13 0x8081.
#define DIV255(x) \
	VPADDW   Y12, x, x \
	VPMULHUW Y13, x, x \
	VPSRLW   $7, x, x

// BLEND makes 16 channels under the ink (Y10): under*(255-a) + ink*a, in 255ths. Y11 has 255.
#define BLEND(under, a) \
	VPMULLW a, Y10, Y6         \
	VPSUBW  a, Y11, a          \
	VPMULLW a, under, under    \
	VPADDW  Y6, under, under   \
	DIV255(under)

// func layRowsAVX2(dst *uint8, stride int, cover *uint8, blocks, rows int, colour, alpha uint32)
TEXT ·layRowsAVX2(SB), NOSPLIT, $0-48
	MOVQ dst+0(FP), DI
	MOVQ stride+8(FP), R8
	MOVQ cover+16(FP), SI
	MOVQ blocks+24(FP), R9
	MOVQ rows+32(FP), R10

	// Constants: zero, the ink's channels as words, its alpha, 255, 127, 0x8081.
	VPXOR        Y15, Y15, Y15
	MOVL         colour+40(FP), AX
	VMOVD        AX, X10
	VPBROADCASTD X10, Y8
	VPUNPCKLBW   Y15, Y8, Y10
	MOVL         alpha+44(FP), AX
	VMOVD        AX, X9
	VPBROADCASTW X9, Y9

	// R11 is the cover under which eight pixels are the ink alone: full where the ink is opaque; where
	// it is not, none, which is never compared.
	XORL    R11, R11
	CMPL    AX, $255
	JNE     clear
	NOTQ    R11

clear:
	MOVL         $0x00ff00ff, AX
	VMOVD        AX, X11
	VPBROADCASTD X11, Y11
	MOVL         $0x007f007f, AX
	VMOVD        AX, X12
	VPBROADCASTD X12, Y12
	MOVL         $0x80818081, AX
	VMOVD        AX, X13
	VPBROADCASTD X13, Y13
	VMOVDQU      spread<>(SB), Y14

row:
	MOVQ DI, DX
	MOVQ R9, CX

pixels:
	// Eight pixels without cover stay as they are; those that the ink covers wholly are the ink (Y8).
	MOVQ  (SI), AX
	TESTQ AX, AX
	JZ    next
	CMPQ  AX, R11
	JEQ   ink

	// The shares: cover times alpha, then a byte for each channel.
	VPMOVZXBW    (SI), X0
	VPMULLW      Y9, Y0, Y0
	DIV255(Y0)
	VPACKUSWB    Y15, Y0, Y0
	VPBROADCASTQ X0, Y0
	VPSHUFB      Y14, Y0, Y0
	VPUNPCKLBW   Y15, Y0, Y1
	VPUNPCKHBW   Y15, Y0, Y2

	// The channels, blended and written back.
	VMOVDQU    (DX), Y3
	VPUNPCKLBW Y15, Y3, Y4
	VPUNPCKHBW Y15, Y3, Y5
	BLEND(Y4, Y1)
	BLEND(Y5, Y2)
	VPACKUSWB  Y5, Y4, Y4
	VMOVDQU    Y4, (DX)
	JMP        next

ink:
	VMOVDQU Y8, (DX)

next:
	ADDQ $8, SI
	ADDQ $32, DX
	DECQ CX
	JNZ  pixels
	ADDQ R8, DI
	DECQ R10
	JNZ  row
	VZEROUPPER
	RET
