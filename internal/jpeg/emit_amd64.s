#include "go_asm.h"
#include "textflag.h"

// PUT appends the symbol in BX: to the bits R8, of which R9 follow the bytes before DI. Shifts look
// at the low 6 bits of their count, where the symbol has its length. CX is lost.
#define PUT \
	SHLXQ BX, R8, R8; MOVQ BX, CX; SHRQ $6, CX; ORQ CX, R8; \
	ADDL BX, R9; ANDL $63, R9; \
	MOVL R9, CX; NEGL CX; SHLXQ CX, R8, CX; BSWAPQ CX; MOVQ CX, (DI); \
	MOVL R9, CX; SHRL $3, CX; ADDQ CX, DI; \
	ANDL $7, R9

// func emitAVX2(e *emitter, l *levels)
TEXT ·emitAVX2(SB), NOSPLIT, $0-16
	MOVQ e+0(FP), AX
	MOVQ l+8(FP), SI
	MOVQ emitter_out(AX), DI
	ADDQ emitter_at(AX), DI
	MOVQ emitter_acc(AX), R8
	MOVQ emitter_n(AX), R9
	LEAQ ·zigzag(SB), R13
	MOVQ ·written+0(SB), R11 // luma's symbols
	XORL R12, R12            // the block's number

block:
	// The first level is a difference, and looked up whole.
	MOVQ    levels_masks(SI)(R12*8), R10
	MOVQ    R12, DX
	SHLQ    $7, DX
	ADDQ    SI, DX // its levels
	MOVWQSX levels_blocks(DX), BX
	MOVL    (symbols_dc+4*const_dcSpan)(R11)(BX*4), BX
	PUT
	MOVL    $1, R15 // the place that comes next
	ANDQ    $-2, R10
	JZ      end

level:
	// The level at the lowest bit of the mask, and the zeros before it.
	TZCNTQ  R10, AX
	BLSRQ   R10, R10
	MOVBLZX (R13)(AX*1), BX
	MOVWLSX levels_blocks(DX)(BX*2), BX
	MOVL    AX, CX
	SUBL    R15, AX
	LEAL    1(CX), R15
	CMPL    AX, $15
	JA      sixteen

short:
	LEAL const_acSpan(BX), CX
	CMPL CX, $(2*const_acSpan)
	JAE  large
	SHLL $6, AX
	ADDL CX, AX
	MOVL symbols_ac(R11)(AX*4), BX

put:
	PUT
	TESTQ R10, R10
	JNZ  level
	CMPL R15, $64
	JE   done

end:
	MOVL symbols_codes(R11), BX
	PUT

done:
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

sixteen:
	// Sixteen zeros, and more; the level waits.
	MOVL BX, R14

another:
	MOVL (symbols_codes+4*const_zeros)(R11), BX
	PUT
	SUBL $16, AX
	CMPL AX, $15
	JA   another
	MOVL R14, BX
	JMP  short

large:
	// The magnitude's bits: the level, less 1 where it is negative.
	MOVL BX, R14
	SARL $31, R14 // -1 where it is negative
	MOVL BX, CX
	XORL R14, CX
	SUBL R14, CX
	BSRL CX, CX
	INCL CX // their number
	ADDL R14, BX
	BZHIL CX, BX, BX

	// The code of the run and that number, before them.
	SHLL $4, AX
	ORL  CX, AX
	MOVL symbols_codes(R11)(AX*4), AX
	MOVL AX, R14
	SHRL $6, R14
	SHLXL CX, R14, R14
	ORL  R14, BX
	SHLQ $6, BX
	ANDL $63, AX
	ADDL CX, AX
	ORQ  AX, BX
	JMP  put
