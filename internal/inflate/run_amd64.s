#include "textflag.h"

// For each distance below 16, which bytes of the last sixteen repeat it, and how many of them are whole repetitions.
DATA repeat<>+0x10(SB)/8, $0x0000000000000000
DATA repeat<>+0x18(SB)/8, $0x0000000000000000
DATA repeat<>+0x20(SB)/8, $0x0100010001000100
DATA repeat<>+0x28(SB)/8, $0x0100010001000100
DATA repeat<>+0x30(SB)/8, $0x0100020100020100
DATA repeat<>+0x38(SB)/8, $0x0002010002010002
DATA repeat<>+0x40(SB)/8, $0x0302010003020100
DATA repeat<>+0x48(SB)/8, $0x0302010003020100
DATA repeat<>+0x50(SB)/8, $0x0201000403020100
DATA repeat<>+0x58(SB)/8, $0x0004030201000403
DATA repeat<>+0x60(SB)/8, $0x0100050403020100
DATA repeat<>+0x68(SB)/8, $0x0302010005040302
DATA repeat<>+0x70(SB)/8, $0x0006050403020100
DATA repeat<>+0x78(SB)/8, $0x0100060504030201
DATA repeat<>+0x80(SB)/8, $0x0706050403020100
DATA repeat<>+0x88(SB)/8, $0x0706050403020100
DATA repeat<>+0x90(SB)/8, $0x0706050403020100
DATA repeat<>+0x98(SB)/8, $0x0605040302010008
DATA repeat<>+0xa0(SB)/8, $0x0706050403020100
DATA repeat<>+0xa8(SB)/8, $0x0504030201000908
DATA repeat<>+0xb0(SB)/8, $0x0706050403020100
DATA repeat<>+0xb8(SB)/8, $0x04030201000a0908
DATA repeat<>+0xc0(SB)/8, $0x0706050403020100
DATA repeat<>+0xc8(SB)/8, $0x030201000b0a0908
DATA repeat<>+0xd0(SB)/8, $0x0706050403020100
DATA repeat<>+0xd8(SB)/8, $0x0201000c0b0a0908
DATA repeat<>+0xe0(SB)/8, $0x0706050403020100
DATA repeat<>+0xe8(SB)/8, $0x01000d0c0b0a0908
DATA repeat<>+0xf0(SB)/8, $0x0706050403020100
DATA repeat<>+0xf8(SB)/8, $0x000e0d0c0b0a0908
GLOBL repeat<>(SB), RODATA|NOPTR, $256

DATA whole<>+0(SB)/8, $0x0e0c0f100f101000
DATA whole<>+8(SB)/8, $0x0f0e0d0c0b0a0910
GLOBL whole<>(SB), RODATA|NOPTR, $16

// R8 holds bits of the stream, R9 how many are valid in its lowest six bits, SI the position in the stream, DI that in
// the buffer, R12 and R13 the tables.

// REFILL loads bytes until at least 56 bits are valid. AX and CX are lost.
#define REFILL \
	MOVQ  (SI), AX   \
	SHLXQ R9, AX, AX \
	ORQ   AX, R8     \
	MOVL  R9, CX     \
	NOTL  CX         \
	SHRL  $3, CX     \
	ANDL  $7, CX     \
	ADDQ  CX, SI     \
	ORL   $56, R9

// LOOKUP loads the entry of the next bits.
#define LOOKUP(e) \
	MOVL R8, AX       \
	ANDL $0x7ff, AX   \
	MOVL (R12)(AX*4), e

// CONSUME skips the bits of an entry.
#define CONSUME(e) \
	SHRXQ e, R8, R8 \
	SUBL  e, R9

// LITERALS stores the literals of an entry. e and CX are lost.
#define LITERALS(e) \
	MOVL e, CX   \
	SHRL $8, e   \
	SHRL $6, CX  \
	MOVL e, (DI) \
	ANDL $3, CX  \
	ADDQ CX, DI

// VALUE sets v to the base of an entry and its extra bits. AX is lost.
#define VALUE(e, v) \
	BZHIQ e, R8, v    \
	MOVL  e, AX       \
	SHRL  $8, AX      \
	SHRXQ AX, v, v    \
	MOVL  e, AX       \
	SHRL  $16, AX     \
	ADDL  AX, v

// func runBMI2(c *cursor, src, buf *byte, lit, dist *uint32)
TEXT ·runBMI2(SB), NOSPLIT, $0-40
	MOVQ c+0(FP), DX
	MOVQ src+8(FP), SI
	MOVQ buf+16(FP), DI
	MOVQ lit+24(FP), R12
	MOVQ dist+32(FP), R13
	MOVQ 0(DX), R8
	MOVQ 8(DX), R9
	MOVQ 48(DX), R10
	ADDQ SI, R10           // the last position of a turn
	MOVQ 32(DX), R11
	ADDQ DI, R11           // the limit
	ADDQ 16(DX), SI
	ADDQ 24(DX), DI

turn:
	CMPQ SI, R10
	JHI  paused
	CMPQ DI, R11
	JCC  paused
	REFILL
	LOOKUP(DX)
	TESTB $0xc0, DX
	JEQ   first
	CONSUME(DX)
	LOOKUP(BX)
	LITERALS(DX)
	TESTB $0xc0, BX
	JEQ   second
	CONSUME(BX)
	LOOKUP(DX)
	LITERALS(BX)
	TESTB $0xc0, DX
	JEQ   special
	CONSUME(DX)
	LOOKUP(BX)
	LITERALS(DX)
	TESTB $0xc0, BX
	JEQ   second
	CONSUME(BX)
	LITERALS(BX)
	JMP   turn

first:
	// A match takes at most 48 bits, and there are more.
	TESTL $0xe000, DX
	JEQ   loaded
	JMP   rare

second:
	MOVL BX, DX

special:
	// DX is the entry of something other than literals; at most 36 bits were consumed.
	TESTL $0xe000, DX
	JNE   rare

length:
	REFILL

loaded:
	VALUE(DX, CX)
	CONSUME(DX)
	MOVL R8, AX
	ANDL $0x1ff, AX
	MOVL (R13)(AX*4), DX
	TESTL $0xe000, DX
	JNE   rareDistance

distance:
	VALUE(DX, BX)
	CONSUME(DX)
	MOVQ DI, AX
	SUBQ buf+16(FP), AX
	CMPQ BX, AX
	JHI  corrupt
	LEAQ (DI)(CX*1), DX    // the end
	MOVQ DI, CX
	SUBQ BX, CX            // from there
	CMPL BX, $16
	JCS  near

far:
	MOVOU (CX), X0
	MOVOU X0, (DI)
	ADDQ  $16, CX
	ADDQ  $16, DI
	CMPQ  DI, DX
	JCS   far
	MOVQ  DX, DI
	JMP   turn

near:
	MOVOU   (CX), X0
	LEAQ    whole<>(SB), AX
	MOVBLZX (AX)(BX*1), CX
	SHLL    $4, BX
	LEAQ    repeat<>(SB), AX
	MOVOU   (AX)(BX*1), X1
	PSHUFB  X1, X0

repetition:
	MOVOU X0, (DI)
	ADDQ  CX, DI
	CMPQ  DI, DX
	JCS   repetition
	MOVQ  DX, DI
	JMP   turn

rare:
	BTL   $13, DX
	JCC   endOrInvalid
	// The bits behind those of the table choose an entry of the subtable.
	MOVQ  R8, AX
	SHRQ  $11, AX
	MOVL  DX, CX
	SHRL  $8, CX
	ANDL  $31, CX
	BZHIQ CX, AX, AX
	SHRL  $16, DX
	ADDQ  DX, AX
	MOVL  (R12)(AX*4), DX
	TESTB $0xc0, DX
	JEQ   noLiteral
	CONSUME(DX)
	LITERALS(DX)
	JMP   turn

noLiteral:
	TESTL $0xe000, DX
	JEQ   length

endOrInvalid:
	BTL  $14, DX
	JCC  corrupt
	CONSUME(DX)
	MOVL $1, AX
	JMP  done

rareDistance:
	BTL   $13, DX
	JCC   corrupt
	MOVQ  R8, AX
	SHRQ  $9, AX
	MOVL  DX, BX
	SHRL  $8, BX
	ANDL  $31, BX
	BZHIQ BX, AX, AX
	SHRL  $16, DX
	ADDQ  DX, AX
	MOVL  (R13)(AX*4), DX
	TESTL $0xe000, DX
	JEQ   distance

corrupt:
	MOVL $2, AX
	JMP  done

paused:
	XORL AX, AX

done:
	MOVQ c+0(FP), DX
	SUBQ src+8(FP), SI
	SUBQ buf+16(FP), DI
	MOVQ R8, 0(DX)
	MOVQ R9, 8(DX)
	MOVQ SI, 16(DX)
	MOVQ DI, 24(DX)
	MOVQ AX, 40(DX)
	RET
