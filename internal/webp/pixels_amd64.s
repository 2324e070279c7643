#include "textflag.h"

#define EIGHT(name, v) \
	DATA name<>+0(SB)/8, $v; DATA name<>+8(SB)/8, $v; \
	DATA name<>+16(SB)/8, $v; DATA name<>+24(SB)/8, $v; \
	GLOBL name<>(SB), RODATA|NOPTR, $32

EIGHT(lowBytes, 0x00ff00ff00ff00ff)
EIGHT(highBytes, 0xff00ff00ff00ff00)
EIGHT(lowest, 0x0101010101010101)
DATA greens<>+0(SB)/8, $0x8005800580018001 // green to red and blue
DATA greens<>+8(SB)/8, $0x800d800d80098009
DATA greens<>+16(SB)/8, $0x8005800580018001
DATA greens<>+24(SB)/8, $0x800d800d80098009
GLOBL greens<>(SB), RODATA|NOPTR, $32

// Registers of the predictors
//   DI the row, whose left pixel is X0   SI the row above: the pixel above the left one comes first
//   CX the pixels to come                X15 the lowest bit of each byte

#define BEGIN \
	MOVQ row+0(FP), DI; \
	MOVQ above+8(FP), SI; \
	MOVQ n+16(FP), CX; \
	VMOVDQU lowest<>(SB), X15; \
	VMOVD (DI), X0

// func addGreenAVX2(pix *uint32, eights int)
TEXT ·addGreenAVX2(SB), NOSPLIT, $0-16
	MOVQ pix+0(FP), DI
	MOVQ eights+8(FP), CX
	VMOVDQU greens<>(SB), Y2

green:
	VMOVDQU (DI), Y0
	VPSHUFB Y2, Y0, Y1
	VPADDB Y1, Y0, Y0
	VMOVDQU Y0, (DI)
	ADDQ $32, DI
	SUBQ $1, CX
	JNE green
	VZEROUPPER
	RET

// func crossColourAVX2(pix *uint32, eights int, ofGreen, ofRed uint32)
TEXT ·crossColourAVX2(SB), NOSPLIT, $0-24
	MOVQ pix+0(FP), DI
	MOVQ eights+8(FP), CX
	MOVL ofGreen+16(FP), AX
	VMOVD AX, X4
	VPBROADCASTD X4, Y4
	MOVL ofRed+20(FP), AX
	VMOVD AX, X5
	VPBROADCASTD X5, Y5
	VMOVDQU lowBytes<>(SB), Y6
	VMOVDQU highBytes<>(SB), Y7

cross:
	VMOVDQU (DI), Y0
	VPAND Y7, Y0, Y1
	VPSHUFLW $0xa0, Y1, Y1
	VPSHUFHW $0xa0, Y1, Y1 // green, times 256, in both words
	VPMULHW Y4, Y1, Y1
	VPAND Y6, Y1, Y1
	VPADDB Y1, Y0, Y0
	VPSLLW $8, Y0, Y1 // red, times 256, in the upper word
	VPMULHW Y5, Y1, Y1
	VPSRLD $16, Y1, Y1
	VPAND Y6, Y1, Y1
	VPADDB Y1, Y0, Y0
	VMOVDQU Y0, (DI)
	ADDQ $32, DI
	SUBQ $1, CX
	JNE cross
	VZEROUPPER
	RET

// MEAN is the means of a and b, rounded down.
#define MEAN(a, b, to, temp) \
	VPXOR a, b, temp; \
	VPAND X15, temp, temp; \
	VPAVGB a, b, to; \
	VPSUBB temp, to, to

// NEXT adds what is predicted and goes on.
#define NEXT(predicted, again) \
	VMOVD 4(DI), X7; \
	VPADDB predicted, X7, X0; \
	VMOVD X0, 4(DI); \
	ADDQ $4, DI; \
	ADDQ $4, SI; \
	SUBQ $1, CX; \
	JNE again

// func predictMean5AVX2(row, above *uint32, n int)
TEXT ·predictMean5AVX2(SB), NOSPLIT, $0-24
	BEGIN

mean5:
	VMOVD 8(SI), X1
	VMOVD 4(SI), X2
	MEAN(X0, X1, X3, X4)
	MEAN(X3, X2, X5, X6)
	NEXT(X5, mean5)
	RET

// func predictMean6AVX2(row, above *uint32, n int)
TEXT ·predictMean6AVX2(SB), NOSPLIT, $0-24
	BEGIN

mean6:
	VMOVD (SI), X1
	MEAN(X0, X1, X3, X4)
	NEXT(X3, mean6)
	RET

// func predictMean7AVX2(row, above *uint32, n int)
TEXT ·predictMean7AVX2(SB), NOSPLIT, $0-24
	BEGIN

mean7:
	VMOVD 4(SI), X1
	MEAN(X0, X1, X3, X4)
	NEXT(X3, mean7)
	RET

// func predictMean10AVX2(row, above *uint32, n int)
TEXT ·predictMean10AVX2(SB), NOSPLIT, $0-24
	BEGIN

mean10:
	VMOVD (SI), X1
	VMOVD 4(SI), X2
	VMOVD 8(SI), X3
	MEAN(X2, X3, X4, X5)
	MEAN(X0, X1, X3, X6)
	MEAN(X3, X4, X5, X6)
	NEXT(X5, mean10)
	RET

// func predictSelectAVX2(row, above *uint32, n int)
TEXT ·predictSelectAVX2(SB), NOSPLIT, $0-24
	BEGIN

select:
	VMOVD (SI), X1
	VMOVD 4(SI), X2
	VPSADBW X1, X2, X3
	VPSADBW X1, X0, X4
	VPCMPGTD X3, X4, X5
	VPBLENDVB X5, X0, X2, X6
	NEXT(X6, select)
	RET

// func predictFullAVX2(row, above *uint32, n int)
TEXT ·predictFullAVX2(SB), NOSPLIT, $0-24
	BEGIN

full:
	VMOVD (SI), X1
	VPMOVZXBW X1, X1
	VMOVD 4(SI), X2
	VPMOVZXBW X2, X2
	VPSUBW X1, X2, X2
	VPMOVZXBW X0, X3
	VPADDW X2, X3, X3
	VPACKUSWB X3, X3, X3
	NEXT(X3, full)
	RET

// func predictHalfAVX2(row, above *uint32, n int)
TEXT ·predictHalfAVX2(SB), NOSPLIT, $0-24
	BEGIN

half:
	VMOVD (SI), X1
	VPMOVZXBW X1, X1
	VMOVD 4(SI), X2
	MEAN(X0, X2, X3, X4)
	VPMOVZXBW X3, X3
	VPSUBW X1, X3, X4
	VPSRLW $15, X4, X5
	VPADDW X5, X4, X4
	VPSRAW $1, X4, X4 // half, towards zero
	VPADDW X4, X3, X3
	VPACKUSWB X3, X3, X3
	NEXT(X3, half)
	RET
