#include "textflag.h"

// func spanAVX2(px []uint8, s *span)
TEXT ·spanAVX2(SB), NOSPLIT, $0-32
	MOVQ px_base+0(FP), SI
	MOVQ px_len+8(FP), CX
	MOVQ s+24(FP), DI

	// The last eight pixels first: the others may overlap them.
	VMOVDQU -32(SI)(CX*1), Y0
	VMOVDQA Y0, Y1
	SHRQ    $5, CX

more:
	VMOVDQU (SI), Y2
	VPMINUB Y2, Y0, Y0
	VPMAXUB Y2, Y1, Y1
	ADDQ    $32, SI
	DECQ    CX
	JNZ     more

	// Eight pixels become four, two and one.
	VEXTRACTI128 $1, Y0, X2
	VEXTRACTI128 $1, Y1, X3
	VPMINUB      X2, X0, X0
	VPMAXUB      X3, X1, X1
	VPSHUFD      $0x4e, X0, X2
	VPSHUFD      $0x4e, X1, X3
	VPMINUB      X2, X0, X0
	VPMAXUB      X3, X1, X1
	VPSHUFD      $0xb1, X0, X2
	VPSHUFD      $0xb1, X1, X3
	VPMINUB      X2, X0, X0
	VPMAXUB      X3, X1, X1
	VMOVD        X0, (DI)
	VMOVD        X1, 4(DI)
	VZEROUPPER
	RET

// func brightnessesAVX2(row []uint8) (least, most int)
TEXT ·brightnessesAVX2(SB), NOSPLIT, $0-40
	MOVQ row_base+0(FP), SI
	MOVQ row_len+8(FP), CX
	LEAQ -32(SI)(CX*1), DX

	// Y8: the weights 2, 7, 1, 0 of a pixel's bytes; Y9: of the words that these sum up to.
	MOVL         $0x00010702, AX
	VMOVD        AX, X8
	VPBROADCASTD X8, Y8
	MOVL         $0x00010001, AX
	VMOVD        AX, X9
	VPBROADCASTD X9, Y9

	// The last eight pixels first, as the least (Y0) and the most (Y1): the others may overlap them.
	VMOVDQU    (DX), Y0
	VPMADDUBSW Y8, Y0, Y0
	VPMADDWD   Y9, Y0, Y0
	VMOVDQA    Y0, Y1
	SHRQ       $5, CX

eight:
	VMOVDQU    (SI), Y2
	VPMADDUBSW Y8, Y2, Y2
	VPMADDWD   Y9, Y2, Y2
	VPMINSD    Y2, Y0, Y0
	VPMAXSD    Y2, Y1, Y1
	ADDQ       $32, SI
	DECQ       CX
	JNZ        eight

	VEXTRACTI128 $1, Y0, X2
	VEXTRACTI128 $1, Y1, X3
	VPMINSD      X2, X0, X0
	VPMAXSD      X3, X1, X1
	VPSHUFD      $0x4e, X0, X2
	VPSHUFD      $0x4e, X1, X3
	VPMINSD      X2, X0, X0
	VPMAXSD      X3, X1, X1
	VPSHUFD      $0xb1, X0, X2
	VPSHUFD      $0xb1, X1, X3
	VPMINSD      X2, X0, X0
	VPMAXSD      X3, X1, X1
	VMOVD        X0, AX
	VMOVD        X1, BX
	MOVQ         AX, least+24(FP)
	MOVQ         BX, most+32(FP)
	VZEROUPPER
	RET
