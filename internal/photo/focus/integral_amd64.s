#include "textflag.h"

// STRIDE is a row of sums, in bytes: 257 of four.
#define STRIDE 1028

// RUNNING makes of eight numbers the sums of each and those before it: by one, by two, and of the
// lower four to the upper.
#define RUNNING(v, spare) \
	VPSLLDQ    $4, v, spare \
	VPADDD     spare, v, v \
	VPSLLDQ    $8, v, spare \
	VPADDD     spare, v, v \
	VPSHUFD    $0xff, v, spare \
	VPERM2I128 $0x08, spare, spare, spare \
	VPADDD     spare, v, v

// func fillAVX2(sum, square []uint32, pix []uint8, w, h int)
TEXT ·fillAVX2(SB), NOSPLIT, $0-88
	MOVQ sum_base+0(FP), R8
	MOVQ square_base+24(FP), R9
	MOVQ pix_base+48(FP), SI
	MOVQ w+72(FP), DX
	MOVQ h+80(FP), CX

	// Y15: the last of eight.
	MOVL         $7, AX
	VMOVD        AX, X15
	VPBROADCASTD X15, Y15

row:
	// R8 and R9 are the rows above; Y8 and Y9 what the row has summed up to.
	MOVL  $0, STRIDE(R8)
	MOVL  $0, STRIDE(R9)
	VPXOR Y8, Y8, Y8
	VPXOR Y9, Y9, Y9
	XORQ  BX, BX

eight:
	// Past the row's end come pixels of the next: their sums lie where none are read.
	VPMOVZXBD (SI)(BX*1), Y0
	VPMADDWD  Y0, Y0, Y1
	RUNNING(Y0, Y2)
	RUNNING(Y1, Y3)
	VPADDD    Y8, Y0, Y0
	VPADDD    Y9, Y1, Y1
	VPERMD    Y0, Y15, Y8
	VPERMD    Y1, Y15, Y9
	VPADDD    4(R8)(BX*4), Y0, Y0
	VPADDD    4(R9)(BX*4), Y1, Y1
	VMOVDQU   Y0, STRIDE+4(R8)(BX*4)
	VMOVDQU   Y1, STRIDE+4(R9)(BX*4)
	ADDQ      $8, BX
	CMPQ      BX, DX
	JLT       eight
	ADDQ      $STRIDE, R8
	ADDQ      $STRIDE, R9
	ADDQ      DX, SI
	DECQ      CX
	JNZ       row
	VZEROUPPER
	RET
