#include "textflag.h"

// Values of 32 bits, eight to a register: registers are rows, lanes are columns.

#define FOUR(name, v) \
	DATA name<>+0(SB)/4, $v; DATA name<>+4(SB)/4, $v; DATA name<>+8(SB)/4, $v; DATA name<>+12(SB)/4, $v; \
	DATA name<>+16(SB)/4, $v; DATA name<>+20(SB)/4, $v; DATA name<>+24(SB)/4, $v; DATA name<>+28(SB)/4, $v; \
	GLOBL name<>(SB), RODATA|NOPTR, $32

FOUR(sin4, 2896)
FOUR(sin2, 1567)
FOUR(less2, 2217)
FOUR(more2, 5352)
FOUR(half16, 8)

// COLUMNS loads the block at SI turned by its diagonal: Y0 to Y7 are its columns. Rows i and i+4
// share a register, so that four values of one column are brought together within a lane.
#define COLUMNS(at, c0, c1, c2, c3) \
	VMOVDQU at+0(SI), X8; VINSERTI128 $1, at+128(SI), Y8, Y8; \
	VMOVDQU at+32(SI), X9; VINSERTI128 $1, at+160(SI), Y9, Y9; \
	VMOVDQU at+64(SI), X10; VINSERTI128 $1, at+192(SI), Y10, Y10; \
	VMOVDQU at+96(SI), X11; VINSERTI128 $1, at+224(SI), Y11, Y11; \
	VPUNPCKLDQ Y9, Y8, Y12; VPUNPCKHDQ Y9, Y8, Y13; \
	VPUNPCKLDQ Y11, Y10, Y14; VPUNPCKHDQ Y11, Y10, Y15; \
	VPUNPCKLQDQ Y14, Y12, c0; VPUNPCKHQDQ Y14, Y12, c1; \
	VPUNPCKLQDQ Y15, Y13, c2; VPUNPCKHQDQ Y15, Y13, c3

// FORWARD is forward on Y0 to Y7, lane by lane; MUL multiplies 32 bits. Line by line: sums and
// differences; the even frequencies, by way of a, d (12), b, c and half (13); e (11), f (10), g (9)
// and both (12); low, high and f; the odd frequencies, by way of p (13) and q (14).
#define FORWARD(MUL) \
	VPSUBD Y7, Y0, Y8; VPADDD Y7, Y0, Y0; \
	VPSUBD Y6, Y1, Y9; VPADDD Y6, Y1, Y1; \
	VPSUBD Y5, Y2, Y10; VPADDD Y5, Y2, Y2; \
	VPSUBD Y4, Y3, Y11; VPADDD Y4, Y3, Y3; \
	VPSUBD Y3, Y0, Y12; VPADDD Y3, Y0, Y0; \
	VPSUBD Y2, Y1, Y13; VPADDD Y2, Y1, Y1; \
	VPADDD Y12, Y13, Y13; MUL sin4<>(SB), Y13, Y13; VPSRAD $12, Y13, Y13; \
	VPSUBD Y1, Y0, Y4; VPADDD Y1, Y0, Y0; \
	VPADDD Y13, Y12, Y2; VPSUBD Y13, Y12, Y6; \
	VPADDD Y10, Y11, Y11; VPADDD Y9, Y10, Y10; VPADDD Y8, Y9, Y9; \
	VPSUBD Y9, Y11, Y12; MUL sin2<>(SB), Y12, Y12; \
	MUL less2<>(SB), Y11, Y11; VPADDD Y12, Y11, Y11; VPSRAD $12, Y11, Y11; \
	MUL more2<>(SB), Y9, Y9; VPADDD Y12, Y9, Y9; VPSRAD $12, Y9, Y9; \
	MUL sin4<>(SB), Y10, Y10; VPSRAD $12, Y10, Y10; \
	VPADDD Y10, Y8, Y13; VPSUBD Y10, Y8, Y14; \
	VPADDD Y9, Y13, Y1; VPSUBD Y9, Y13, Y7; \
	VPSUBD Y11, Y14, Y3; VPADDD Y11, Y14, Y5

// STORE rounds two rows from 16ths to 16 bits each and keeps them.
#define STORE(a, b, at) \
	VPADDD Y15, a, a; VPADDD Y15, b, b; \
	VPSRAD $4, a, a; VPSRAD $4, b, b; \
	VPACKSSDW b, a, a; VPERMQ $0xd8, a, a; \
	VMOVDQU a, at(DI)

// func transformAVX2(s *samples, out *mcu)
TEXT ·transformAVX2(SB), NOSPLIT, $0-16
	MOVQ s+0(FP), SI
	MOVQ out+8(FP), DI
	MOVQ $6, CX

block:
	// The rows: a lane is a row. Their values fit 16 bits, and so the quicker multiplication.
	COLUMNS(0, Y0, Y1, Y2, Y3)
	COLUMNS(16, Y4, Y5, Y6, Y7)
	FORWARD(VPMADDWD)
	VMOVDQU Y0, 0(SI)
	VMOVDQU Y1, 32(SI)
	VMOVDQU Y2, 64(SI)
	VMOVDQU Y3, 96(SI)
	VMOVDQU Y4, 128(SI)
	VMOVDQU Y5, 160(SI)
	VMOVDQU Y6, 192(SI)
	VMOVDQU Y7, 224(SI)

	// The columns: a lane is a column.
	COLUMNS(0, Y0, Y1, Y2, Y3)
	COLUMNS(16, Y4, Y5, Y6, Y7)
	FORWARD(VPMULLD)
	VMOVDQU half16<>(SB), Y15
	STORE(Y0, Y1, 0)
	STORE(Y2, Y3, 32)
	STORE(Y4, Y5, 64)
	STORE(Y6, Y7, 96)

	ADDQ $256, SI
	ADDQ $128, DI
	DECQ CX
	JNZ  block
	VZEROUPPER
	RET
