#include "go_asm.h"
#include "textflag.h"

// PREPARE loads the arguments. From then on R8 to R11 point at the pixels of a group, BX at the weights' sum, and CX
// counts groups.
#define PREPARE \
	MOVQ f+24(FP), AX \
	MOVQ s+32(FP), BX \
	MOVQ out_base+0(FP), DI \
	MOVQ four_x(AX), R8 \
	MOVQ (four_x+24)(AX), R9 \
	MOVQ (four_x+48)(AX), R10 \
	MOVQ (four_x+72)(AX), R11 \
	MOVQ four_count(AX), CX \
	MOVQ four_step(AX), R12 \
	ADDQ R12, R12 \
	MOVQ R12, step-8(SP) \
	MOVQ sum_in(BX), R12 \
	MOVQ four_run(AX), R13 \
	SUBQ R12, R13 \
	ADDQ R13, R13 \
	MOVQ R13, skip-16(SP) \
	SHRQ $1, R12 \
	MOVQ R12, pairs-24(SP)

// BEGIN points SI at the weights and DX at the biases of the first 16 sums; R12 counts sixteens.
#define BEGIN \
	MOVQ sum_pairs(BX), SI \
	MOVQ sum_bias(BX), DX \
	MOVQ sum_out(BX), R12 \
	SHRQ $4, R12

// BIASES are where the sums begin: those of a pixel are in two registers, of the four pixels in eight.
#define BIASES \
	VMOVDQU (DX), Y0 \
	VMOVDQU 32(DX), Y1 \
	VMOVDQA Y0, Y2 \
	VMOVDQA Y1, Y3 \
	VMOVDQA Y0, Y4 \
	VMOVDQA Y1, Y5 \
	VMOVDQA Y0, Y6 \
	VMOVDQA Y1, Y7 \
	ADDQ    $64, DX \
	XORQ    R13, R13 \
	MOVQ    sum_runs(BX), AX

// ADD adds two values of a pixel, weighted, to its sums.
#define ADD(x, low, high) \
	VPBROADCASTD (x)(R13*1), Y10 \
	VPMADDWD     Y8, Y10, Y11 \
	VPMADDWD     Y9, Y10, Y12 \
	VPADDD       Y11, low, low \
	VPADDD       Y12, high, high

// ADDFOUR does so for four pixels.
#define ADDFOUR \
	VMOVDQU (SI), Y8 \
	VMOVDQU 32(SI), Y9 \
	ADDQ    $64, SI \
	ADD(R8, Y0, Y1) \
	ADD(R9, Y2, Y3) \
	ADD(R10, Y4, Y5) \
	ADD(R11, Y6, Y7) \
	ADDQ    $4, R13

// NEXT moves to the next group.
#define NEXT \
	MOVQ step-8(SP), R12 \
	ADDQ R12, R8 \
	ADDQ R12, R9 \
	ADDQ R12, R10 \
	ADDQ R12, R11

// func poolAVX2(out []int16, f *four, s *sum)
TEXT ·poolAVX2(SB), NOSPLIT, $24-40
	PREPARE
	MOVQ         sum_shift(BX), R12
	VMOVQ        R12, X13
	MOVL         $3277, R12
	VMOVD        R12, X14
	VPBROADCASTW X14, Y14

poolgroup:
	BEGIN

pool16:
	BIASES

poolrun:
	MOVQ pairs-24(SP), R15

poolpair:
	ADDFOUR
	DECQ R15
	JNZ  poolpair
	ADDQ skip-16(SP), R13
	DECQ AX
	JNZ  poolrun

	// The largest of the four, in 16 bits; of what is negative a tenth.
	VPMAXSD    Y2, Y0, Y0
	VPMAXSD    Y3, Y1, Y1
	VPMAXSD    Y6, Y4, Y4
	VPMAXSD    Y7, Y5, Y5
	VPMAXSD    Y4, Y0, Y0
	VPMAXSD    Y5, Y1, Y1
	VPSRAD     X13, Y0, Y0
	VPSRAD     X13, Y1, Y1
	VPACKSSDW  Y1, Y0, Y0
	VPERMQ     $0xD8, Y0, Y0
	VPMULHRSW  Y14, Y0, Y1
	VPMAXSW    Y1, Y0, Y0
	VMOVDQU    Y0, (DI)
	ADDQ       $32, DI
	DECQ       R12
	JNZ        pool16
	NEXT
	DECQ       CX
	JNZ        poolgroup
	VZEROUPPER
	RET

// func allAVX2(out []int32, f *four, s *sum)
TEXT ·allAVX2(SB), NOSPLIT, $32-40
	PREPARE
	MOVQ sum_out(BX), R12
	SHLQ $2, R12
	MOVQ R12, row-32(SP)

allgroup:
	BEGIN

all16:
	BIASES

allrun:
	MOVQ pairs-24(SP), R15

allpair:
	ADDFOUR
	DECQ R15
	JNZ  allpair
	ADDQ skip-16(SP), R13
	DECQ AX
	JNZ  allrun

	MOVQ    row-32(SP), R15
	VMOVDQU Y0, (DI)
	VMOVDQU Y1, 32(DI)
	LEAQ    (DI)(R15*1), R13
	VMOVDQU Y2, (R13)
	VMOVDQU Y3, 32(R13)
	ADDQ    R15, R13
	VMOVDQU Y4, (R13)
	VMOVDQU Y5, 32(R13)
	ADDQ    R15, R13
	VMOVDQU Y6, (R13)
	VMOVDQU Y7, 32(R13)
	ADDQ    $64, DI
	DECQ    R12
	JNZ     all16
	ADDQ    R15, R15
	ADDQ    row-32(SP), R15
	ADDQ    R15, DI // over the rows of the other three pixels
	NEXT
	DECQ    CX
	JNZ     allgroup
	VZEROUPPER
	RET

// TAP adds a neighbour's values, weighted.
#define TAP(from, w) \
	VPMULHRSW from, w, Y10 \
	VPADDW    Y10, Y9, Y9

// func aroundAVX2(out []int16, rows *[3][]int16, weights []int16, c, n int)
TEXT ·aroundAVX2(SB), NOSPLIT, $0-72
	MOVQ out_base+0(FP), DI
	MOVQ rows+24(FP), AX
	MOVQ 0(AX), R8
	MOVQ 24(AX), R9
	MOVQ 48(AX), R10
	MOVQ weights_base+32(FP), SI
	MOVQ c+56(FP), DX
	MOVQ DX, R12
	SHRQ $4, R12
	ADDQ DX, DX // bytes of a pixel

around16:
	// The nine weights of 16 values.
	MOVQ    SI, AX
	VMOVDQU (AX), Y0
	VMOVDQU (AX)(DX*1), Y1
	VMOVDQU (AX)(DX*2), Y2
	LEAQ    (AX)(DX*2), AX
	ADDQ    DX, AX
	VMOVDQU (AX), Y3
	VMOVDQU (AX)(DX*1), Y4
	VMOVDQU (AX)(DX*2), Y5
	LEAQ    (AX)(DX*2), AX
	ADDQ    DX, AX
	VMOVDQU (AX), Y6
	VMOVDQU (AX)(DX*1), Y7
	VMOVDQU (AX)(DX*2), Y8
	MOVQ    n+64(FP), CX
	XORQ    R13, R13 // the pixel
	MOVQ    R8, AX
	MOVQ    R9, BX
	MOVQ    R10, R11

pixel:
	VPMULHRSW (AX), Y0, Y9
	TAP((AX)(DX*1), Y1)
	TAP((AX)(DX*2), Y2)
	TAP((BX), Y3)
	TAP((BX)(DX*1), Y4)
	TAP((BX)(DX*2), Y5)
	TAP((R11), Y6)
	TAP((R11)(DX*1), Y7)
	TAP((R11)(DX*2), Y8)
	VMOVDQU   Y9, (DI)(R13*1)
	ADDQ      DX, R13
	ADDQ      DX, AX
	ADDQ      DX, BX
	ADDQ      DX, R11
	DECQ      CX
	JNZ       pixel
	ADDQ      $32, DI
	ADDQ      $32, SI
	ADDQ      $32, R8
	ADDQ      $32, R9
	ADDQ      $32, R10
	DECQ      R12
	JNZ       around16
	VZEROUPPER
	RET
