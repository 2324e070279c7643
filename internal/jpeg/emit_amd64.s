#include "go_asm.h"
#include "textflag.h"

// The state of emitting: DI is where the next byte goes; R8 has the bits that wait in its low R9
// ones; R10 is what is left of the block's mask, R15 the place in the stream that comes next, R11
// the symbols, R13 zigzag, DX the block's levels.

// ADD appends the symbol in BX. Shifts look at the low 6 bits of their count, where a symbol has
// its length; what R9 has above them means nothing. CX is lost.
#define ADD \
	SHLXQ BX, R8, R8; MOVQ BX, CX; SHRQ $6, CX; ORQ CX, R8; \
	ADDL BX, R9

// FLUSH writes eight bytes, and goes on after those that are whole: at most 7 bits wait then. CX is
// lost.
#define FLUSH \
	ANDL $63, R9; MOVL R9, CX; NEGL CX; SHLXQ CX, R8, CX; BSWAPQ CX; MOVQ CX, (DI); \
	MOVL R9, CX; SHRL $3, CX; ADDQ CX, DI; \
	ANDL $7, R9

// NEXT brings the level at the lowest bit of the mask to BX, and the number of zeros before it to
// AX, and looks up their symbol where the table has it.
#define NEXT(seldom) \
	TZCNTQ R10, AX; BLSRQ R10, R10; \
	MOVBLZX (R13)(AX*1), BX; MOVWLSX levels_blocks(DX)(BX*2), BX; \
	MOVL AX, CX; SUBL R15, AX; LEAL 1(CX), R15; \
	LEAL const_acSpan(BX), CX; \
	CMPL AX, $15; JA seldom; \
	CMPL CX, $(2*const_acSpan); JAE seldom; \
	SHLL $6, AX; ADDL CX, AX; MOVL symbols_ac(R11)(AX*4), BX

// func emitAVX2(e *emitter, l *levels)
TEXT ·emitAVX2(SB), NOSPLIT, $0-16
	MOVQ e+0(FP), AX
	MOVQ l+8(FP), SI
	MOVQ emitter_out(AX), DI
	ADDQ emitter_at(AX), DI
	MOVQ emitter_acc(AX), R8
	MOVQ emitter_n(AX), R9
	LEAQ ·zigzag(SB), R13
	MOVQ ·written+0(SB), R11 // luma's
	XORL R12, R12            // the block's number

block:
	MOVQ levels_masks(SI)(R12*8), R10
	MOVQ R12, DX
	SHLQ $7, DX
	ADDQ SI, DX

	// The first level is a difference, of 22 bits at most: it counts as one of a pair.
	MOVWLZX levels_blocks(DX), BX
	ADDL    $const_dcSpan, BX
	ANDL    $(2*const_dcSpan-1), BX
	MOVL    symbols_dc(R11)(BX*4), BX
	ADD
	MOVL    $1, R15
	ANDQ    $-2, R10
	JZ      end
	JMP     second

	// Two symbols, of at most 27 bits, make at most 61 with those that wait.
first:
	NEXT(seldomFirst)

putFirst:
	ADD
	TESTQ R10, R10
	JZ    end

second:
	NEXT(seldomSecond)

putSecond:
	ADD
	FLUSH
	TESTQ R10, R10
	JNZ   first

end:
	CMPL R15, $64
	JE   done
	MOVL (symbols_codes+4*const_endOfBlock)(R11), BX
	ADD

done:
	FLUSH
	INCL R12
	CMPL R12, $4
	JB   block
	MOVQ ·written+8(SB), R11 // chroma's
	CMPL R12, $6
	JB   block

	MOVQ e+0(FP), AX
	SUBQ emitter_out(AX), DI
	MOVQ DI, emitter_at(AX)
	MOVQ R8, emitter_acc(AX)
	MOVQ R9, emitter_n(AX)
	RET

seldomFirst:
	CALL seldom<>(SB)
	JMP  putFirst

seldomSecond:
	CALL seldom<>(SB)
	JMP  putSecond

// seldom turns the run AX and the level BX into the symbol BX, after it has written sixteen zeros
// as often as they come. AX, CX and R14 are lost.
TEXT seldom<>(SB), NOSPLIT, $0-0
	MOVL BX, R14

zeros:
	CMPL AX, $15
	JBE  rest
	MOVL (symbols_codes+4*const_zeros)(R11), BX
	ADD
	FLUSH
	SUBL $16, AX
	JMP  zeros

rest:
	LEAL const_acSpan(R14), CX
	CMPL CX, $(2*const_acSpan)
	JAE  large
	SHLL $6, AX
	ADDL CX, AX
	MOVL symbols_ac(R11)(AX*4), BX
	RET

large:
	// The magnitude's bits: the level, less 1 where it is negative.
	MOVL  R14, BX
	SARL  $31, R14
	MOVL  BX, CX
	XORL  R14, CX
	SUBL  R14, CX
	BSRL  CX, CX
	INCL  CX // their number
	ADDL  R14, BX
	BZHIL CX, BX, BX

	// The code of the run and that number goes before them.
	SHLL  $4, AX
	ORL   CX, AX
	MOVL  symbols_codes(R11)(AX*4), AX
	MOVL  AX, R14
	SHRL  $6, R14
	SHLXL CX, R14, R14
	ORL   R14, BX
	SHLQ  $6, BX
	ANDL  $63, AX
	ADDL  CX, AX
	ORQ   AX, BX
	RET
