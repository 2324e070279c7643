#include "textflag.h"

// func upAVX2(out, row, above *byte, n int)
TEXT ·upAVX2(SB), NOSPLIT, $0-32
	MOVQ out+0(FP), DI
	MOVQ row+8(FP), SI
	MOVQ above+16(FP), DX
	MOVQ n+24(FP), CX

up:
	VMOVDQU (SI), Y0
	VPADDB  (DX), Y0, Y0
	VMOVDQU Y0, (DI)
	ADDQ    $32, SI
	ADDQ    $32, DX
	ADDQ    $32, DI
	SUBQ    $32, CX
	JNZ     up
	VZEROUPPER
	RET

// func subAVX2(out, row *byte, pixels, step int)
TEXT ·subAVX2(SB), NOSPLIT, $0-32
	MOVQ  out+0(FP), DI
	MOVQ  row+8(FP), SI
	MOVQ  pixels+16(FP), CX
	MOVQ  step+24(FP), R8
	VPXOR X0, X0, X0       // the pixel to the left

sub:
	VMOVQ  (SI), X1
	VPADDB X1, X0, X0
	VMOVQ  X0, (DI)
	ADDQ   R8, SI
	ADDQ   R8, DI
	DECQ   CX
	JNZ    sub
	RET

// func averageAVX2(out, row, above *byte, pixels, step int)
TEXT ·averageAVX2(SB), NOSPLIT, $0-40
	MOVQ    out+0(FP), DI
	MOVQ    row+8(FP), SI
	MOVQ    above+16(FP), DX
	MOVQ    pixels+24(FP), CX
	MOVQ    step+32(FP), R8
	VPCMPEQB X5, X5, X5
	VMOVDQA X5, X0         // the complement of the pixel to the left

average:
	// The instruction rounds up. Of complements, that is the complement of the mean rounded down, and to subtract the
	// row from it is the complement of the sum.
	VMOVQ  (DX), X2
	VPXOR  X2, X5, X2
	VPAVGB X2, X0, X0
	VMOVQ  (SI), X1
	VPSUBB X1, X0, X0
	VPXOR  X5, X0, X3
	VMOVQ  X3, (DI)
	ADDQ   R8, SI
	ADDQ   R8, DX
	ADDQ   R8, DI
	DECQ   CX
	JNZ    average
	RET

// PREDICT sets X0, the pixels to the left, to the predictors of them, the pixels over them in X1 and those in the
// corners in X2, all in words. X3 to X6 are lost.
#define PREDICT \
	VPSUBW    X2, X1, X3 \ // over - corner
	VPSUBW    X2, X0, X4 \ // left - corner
	VPADDW    X3, X4, X5 \
	VPABSW    X3, X3     \ // how far the estimate is from left
	VPABSW    X4, X4     \ // from over
	VPABSW    X5, X5     \ // from the corner
	VPMINSW   X3, X4, X6 \
	VPMINSW   X5, X6, X6 \
	VPCMPEQW  X6, X3, X3 \
	VPCMPEQW  X6, X4, X4 \
	VPBLENDVB X4, X1, X2, X2 \
	VPBLENDVB X3, X0, X2, X0

// func paethAVX2(out, row, above *byte, pixels, step int)
TEXT ·paethAVX2(SB), NOSPLIT, $0-40
	MOVQ  out+0(FP), DI
	MOVQ  row+8(FP), SI
	MOVQ  above+16(FP), DX
	MOVQ  pixels+24(FP), CX
	MOVQ  step+32(FP), R8
	VPXOR X0, X0, X0
	VPXOR X7, X7, X7       // the corner

paeth:
	VPMOVZXBW (SI), X8
	VPMOVZXBW (DX), X1
	VMOVDQA   X7, X2
	VMOVDQA   X1, X7
	PREDICT
	VPADDB    X8, X0, X0
	VPACKUSWB X0, X0, X3
	VMOVQ     X3, (DI)
	ADDQ      R8, SI
	ADDQ      R8, DX
	ADDQ      R8, DI
	DECQ      CX
	JNZ       paeth
	RET

// func paethsAVX2(out, below, row, rowBelow, above *byte, pixels, step int)
TEXT ·paethsAVX2(SB), NOSPLIT, $0-56
	MOVQ out+0(FP), DI
	MOVQ below+8(FP), R9
	MOVQ row+16(FP), SI
	MOVQ rowBelow+24(FP), R10
	MOVQ above+32(FP), DX
	MOVQ pixels+40(FP), CX
	MOVQ step+48(FP), R8

	// The upper row is in the lower half of the registers and one pixel ahead of the lower row: the first pixel of the
	// upper row is decoded alone. What is over the lower row's pixel is what was just decoded.
	VPXOR     X0, X0, X0
	VPXOR     X2, X2, X2
	VMOVD     (SI), X8
	VPMOVZXBW X8, X8
	VMOVD     (DX), X1
	VPMOVZXBW X1, X1
	VMOVDQA   X1, X7
	PREDICT
	VPADDB    X8, X0, X0
	VPACKUSWB X0, X0, X3
	VMOVD     X3, (DI)
	ADDQ      R8, SI
	ADDQ      R8, DX
	ADDQ      R8, DI
	DECQ      CX
	JZ        last

both:
	VMOVD       (SI), X8
	VPINSRD     $1, (R10), X8, X8
	VPMOVZXBW   X8, X8
	VMOVD       (DX), X1
	VPMOVZXBW   X1, X1
	VMOVDQA     X7, X2
	VPUNPCKLQDQ X0, X1, X1
	VMOVDQA     X1, X7
	PREDICT
	VPADDB      X8, X0, X0
	VPACKUSWB   X0, X0, X3
	VMOVD       X3, (DI)
	VPEXTRD     $1, X3, (R9)
	ADDQ        R8, SI
	ADDQ        R8, R10
	ADDQ        R8, DX
	ADDQ        R8, DI
	ADDQ        R8, R9
	DECQ        CX
	JNZ         both

last:
	// The last pixel of the lower row.
	VMOVD       (R10), X8
	VPMOVZXBW   X8, X8
	VMOVDQA     X7, X2
	VPSRLDQ     $8, X2, X2 // its corner
	VMOVDQA     X0, X1
	VPSRLDQ     $8, X0, X0
	PREDICT
	VPADDB      X8, X0, X0
	VPACKUSWB   X0, X0, X3
	VMOVD       X3, (R9)
	RET
