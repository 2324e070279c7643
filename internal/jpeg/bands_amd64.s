#include "go_asm.h"
#include "textflag.h"
#include "bits_amd64.h"

// Registers
//   SI the table            R9 what is known of the block, DI its coefficients, R12 where they are kept
//   R8 the next bits, from the top, R10 how many there are, and R11 the next byte of the window
//   BX the next coefficient, R13 that behind the band, R15 those of the block that are not 0
//   R14 a value, DX how far values are shifted
//   AX, CX whatever comes

// func firstAVX2(s *bandScan, start, end int) (done int, ok bool)
TEXT ·firstAVX2(SB), NOSPLIT, $40-33
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
	MOVQ bandScan_keep(DX), R12
	MOVQ bandScan_coefs(DX), R14
	MOVQ coefs_known(R14), AX
	MOVQ start+8(FP), BX
	LEAQ (AX)(BX*8), R9
	MOVQ end+16(FP), CX
	LEAQ (AX)(CX*8), CX
	MOVQ CX, stop-16(SP)
	MOVQ bandScan_each(DX), CX
	ADDQ CX, CX
	MOVQ CX, each-24(SP)
	IMULQ CX, BX
	MOVQ coefs_kept(R14), DI
	ADDQ BX, DI
	MOVQ bandScan_run(DX), CX
	MOVQ CX, run-32(SP)
	MOVQ bandScan_ss(DX), CX
	MOVQ CX, ss-40(SP)
	MOVQ bandScan_se(DX), R13
	INCQ R13
	MOVQ bandScan_al(DX), DX

	// Blocks without coefficients are skipped, as many as there are up to the end.
block:
	MOVQ run-32(SP), CX
	TESTQ CX, CX
	JEQ coefficients
	MOVQ stop-16(SP), AX
	SUBQ R9, AX
	SHRQ $3, AX
	CMPQ AX, CX
	CMOVQHI CX, AX
	SUBQ AX, run-32(SP)
	LEAQ (R9)(AX*8), R9
	IMULQ each-24(SP), AX
	ADDQ AX, DI
	CMPQ R9, stop-16(SP)
	JEQ good

coefficients:
	MOVQ ss-40(SP), BX
	XORL R15, R15

next:
	LOAD
	MOVQ R8, CX
	SHRQ $(64-const_fastBits), CX
	MOVL huffman_fast(SI)(CX*4), AX
	TESTL AX, AX
	JMI special

	// Magnitude bits that begin with 0 are turned over, as is what they give.
symbol:
	MOVBLZX AH, CX
	ADDQ CX, BX
	CMPQ BX, R13
	JHI bad
	MOVL AX, CX
	SHRL $24, CX
	SHLXQ CX, R8, R14
	MOVBLZX AL, CX
	DROP(CX)
	SHRL $16, AX
	MOVQ R14, CX
	SARQ $63, CX
	NOTQ CX
	XORQ CX, R14
	SHRQ $1, R14
	SHRXQ AX, R14, R14
	XORL CX, R14
	SUBL CX, R14
	SHLXL DX, R14, R14
	MOVBLZX places_at(R12)(BX*1), AX
	MOVW R14, (DI)(AX*2)
	LEAL -1(BX), CX
	BTSQ CX, R15
	CMPQ BX, R13
	JB next

done:
	ORQ R15, (R9)
	ADDQ $8, R9
	ADDQ each-24(SP), DI
	CMPQ R9, stop-16(SP)
	JEQ good
	CMPQ R11, limit-8(SP)
	JLS block
	JMP good

	// A code that is not in the table, or sets no coefficient.
special:
	CMPB AX, $0
	JNE whole
	LONGER
whole:
	MOVBLZX AH, CX
	CMPL CX, $const_blockEnd
	JAE run
	MOVL AX, R14
	SHRL $16, R14
	ANDL $63, R14
	CMPL R14, $63
	JNE symbol
	MOVBLZX AL, CX
	DROP(CX)
	ADDQ $16, BX
	CMPQ BX, R13
	JB next
	JMP done

	// Blocks without further coefficients: this one, and as many as the next bits say.
run:
	MOVBLZX AL, R14
	DROP(R14)
	SUBL $const_blockEnd, CX
	NEXT
	BTSQ CX, AX
	DECQ AX
	MOVQ AX, run-32(SP)
	JMP done

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
