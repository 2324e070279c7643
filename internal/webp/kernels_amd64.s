#include "textflag.h"

#define SIXTEEN(name, v) \
	DATA name<>+0(SB)/8, $v; DATA name<>+8(SB)/8, $v; GLOBL name<>(SB), RODATA|NOPTR, $16

SIXTEEN(cosine, 0x4e7b4e7b4e7b4e7b) // 20091: √2 cos(π/8) - 1, times 2^16
SIXTEEN(sine, 0x8a8c8a8c8a8c8a8c)   // -30068: √2 sin(π/8) - 1, times 2^16
DATA rounding<>+0(SB)/8, $0x0004000400040004 // of row 0
DATA rounding<>+8(SB)/8, $0
GLOBL rounding<>(SB), RODATA|NOPTR, $16

// PASS transforms four columns: X0 has rows 0 and 1, X1 rows 2 and 3, and then columns 0 and 1, and 2 and 3.
#define PASS(bias) \
	VPUNPCKLQDQ X1, X0, X2; \
	VPUNPCKHQDQ X1, X0, X3; \
	bias; \
	VPSHUFD $0x4e, X2, X4; \
	VPADDW X4, X2, X5; \
	VPSUBW X4, X2, X6; \
	VPUNPCKLQDQ X6, X5, X2; \
	VPMULHW cosine<>(SB), X3, X4; \
	VPADDW X3, X4, X4; \
	VPMULHW sine<>(SB), X3, X5; \
	VPADDW X3, X5, X5; \
	VPSHUFD $0x4e, X4, X6; \
	VPSHUFD $0x4e, X5, X7; \
	VPADDW X7, X4, X4; \
	VPSUBW X6, X5, X5; \
	VPUNPCKLQDQ X5, X4, X3; \
	VPADDW X3, X2, X4; \
	VPSUBW X3, X2, X5; \
	VPSHUFD $0x4e, X5, X5; \
	VPUNPCKLWD X5, X4, X2; \
	VPUNPCKHWD X5, X4, X3; \
	VPUNPCKLWD X3, X2, X0; \
	VPUNPCKHWD X3, X2, X1

#define NOTHING
#define ROUND VPADDW rounding<>(SB), X2, X2

// func addInverseAVX2(plane *uint8, stride int, c *[16]int16)
TEXT ·addInverseAVX2(SB), NOSPLIT, $0-24
	MOVQ plane+0(FP), DI
	MOVQ stride+8(FP), R8
	MOVQ c+16(FP), SI
	LEAQ (R8)(R8*2), R9
	VMOVDQU (SI), X0
	VMOVDQU 16(SI), X1
	PASS(NOTHING)
	PASS(ROUND)
	VPSRAW $3, X0, X0
	VPSRAW $3, X1, X1
	VMOVD (DI), X2
	VPINSRD $1, (DI)(R8*1), X2, X2
	VMOVD (DI)(R8*2), X3
	VPINSRD $1, (DI)(R9*1), X3, X3
	VPMOVZXBW X2, X2
	VPMOVZXBW X3, X3
	VPADDW X2, X0, X0
	VPADDW X3, X1, X1
	VPACKUSWB X1, X0, X0
	VMOVD X0, (DI)
	VPEXTRD $1, X0, (DI)(R8*1)
	VPEXTRD $2, X0, (DI)(R8*2)
	VPEXTRD $3, X0, (DI)(R9*1)
	RET

// func motionAVX2(plane *uint8, stride, size int, above *uint8, corner uint8)
TEXT ·motionAVX2(SB), NOSPLIT, $0-33
	MOVQ plane+0(FP), DI
	MOVQ stride+8(FP), R8
	MOVQ size+16(FP), CX
	MOVQ above+24(FP), SI
	MOVBLZX corner+32(FP), AX
	VMOVD AX, X1
	VPBROADCASTW X1, Y1
	CMPQ CX, $8
	JEQ eight
	VPMOVZXBW (SI), Y0
	VPSUBW Y1, Y0, Y0

sixteen:
	MOVBLZX -1(DI), AX
	VMOVD AX, X1
	VPBROADCASTW X1, Y1
	VPADDW Y0, Y1, Y1
	VEXTRACTI128 $1, Y1, X2
	VPACKUSWB X2, X1, X1
	VMOVDQU X1, (DI)
	ADDQ R8, DI
	SUBQ $1, CX
	JNE sixteen
	VZEROUPPER
	RET

eight:
	VPMOVZXBW (SI), X0
	VPSUBW X1, X0, X0

row:
	MOVBLZX -1(DI), AX
	VMOVD AX, X1
	VPBROADCASTW X1, X1
	VPADDW X0, X1, X1
	VPACKUSWB X1, X1, X1
	VMOVQ X1, (DI)
	ADDQ R8, DI
	SUBQ $1, CX
	JNE row
	VZEROUPPER
	RET
