#include "go_asm.h"
#include "textflag.h"

// LANES brings the bits of r that the vector holds to the lanes of y: all ones, or 0.
#define LANES(r, x, y) \
	PEXTQ R10, r, AX; \
	VMOVD AX, x; \
	VPBROADCASTW x, y; \
	VPAND Y4, y, y; \
	VPCMPEQW Y4, y, y

// func applyAVX2(kept *int16, changes *change, n int, lanes *lanes, groups, bit int)
TEXT ·applyAVX2(SB), NOSPLIT, $0-48
	MOVQ kept+0(FP), DI
	MOVQ changes+8(FP), SI
	MOVQ n+16(FP), CX
	MOVQ groups+32(FP), R8
	MOVQ bit+40(FP), AX
	VMOVD AX, X7
	VPBROADCASTW X7, Y7

next:
	MOVQ change_fixes(SI), R12
	MOVQ change_fresh(SI), R13
	MOVQ change_negative(SI), BX
	MOVQ lanes+24(FP), R9
	MOVQ R8, DX

group:
	MOVQ lanes_mask(R9), R10
	VMOVDQU lanes_bits(R9), Y4
	LANES(R12, X0, Y0)
	LANES(R13, X1, Y1)
	LANES(BX, X2, Y2)

	// Away from 0 where there is a bit; the fresh ones by their sign.
	VMOVDQU (DI), Y5
	VPSRAW $15, Y5, Y6
	VPXOR Y7, Y6, Y3
	VPSUBW Y6, Y3, Y3
	VPAND Y0, Y3, Y3
	VPADDW Y3, Y5, Y5
	VPXOR Y7, Y2, Y3
	VPSUBW Y2, Y3, Y3
	VPAND Y1, Y3, Y3
	VPADDW Y3, Y5, Y5
	VMOVDQU Y5, (DI)
	ADDQ $32, DI
	ADDQ $lanes__size, R9
	DECQ DX
	JNE group
	ADDQ $change__size, SI
	DECQ CX
	JNE next
	VZEROUPPER
	RET

// func widenAVX2(out *int32, in *int16, n int)
TEXT ·widenAVX2(SB), NOSPLIT, $0-24
	MOVQ out+0(FP), DI
	MOVQ in+8(FP), SI
	MOVQ n+16(FP), CX

next:
	VPMOVSXWD (SI), Y0
	VPMOVSXWD 16(SI), Y1
	VMOVDQU Y0, (DI)
	VMOVDQU Y1, 32(DI)
	ADDQ $32, SI
	ADDQ $64, DI
	DECQ CX
	JNE next
	VZEROUPPER
	RET
