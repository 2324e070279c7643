#include "go_asm.h"
#include "textflag.h"

// Registers
//   R8 the window           R9 the size of the interval, times 2^24   R10 the valid bits
//   SI the next bytes       DX the probabilities of the context       R12 those of the position
//   DI the coefficients     R11 the position                          R13 its quantiser
//   BX the value            AX, CX, R14, R15 whatever comes

// FILL fills the window to at least 56 bits.
#define FILL \
	MOVQ (SI), CX; \
	BSWAPQ CX; \
	SHRXQ R10, CX, CX; \
	ORQ CX, R8; \
	MOVL $63, CX; \
	SUBL R10, CX; \
	SHRL $3, CX; \
	ADDQ CX, SI; \
	ORQ $56, R10

// SPLIT divides the interval at AX, and CX is the same in the place of the window.
#define SPLIT(p, rest) \
	MOVL p, AX; \
	MOVL rest, CX; \
	IMULQ R9, AX; \
	ADDQ CX, AX; \
	SHRQ $32, AX

// SHIFT makes size, which becomes the interval, at least 128.
#define SHIFT(size) \
	LZCNTL size, CX; \
	SHLXL CX, size, R9; \
	SUBL $24, CX; \
	SUBL CX, R10; \
	SHLXQ CX, R8, R8

// BIT reads a boolean with the probability at an offset, and goes to one if it is 1, where ONE must follow. If it is 0,
// ZERO must follow.
#define BIT(at, one) \
	SPLIT((8*at)(DX), (8*at+4)(DX)); \
	MOVQ AX, CX; \
	SHLQ $56, CX; \
	CMPQ R8, CX; \
	JAE one

#define ZERO SHIFT(AX)

#define ONE \
	SUBQ CX, R8; \
	SHRL $24, R9; \
	SUBL AX, R9; \
	SHIFT(R9)

// CHOOSE reads a boolean without a branch, after SPLIT: R15 is 0 if it is 1, and otherwise -1.
#define CHOOSE \
	SHRL $24, R9; \
	SUBL AX, R9; \
	MOVQ AX, R14; \
	SHLQ $56, R14; \
	MOVQ R8, R15; \
	SUBQ R14, R15; \
	CMOVQCC R15, R8; \
	CMOVLCC R9, AX; \
	SBBQ R15, R15; \
	SHIFT(AX)

// EXTRA appends a boolean to the value.
#define EXTRA(p) \
	SPLIT($p, $((256-p)<<24)); \
	CHOOSE; \
	LEAL 1(R15)(BX*2), BX

// func blockAVX2(b *bools, probs *[3][12]prob, context, first int, steps *[2]int32, out *[16]int16) (coded, big bool)
TEXT ·blockAVX2(SB), NOSPLIT, $0-50
	MOVQ b+0(FP), AX
	MOVQ probs+8(FP), R12
	MOVQ context+16(FP), CX
	MOVQ first+24(FP), R11
	MOVQ steps+32(FP), R13
	MOVQ out+40(FP), DI
	MOVQ bools_window(AX), R8
	MOVQ bools_valid(AX), R10
	MOVL bools_size(AX), R9
	SHLL $24, R9
	MOVQ bools_data(AX), SI
	ADDQ bools_at(AX), SI
	MOVB $0, big+49(FP)
	IMULQ $96, CX
	LEAQ (R12)(CX*1), DX
	CMPQ R11, $0
	JEQ dc
	ADDQ $4, R13

dc:
	MOVL (R13), R13
	FILL
	BIT(0, coefficient)
	ZERO
	MOVB $0, coded+48(FP)
	JMP keep

coefficient:
	ONE

token:
	BIT(1, some)
	ZERO
	ADDQ $288, R12
	MOVQ R12, DX
	MOVQ steps+32(FP), R13
	MOVL 4(R13), R13
	INCL R11
	CMPL R11, $16
	JEQ done
	FILL
	JMP token

some:
	ONE
	BIT(2, more)
	ZERO
	MOVL $1, BX
	LEAQ (288+96)(R12), DX

value:
	SPLIT($128, $(128<<24))
	CHOOSE
	IMULL R13, BX
	CMPL BX, $const_large
	JGT large

small:
	NOTL R15
	XORL R15, BX
	SUBL R15, BX
	LEAQ ·zigzag(SB), R14
	MOVBLZX (R14)(R11*1), R14
	MOVW BX, (DI)(R14*2)
	ADDQ $288, R12
	MOVQ steps+32(FP), R13
	MOVL 4(R13), R13
	INCL R11
	CMPL R11, $16
	JEQ done
	FILL
	BIT(0, coefficient)
	ZERO

done:
	MOVB $1, coded+48(FP)

keep:
	MOVQ b+0(FP), AX
	MOVQ R8, bools_window(AX)
	MOVQ R10, bools_valid(AX)
	SHRL $24, R9
	MOVL R9, bools_size(AX)
	SUBQ bools_data(AX), SI
	MOVQ SI, bools_at(AX)
	RET

large:
	MOVB $1, big+49(FP)
	JMP small

more:
	ONE
	BIT(3, beyond4)
	ZERO
	BIT(4, beyond2)
	ZERO
	MOVL $2, BX
	LEAQ (288+192)(R12), DX
	JMP value

beyond2:
	ONE
	SPLIT(40(DX), 44(DX))
	CHOOSE
	LEAL 4(R15), BX
	LEAQ (288+192)(R12), DX
	JMP value

beyond4:
	ONE
	BIT(6, beyond10)
	ZERO
	BIT(7, beyond6)
	ZERO
	MOVL $2, BX // 5 or 6
	EXTRA(159)
	ADDL $1, BX
	LEAQ (288+192)(R12), DX
	JMP value

beyond6:
	ONE
	FILL
	XORL BX, BX
	EXTRA(165)
	EXTRA(145)
	ADDL $7, BX
	LEAQ (288+192)(R12), DX
	JMP value

beyond10:
	ONE
	FILL
	BIT(8, beyond34)
	ZERO
	BIT(9, beyond18)
	ZERO
	XORL BX, BX
	EXTRA(173)
	EXTRA(148)
	EXTRA(140)
	ADDL $11, BX
	LEAQ (288+192)(R12), DX
	JMP value

beyond18:
	ONE
	XORL BX, BX
	EXTRA(176)
	EXTRA(155)
	EXTRA(140)
	EXTRA(135)
	ADDL $19, BX
	LEAQ (288+192)(R12), DX
	JMP value

beyond34:
	ONE
	BIT(10, beyond66)
	ZERO
	FILL
	XORL BX, BX
	EXTRA(180)
	EXTRA(157)
	EXTRA(141)
	EXTRA(134)
	EXTRA(130)
	ADDL $35, BX
	LEAQ (288+192)(R12), DX
	JMP value

beyond66:
	ONE
	FILL
	XORL BX, BX
	EXTRA(254)
	EXTRA(254)
	EXTRA(243)
	EXTRA(230)
	EXTRA(196)
	EXTRA(177)
	EXTRA(153)
	EXTRA(140)
	EXTRA(133)
	EXTRA(130)
	EXTRA(129)
	FILL
	ADDL $67, BX
	LEAQ (288+192)(R12), DX
	JMP value

// LEAF ends a branch of the tree of modes.
#define LEAF(mode) \
	ZERO; \
	MOVL $mode, BX; \
	JMP store

// func blockModesAVX2(b *bools, probs *[10][10][12]prob, above, left *[4]uint8, modes *[16]uint8)
TEXT ·blockModesAVX2(SB), NOSPLIT, $0-40
	MOVQ b+0(FP), AX
	MOVQ modes+32(FP), DI
	MOVQ bools_window(AX), R8
	MOVQ bools_valid(AX), R10
	MOVL bools_size(AX), R9
	SHLL $24, R9
	MOVQ bools_data(AX), SI
	ADDQ bools_at(AX), SI
	XORL R11, R11 // 4 times the row, plus the column

row:
	MOVQ left+24(FP), R12
	MOVL R11, AX
	SHRL $2, AX
	MOVBLZX (R12)(AX*1), BX

block:
	MOVQ above+16(FP), R12
	MOVL R11, R13
	ANDL $3, R13
	ADDQ R12, R13 // where the mode above is
	MOVBLZX (R13), DX
	IMULL $10, DX
	ADDL BX, DX
	IMULL $96, DX
	ADDQ probs+8(FP), DX
	FILL
	BIT(0, notDC)
	LEAF(const_modeDC)

notDC:
	ONE
	BIT(1, notTM)
	LEAF(const_modeTM)

notTM:
	ONE
	BIT(2, notV)
	LEAF(const_modeV)

notV:
	ONE
	BIT(3, upper)
	ZERO
	BIT(4, notH)
	LEAF(const_modeH)

notH:
	ONE
	BIT(5, notRD)
	LEAF(const_modeRD)

notRD:
	ONE
	MOVL $const_modeVR, BX
	JMP store

upper:
	ONE
	BIT(6, notLD)
	LEAF(const_modeLD)

notLD:
	ONE
	BIT(7, notVL)
	LEAF(const_modeVL)

notVL:
	ONE
	BIT(8, notHD)
	LEAF(const_modeHD)

notHD:
	ONE
	MOVL $const_modeHU, BX

store:
	MOVB BX, (R13)
	MOVB BX, (DI)(R11*1)
	INCL R11
	TESTL $3, R11
	JNE block
	MOVQ left+24(FP), R12
	MOVL R11, AX
	SHRL $2, AX
	MOVB BX, -1(R12)(AX*1)
	CMPL R11, $16
	JNE row
	MOVQ b+0(FP), AX
	MOVQ R8, bools_window(AX)
	MOVQ R10, bools_valid(AX)
	SHRL $24, R9
	MOVL R9, bools_size(AX)
	SUBQ bools_data(AX), SI
	MOVQ SI, bools_at(AX)
	RET

// func countsZeros() bool
TEXT ·countsZeros(SB), NOSPLIT, $0-1
	MOVL $1, AX
	LZCNTL AX, AX
	CMPL AX, $31
	SETEQ ret+0(FP)
	RET
