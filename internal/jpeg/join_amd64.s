#include "textflag.h"

// func stuffAVX2(to, from *byte, n int) (written int)
TEXT ·stuffAVX2(SB), NOSPLIT, $0-32
	MOVQ to+0(FP), DI
	MOVQ from+8(FP), SI
	MOVQ n+16(FP), CX
	VPCMPEQB Y1, Y1, Y1 // 0xff in every byte
	JMP  more

next:
	// 32 bytes, and on after the first 0xff among them.
	VMOVDQU   (SI), Y0
	VMOVDQU   Y0, (DI)
	VPCMPEQB  Y1, Y0, Y0
	VPMOVMSKB Y0, AX
	TESTL     AX, AX
	JNZ       stuff
	ADDQ      $32, SI
	ADDQ      $32, DI
	SUBQ      $32, CX

more:
	CMPQ CX, $32
	JGE  next
	JMP  last

stuff:
	TZCNTL AX, AX
	INCL   AX
	ADDQ   AX, SI
	ADDQ   AX, DI
	SUBQ   AX, CX
	MOVB   $0, (DI)
	INCQ   DI
	JMP    more

	// The last 31 at most, one by one.
byte:
	MOVBLZX (SI), AX
	INCQ    SI
	MOVB    AX, (DI)
	INCQ    DI
	DECQ    CX
	CMPL    AX, $0xff
	JNE     last
	MOVB    $0, (DI)
	INCQ    DI

last:
	TESTQ CX, CX
	JNZ   byte
	SUBQ  to+0(FP), DI
	MOVQ  DI, written+24(FP)
	VZEROUPPER
	RET
