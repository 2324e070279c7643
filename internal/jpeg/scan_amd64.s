#include "go_asm.h"
#include "textflag.h"
#include "bits_amd64.h"

// Registers
//   DX the scanner         R9 the block of the MCU      SI its table
//   DI its coefficients    R12 where they are kept      R13 when no more are (see BX)
//   R8 the next bits, from the top                      R10 how many there are, but for those
//   BX in BL the bits that were used since, in BH the coefficients that were read
//   R11 the next byte of the window
//   AX, CX, R14, R15 whatever comes

// SETTLE takes up bytes, once it is known how many bits are there.
#define SETTLE \
	MOVBLZX BX, CX; \
	SUBQ CX, R10; \
	SUBQ CX, BX; \
	LOAD

// FAST looks for the entry of the next symbol: AX comes to it.
#define FAST \
	MOVQ R8, CX; \
	SHRQ $(64-const_fastBits), CX; \
	LEAQ huffman_fast(SI)(CX*4), AX

// LONG looks for the entry of a longer code, or goes to bad where there is none.
#define LONG \
	MOVQ R8, CX; \
	SHRQ $48, CX; \
	SUBQ huffman_start(SI), CX; \
	CMPQ CX, (huffman_long+8)(SI); \
	JAE bad; \
	MOVQ huffman_long(SI), AX; \
	LEAQ (AX)(CX*4), AX; \
	CMPB (AX), $0; \
	JEQ bad

// TAKE goes on by the symbol whose length and coefficients are in CX.
#define TAKE \
	ADDQ CX, BX; \
	SHLXQ CX, R8, R8

// VALUE takes the symbol whose entry has come, byte by byte, to CX, R15 and AX, and its value to
// R14: magnitude bits that begin with 0 are turned over, as is what they give.
#define VALUE \
	SHLXQ AX, R8, R14; \
	TAKE; \
	MOVQ R14, AX; \
	SARQ $63, AX; \
	NOTQ AX; \
	XORQ AX, R14; \
	SHRQ $1, R14; \
	SHRXQ R15, R14, R14; \
	XORL AX, R14; \
	SUBL AX, R14

// ENTRY reads the entry at AX for VALUE.
#define ENTRY \
	MOVWLZX (AX), CX; \
	MOVBLZX 2(AX), R15; \
	MOVBLZX 3(AX), AX

// STORE puts the value where it is kept.
#define STORE \
	MOVBLZX BH, CX; \
	MOVBLZX places_at(R12)(CX*1), CX; \
	MOVL R14, (DI)(CX*4)

// QUICK decodes a symbol of few bits: it is FAST, ENTRY, VALUE and STORE.
#define QUICK \
	MOVQ R8, CX; \
	SHRQ $(64-const_fastBits), CX; \
	MOVBLSX (huffman_fast+3)(SI)(CX*4), AX; \
	MOVBLZX (huffman_fast+2)(SI)(CX*4), R15; \
	MOVWLZX huffman_fast(SI)(CX*4), CX; \
	TESTL AX, AX; \
	JS long; \
	VALUE; \
	STORE; \
	CMPQ BX, R13; \
	JAE full

// SKIP passes over symbols. R14 remembers the bits before them, and CX what they were.
#define SKIP \
	MOVQ R8, R14; \
	MOVQ R8, CX; \
	SHRQ $(64-const_skipBits), CX; \
	MOVWLZX huffman_skip(SI)(CX*2), CX; \
	SHLXQ CX, R8, R8; \
	ADDQ CX, BX; \
	CMPQ BX, $(const_inBlock<<8); \
	JAE passed

// func decodeAVX2(s *scanner, first, last int) (done int, ok bool)
TEXT ·decodeAVX2(SB), NOSPLIT, $16-33
	MOVQ s+0(FP), DX
	MOVQ first+8(FP), AX
	MOVQ AX, done-8(SP)
	MOVQ (scanner_reader+reader_acc)(DX), R8
	MOVQ (scanner_reader+reader_n)(DX), R10
	MOVQ (scanner_reader+reader_pos)(DX), R11
	LEAQ (scanner_reader+reader_window)(DX)(R11*1), R11
	XORL BX, BX

	// The last coefficient that is kept is in the plan's places.
	MOVQ scanner_plan(DX), CX
	MOVQ plan_keep(CX), R12
	MOVQ places_last(R12), R13
	INCQ R13
	SHLQ $8, R13

mcu:
	MOVQ scanner_plan(DX), R9
	MOVQ plan_count(R9), AX
	MOVQ AX, count-16(SP)
	LEAQ plan_blocks(R9), R9

block:
	MOVQ block_step(R9), DI
	IMULQ done-8(SP), DI
	ADDQ block_at(R9), DI
	MOVQ scanner_coeffs(DX), CX
	LEAQ (CX)(DI*4), DI

	// The mean's difference; it counts as one coefficient.
	MOVBLZX BX, BX
	MOVQ block_dc(R9), SI
	SETTLE
	FAST
	CMPB (AX), $0
	JNE mean
	LONG
mean:
	ENTRY
	VALUE
	MOVQ block_comp(R9), CX
	ADDL R14, scanner_dc(DX)(CX*4)
	MOVQ block_ac(R9), SI
	CMPQ BX, R13
	JAE pass

kept:
	SETTLE
	QUICK
	QUICK
	QUICK
	JMP kept

	// A symbol of many bits, or a code that is not in the table.
long:
	SETTLE
	FAST
	CMPB (AX), $0
	JNE whole
	LONG
whole:
	ENTRY
	VALUE
	STORE
	CMPQ BX, R13
	JB kept

full:
	CMPQ BX, $(const_inBlock<<8)
	JAE ends

pass:
	SETTLE
	SKIP
	SKIP
	SKIP
	JMP pass

	// The block has ended, or those symbols lead into the next one, or not one was whole: then one
	// is taken alone.
passed:
	MOVQ BX, AX
	SHRQ $8, AX
	CMPQ AX, $const_inBlock
	JEQ done
	SUBQ $const_blockEnd, AX
	CMPQ AX, $const_inBlock
	JB done
	SUBQ CX, BX
	MOVQ R14, R8
	SETTLE
	FAST
	CMPB (AX), $0
	JNE alone
	LONG
alone:
	MOVWLZX (AX), CX
	TAKE
	CMPQ BX, $(const_inBlock<<8)
	JB pass

	// A block ends at its last coefficient, or before it by its code.
ends:
	MOVQ BX, AX
	SHRQ $8, AX
	CMPQ AX, $const_inBlock
	JEQ done
	SUBQ $const_blockEnd, AX
	CMPQ AX, $const_inBlock
	JAE bad

	// The mean comes last: what is not kept went there.
done:
	MOVQ block_comp(R9), CX
	MOVL scanner_dc(DX)(CX*4), AX
	MOVL AX, (DI)
	ADDQ $block__size, R9
	DECQ count-16(SP)
	JNE block

	// One MCU more; the window may not hold the next.
	MOVQ done-8(SP), AX
	INCQ AX
	MOVQ AX, done-8(SP)
	CMPQ AX, last+16(FP)
	JGE good
	LEAQ (scanner_reader+reader_window)(DX), CX
	NEGQ CX
	ADDQ R11, CX
	CMPQ CX, (scanner_reader+reader_refill)(DX)
	JLE mcu

good:
	MOVB $1, ok+32(FP)
	JMP leave
bad:
	MOVB $0, ok+32(FP)
leave:
	MOVQ done-8(SP), AX
	MOVQ AX, done+24(FP)
	MOVBLZX BX, CX
	SUBQ CX, R10
	LEAQ (scanner_reader+reader_window)(DX), CX
	SUBQ CX, R11
	MOVQ R8, (scanner_reader+reader_acc)(DX)
	MOVQ R10, (scanner_reader+reader_n)(DX)
	MOVQ R11, (scanner_reader+reader_pos)(DX)
	RET
