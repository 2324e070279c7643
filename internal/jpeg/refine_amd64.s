#include "go_asm.h"
#include "textflag.h"
#include "bits_amd64.h"

// Registers
//   SI the table            R9 what is known of the block, and DI its change
//   R8 the next bits, from the top, R10 how many there are, and R11 the next byte of the window
//   R12 the coefficients that are 0 and come next, R13 those that are not
//   R14 the string of their bits, R15 the fresh ones, BX the negative ones
//   AX, CX, DX whatever comes

// FIXES appends as many bits to the string as CX says, at most 32.
#define FIXES \
	NEXT; \
	SHLXQ CX, R14, R14; \
	ORQ AX, R14

// MANY is FIXES of more than 32 bits.
#define MANY \
	LEAL -32(CX), DX; \
	MOVL $32, CX; \
	FIXES; \
	LOAD; \
	MOVL DX, CX; \
	FIXES

// SWAP swaps groups of n bits in R14 with their neighbours; mask has every second group.
#define SWAP(n, mask) \
	MOVQ R14, AX; \
	SHRQ $n, AX; \
	ANDQ mask<>(SB), AX; \
	ANDQ mask<>(SB), R14; \
	SHLQ $n, R14; \
	ORQ AX, R14

DATA fours<>+0(SB)/8, $0x0f0f0f0f0f0f0f0f
GLOBL fours<>(SB), RODATA|NOPTR, $8
DATA twos<>+0(SB)/8, $0x3333333333333333
GLOBL twos<>(SB), RODATA|NOPTR, $8
DATA ones<>+0(SB)/8, $0x5555555555555555
GLOBL ones<>(SB), RODATA|NOPTR, $8

// func refineAVX2(s *bandScan, start, end int) (done int, ok bool)
TEXT ·refineAVX2(SB), NOSPLIT, $32-33
	MOVQ s+0(FP), DX
	MOVQ bandScan_reader(DX), AX
	MOVQ reader_acc(AX), R8
	MOVQ reader_n(AX), R10
	LEAQ reader_window(AX), CX
	MOVQ reader_pos(AX), R11
	ADDQ CX, R11
	ADDQ reader_refill(AX), CX
	MOVQ CX, limit-8(SP)
	MOVQ bandScan_table(DX), SI
	MOVQ bandScan_changes(DX), DI
	MOVQ bandScan_coefs(DX), AX
	MOVQ coefs_known(AX), AX
	MOVQ start+8(FP), CX
	LEAQ (AX)(CX*8), R9
	MOVQ end+16(FP), CX
	LEAQ (AX)(CX*8), CX
	MOVQ CX, stop-16(SP)
	MOVQ bandScan_all(DX), CX
	MOVQ CX, all-24(SP)
	MOVQ bandScan_run(DX), CX
	MOVQ CX, run-32(SP)

block:
	MOVQ all-24(SP), R12
	MOVQ (R9), R13
	ANDQ R12, R13
	XORQ R13, R12
	XORL R14, R14
	XORL R15, R15
	XORL BX, BX
	CMPQ run-32(SP), $0
	JNE ending

next:
	LOAD
	MOVQ R8, CX
	SHRQ $(64-const_fastBits), CX
	MOVL huffman_fast(SI)(CX*4), AX
	TESTL AX, AX
	JMI special

	// The code, then a sign: DX is -1 for a positive coefficient. Its place is that of the zero that comes
	// after so many others.
symbol:
	MOVL AX, CX
	SHRL $24, CX
	SHLXQ CX, R8, R8
	ADDQ R8, R8
	SBBQ DX, DX
	MOVBLZX AH, CX
	MOVBLZX AL, AX
	SUBQ AX, R10
	MOVL $1, AX
	SHLXQ CX, AX, CX
	PDEPQ R12, CX, CX
	TESTQ CX, CX
	JEQ bad
	ORQ CX, R15
	ANDNQ CX, DX, DX
	ORQ DX, BX

	// Up to that place, all that are not 0 have a bit.
passed:
	BLSMSKQ CX, CX
	MOVQ R13, DX
	ANDQ CX, DX
	ANDNQ R12, CX, R12
	ANDNQ R13, CX, R13
	POPCNTQ DX, CX
	CMPL CX, $32
	JHI many
	FIXES
more:
	MOVQ R12, AX
	ORQ R13, AX
	JNE next

	// The string's bits come to their places. The first of them is that of the lowest place.
store:
	MOVQ all-24(SP), DX
	ANDQ (R9), DX
	TESTQ R14, R14
	JEQ stored
	POPCNTQ DX, CX
	NEGQ CX
	SHLXQ CX, R14, R14
	BSWAPQ R14
	SWAP(4, fours)
	SWAP(2, twos)
	SWAP(1, ones)
	PDEPQ DX, R14, R14
stored:
	MOVQ R14, change_fixes(DI)
	MOVQ R15, change_fresh(DI)
	MOVQ BX, change_negative(DI)
	ORQ R15, (R9)
	ADDQ $change__size, DI
	ADDQ $8, R9
	CMPQ R9, stop-16(SP)
	JEQ good
	CMPQ R11, limit-8(SP)
	JLS block
	JMP good

many:
	MANY
	JMP more

	// A code that is not in the table, or sets no coefficient.
special:
	CMPB AX, $0
	JNE whole
	LONGER
whole:
	MOVBLZX AH, CX
	CMPL CX, $const_blockEnd
	JAE run
	MOVL AX, DX
	SHRL $16, DX
	ANDL $63, DX
	CMPL DX, $63
	JNE symbol
	MOVBLZX AL, AX
	DROP(AX)
	MOVL $(1<<15), CX
	PDEPQ R12, CX, CX
	TESTQ CX, CX
	JNE passed
	JMP bad

	// Blocks without fresh coefficients: 2^r and as many as the next r bits say. The rest of this one is the
	// first of them.
run:
	MOVBLZX AL, DX
	DROP(DX)
	SUBL $const_blockEnd, CX
	NEXT
	BTSQ CX, AX
	MOVQ AX, run-32(SP)
ending:
	DECQ run-32(SP)
	TESTQ R13, R13
	JEQ store
	LOAD
	POPCNTQ R13, CX
	CMPL CX, $32
	JHI manyLast
	FIXES
	JMP store
manyLast:
	MANY
	JMP store

good:
	MOVB $1, ok+32(FP)
	JMP leave
bad:
	MOVB $0, ok+32(FP)
leave:
	MOVQ s+0(FP), DX
	MOVQ run-32(SP), CX
	KEEP
	MOVQ R9, done+24(FP)
	RET
