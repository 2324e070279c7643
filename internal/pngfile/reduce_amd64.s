#include "textflag.h"

DATA rgba<>+0(SB)/8, $0x8005040380020100
DATA rgba<>+8(SB)/8, $0x800b0a0980080706
GLOBL rgba<>(SB), RODATA|NOPTR, $16

DATA alpha<>+0(SB)/8, $0xff000000ff000000
DATA alpha<>+8(SB)/8, $0xff000000ff000000
GLOBL alpha<>(SB), RODATA|NOPTR, $16

// func storeAVX2(out, row *byte, n int)
TEXT ·storeAVX2(SB), NOSPLIT, $0-24
	MOVQ    out+0(FP), DI
	MOVQ    row+8(FP), SI
	MOVQ    n+16(FP), CX
	VMOVDQU rgba<>(SB), X1
	VMOVDQU alpha<>(SB), X2

store:
	VMOVDQU (SI), X0
	VPSHUFB X1, X0, X0
	VPOR    X2, X0, X0
	VMOVDQU X0, (DI)
	ADDQ    $12, SI
	ADDQ    $16, DI
	SUBQ    $4, CX
	JNZ     store
	RET

// func addAVX2(sums *uint16, row *byte, n int)
TEXT ·addAVX2(SB), NOSPLIT, $0-24
	MOVQ sums+0(FP), DI
	MOVQ row+8(FP), SI
	MOVQ n+16(FP), CX

add:
	VPMOVZXBW (SI), Y0
	VPMOVZXBW 16(SI), Y1
	VPADDW    (DI), Y0, Y0
	VPADDW    32(DI), Y1, Y1
	VMOVDQU   Y0, (DI)
	VMOVDQU   Y1, 32(DI)
	ADDQ      $32, SI
	ADDQ      $64, DI
	SUBQ      $32, CX
	JNZ       add
	VZEROUPPER
	RET

// HALF sets X6 to half of what X5 shifts by: 1<<(shift-1) in each word. X7 is lost.
#define HALF \
	VPCMPEQW X6, X6, X6 \
	VPSRLW   $15, X6, X6 \
	VPSLLW   X5, X6, X6 \
	VPSRLW   $1, X6, X6

// func averageRGBAVX2(out *byte, sums *uint16, n, shift int)
TEXT ·averageRGBAVX2(SB), NOSPLIT, $0-32
	MOVQ    out+0(FP), DI
	MOVQ    sums+8(FP), SI
	MOVQ    n+16(FP), CX
	VMOVQ   shift+24(FP), X5
	VMOVDQU alpha<>(SB), X4
	HALF

colours:
	VMOVDQU     (SI), X0
	VMOVDQU     12(SI), X1
	VPSRLDQ     $6, X0, X2
	VPSRLDQ     $6, X1, X3
	VPADDW      X2, X0, X0
	VPADDW      X3, X1, X1
	VPUNPCKLQDQ X1, X0, X0
	VPADDW      X6, X0, X0
	VPSRLW      X5, X0, X0
	VPACKUSWB   X0, X0, X0
	VPOR        X4, X0, X0
	VMOVQ       X0, (DI)
	ADDQ        $24, SI
	ADDQ        $8, DI
	SUBQ        $2, CX
	JNZ         colours
	RET

// func averageRGBAAVX2(out *byte, sums *uint16, n, shift int)
TEXT ·averageRGBAAVX2(SB), NOSPLIT, $0-32
	MOVQ    out+0(FP), DI
	MOVQ    sums+8(FP), SI
	MOVQ    n+16(FP), CX
	VMOVQ   shift+24(FP), X5
	VMOVDQU alpha<>(SB), X4
	HALF

pixels:
	VMOVDQU     (SI), X0
	VMOVDQU     16(SI), X1
	VPUNPCKLQDQ X1, X0, X2
	VPUNPCKHQDQ X1, X0, X3
	VPADDW      X3, X2, X0
	VPADDW      X6, X0, X0
	VPSRLW      X5, X0, X0
	VPACKUSWB   X0, X0, X0
	VPOR        X4, X0, X0
	VMOVQ       X0, (DI)
	ADDQ        $32, SI
	ADDQ        $8, DI
	SUBQ        $2, CX
	JNZ         pixels
	RET
