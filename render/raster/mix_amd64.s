#include "textflag.h"

// PAIR packs two weights at DX into the words of a double word and fills a register with it.
#define PAIR(at, x, y) \
	MOVWLZX      at(DX), AX \
	MOVL         at+4(DX), BX \
	SHLL         $16, BX \
	ORL          BX, AX \
	VMOVD        AX, x \
	VPBROADCASTD x, y

// WEIGHED multiplies eight samples of two rows by their pair of weights: eight sums.
#define WEIGHED(a, b, weights, x, y) \
	VMOVQ      a, x \
	VMOVQ      b, X15 \
	VPUNPCKLBW X15, x, x \
	VPMOVZXBW  x, y \
	VPMADDWD   weights, y, y

// func mixRowsAVX2(sums []int32, rows *[quad][]uint8, w *[quad]int32, keep int32, shift uint)
TEXT ·mixRowsAVX2(SB), NOSPLIT, $0-56
	MOVQ sums_base+0(FP), DI
	MOVQ sums_len+8(FP), CX
	MOVQ rows+24(FP), SI
	MOVQ w+32(FP), DX

	// Y8, Y9: the weights; Y10: what of the sums is kept; X11: the shift.
	PAIR(0, X8, Y8)
	PAIR(8, X9, Y9)
	MOVL         keep+40(FP), AX
	VMOVD        AX, X10
	VPBROADCASTD X10, Y10
	MOVQ         shift+48(FP), AX
	VMOVQ        AX, X11

	// The four rows, 24 bytes from slice to slice.
	MOVQ 0(SI), R8
	MOVQ 24(SI), R9
	MOVQ 48(SI), R10
	MOVQ 72(SI), R11

	// Two rows do where the others weigh nothing and nothing is kept.
	XORQ  BX, BX
	MOVQ  8(DX), R12
	MOVL  keep+40(FP), AX
	ORQ   AX, R12
	JZ    two

four:
	WEIGHED((R8)(BX*1), (R9)(BX*1), Y8, X0, Y0)
	WEIGHED(8(R8)(BX*1), 8(R9)(BX*1), Y8, X1, Y1)
	WEIGHED((R10)(BX*1), (R11)(BX*1), Y9, X2, Y2)
	WEIGHED(8(R10)(BX*1), 8(R11)(BX*1), Y9, X3, Y3)
	VPAND   (DI), Y10, Y4
	VPAND   32(DI), Y10, Y5
	VPADDD  Y2, Y0, Y0
	VPADDD  Y3, Y1, Y1
	VPADDD  Y4, Y0, Y0
	VPADDD  Y5, Y1, Y1
	VPSRAD  X11, Y0, Y0
	VPSRAD  X11, Y1, Y1
	VMOVDQU Y0, (DI)
	VMOVDQU Y1, 32(DI)
	ADDQ    $64, DI
	ADDQ    $16, BX
	CMPQ    BX, CX
	JLT     four
	VZEROUPPER
	RET

two:
	WEIGHED((R8)(BX*1), (R9)(BX*1), Y8, X0, Y0)
	WEIGHED(8(R8)(BX*1), 8(R9)(BX*1), Y8, X1, Y1)
	VPSRAD  X11, Y0, Y0
	VPSRAD  X11, Y1, Y1
	VMOVDQU Y0, (DI)
	VMOVDQU Y1, 32(DI)
	ADDQ    $64, DI
	ADDQ    $16, BX
	CMPQ    BX, CX
	JLT     two
	VZEROUPPER
	RET

// HALF fills Y14 with the half that rounds a sum of 22 bits.
#define HALF \
	MOVL         $0x200000, AX \
	VMOVD        AX, X14 \
	VPBROADCASTD X14, Y14

// QUADS multiplies the four sums from each of two places on by their weights.
#define QUADS(n, x, y) \
	MOVL        (8*n)(R8), AX \
	MOVL        (8*n+4)(R8), BX \
	VMOVDQU     (SI)(AX*4), x \
	VINSERTI128 $1, (SI)(BX*4), y, y \
	VPMULLD     (32*n)(R9), y, y

// The order in which mixColumnsAVX2 finds its results.
DATA natural<>+0(SB)/8, $0x0703060205010400
GLOBL natural<>(SB), RODATA|NOPTR, $8

// func mixColumnsAVX2(out []uint8, sums, from, weights []int32)
TEXT ·mixColumnsAVX2(SB), NOSPLIT, $0-96
	MOVQ  out_base+0(FP), DI
	MOVQ  out_len+8(FP), CX
	MOVQ  sums_base+24(FP), SI
	MOVQ  from_base+48(FP), R8
	MOVQ  weights_base+72(FP), R9
	VMOVQ natural<>(SB), X13
	HALF

columns:
	// Eight results, two in a register.
	QUADS(0, X0, Y0)
	QUADS(1, X1, Y1)
	QUADS(2, X2, Y2)
	QUADS(3, X3, Y3)

	// The sums of quads: results 0, 2, 4, 6 in the lower half, 1, 3, 5, 7 in the upper.
	VPHADDD Y1, Y0, Y0
	VPHADDD Y3, Y2, Y2
	VPHADDD Y2, Y0, Y0
	VPADDD  Y14, Y0, Y0
	VPSRAD  $22, Y0, Y0

	// Saturated to bytes, in their order.
	VEXTRACTI128 $1, Y0, X1
	VPACKSSDW    X1, X0, X0
	VPACKUSWB    X0, X0, X0
	VPSHUFB      X13, X0, X0
	VMOVQ        X0, (DI)
	ADDQ         $8, DI
	ADDQ         $32, R8
	ADDQ         $128, R9
	SUBQ         $8, CX
	JNZ          columns
	VZEROUPPER
	RET

// Which weight goes to which channel: of the first two pixels, and of the other two.
DATA spread01<>+0(SB)/8, $0
DATA spread01<>+8(SB)/8, $0
DATA spread01<>+16(SB)/8, $0x0000000100000001
DATA spread01<>+24(SB)/8, $0x0000000100000001
GLOBL spread01<>(SB), RODATA|NOPTR, $32
DATA spread23<>+0(SB)/8, $0x0000000200000002
DATA spread23<>+8(SB)/8, $0x0000000200000002
DATA spread23<>+16(SB)/8, $0x0000000300000003
DATA spread23<>+24(SB)/8, $0x0000000300000003
GLOBL spread23<>(SB), RODATA|NOPTR, $32

// PIXEL makes the four channels of a pixel, in whole numbers.
#define PIXEL(n, x) \
	MOVL           (4*n)(R8), AX \
	SHLQ           $4, AX \
	VBROADCASTI128 (16*n)(R9), Y4 \
	VPERMD         Y4, Y12, Y5 \
	VPERMD         Y4, Y13, Y6 \
	VPMULLD        (SI)(AX*1), Y5, Y5 \
	VPMULLD        32(SI)(AX*1), Y6, Y6 \
	VPADDD         Y6, Y5, Y5 \
	VEXTRACTI128   $1, Y5, x \
	VPADDD         X5, x, x \
	VPADDD         X14, x, x \
	VPSRAD         $22, x, x

// func mixPixelsAVX2(out []uint8, sums, from, weights []int32)
TEXT ·mixPixelsAVX2(SB), NOSPLIT, $0-96
	MOVQ    out_base+0(FP), DI
	MOVQ    out_len+8(FP), CX
	MOVQ    sums_base+24(FP), SI
	MOVQ    from_base+48(FP), R8
	MOVQ    weights_base+72(FP), R9
	VMOVDQU spread01<>(SB), Y12
	VMOVDQU spread23<>(SB), Y13
	HALF

pixels:
	PIXEL(0, X0)
	PIXEL(1, X1)
	VPACKSSDW X1, X0, X0
	VPACKUSWB X0, X0, X0
	VMOVQ     X0, (DI)
	ADDQ      $8, DI
	ADDQ      $8, R8
	ADDQ      $32, R9
	SUBQ      $8, CX
	JNZ       pixels
	VZEROUPPER
	RET
