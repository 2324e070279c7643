#include "textflag.h"

// What chroma adds to the luma is, in 2^16ths and with words b = cb-128 and r = cr-128 (see tint):
//	red    91881 r          =             26345 r + 2^16 r
//	green  -22554 b-46802 r = -22554 b + 18734 r - 2^16 r
//	blue   116130 b         = -14942 b           + 2^17 b
// so that 16-bit factors do, with one VPMADDWD for each colour. The luma is a whole number: it may
// be added after the sum is cut to one.

// ALL fills a register of eight double words with a number.
#define ALL(number, x, y) \
	MOVL         $number, AX \
	VMOVD        AX, x \
	VPBROADCASTD x, y

// CONSTANTS: Y8 128s, Y9 255s (words); Y10 to Y12 the factors of red, green and blue, b's in the
// low word; Y13 the half that rounds; Y14 the high words.
#define CONSTANTS \
	ALL(0x00800080, X8, Y8) \
	ALL(0x00ff00ff, X9, Y9) \
	ALL(0x66e90000, X10, Y10) \
	ALL(0x492ea7e6, X11, Y11) \
	ALL(0x0000c5a2, X12, Y12) \
	ALL(0x00008000, X13, Y13) \
	ALL(0xffff0000, X14, Y14)

// TINT makes, of eight pairs (b, r) of words in Y4, the sums of red, green and blue.
#define TINT(red, green, blue) \
	VPAND    Y14, Y4, Y3 \
	VPMADDWD Y10, Y4, red \
	VPMADDWD Y11, Y4, green \
	VPMADDWD Y12, Y4, blue \
	VPSLLD   $17, Y4, Y4 \
	VPADDD   Y13, red, red \
	VPADDD   Y13, green, green \
	VPADDD   Y13, blue, blue \
	VPADDD   Y3, red, red \
	VPSUBD   Y3, green, green \
	VPADDD   Y4, blue, blue

// TWICE makes two words of each double word's high one.
#define TWICE(sums, words) \
	VPSRLD   $16, sums, words \
	VPBLENDW $0xaa, sums, words, words

// STORE adds the sixteen lumas at SI to the words of red (Y0), green (Y1) and blue (Y2), saturates
// them to bytes, and stores sixteen pixels at DI.
#define STORE \
	VPMOVZXBW  (SI), Y3 \
	VPADDW     Y3, Y0, Y0 \
	VPADDW     Y3, Y1, Y1 \
	VPADDW     Y3, Y2, Y2 \
	VPACKUSWB  Y2, Y0, Y0 \
	VPACKUSWB  Y9, Y1, Y1 \
	VPUNPCKLBW Y1, Y0, Y2 \
	VPUNPCKHBW Y1, Y0, Y3 \
	VPUNPCKLWD Y3, Y2, Y0 \
	VPUNPCKHWD Y3, Y2, Y1 \
	VPERM2I128 $0x20, Y1, Y0, Y2 \
	VPERM2I128 $0x31, Y1, Y0, Y3 \
	VMOVDQU    Y2, (DI) \
	VMOVDQU    Y3, 32(DI) \
	ADDQ       $16, SI \
	ADDQ       $64, DI

// func storePairsAVX2(px, y, cb, cr []uint8)
TEXT ·storePairsAVX2(SB), NOSPLIT, $0-96
	MOVQ px_base+0(FP), DI
	MOVQ y_base+24(FP), SI
	MOVQ y_len+32(FP), CX
	MOVQ cb_base+48(FP), R8
	MOVQ cr_base+72(FP), R9
	CONSTANTS

pairs:
	// Eight chroma samples: bytes b r b r ... become words less 128.
	VMOVQ      (R8), X4
	VMOVQ      (R9), X5
	VPUNPCKLBW X5, X4, X4
	VPMOVZXBW  X4, Y4
	VPSUBW     Y8, Y4, Y4
	TINT(Y5, Y6, Y7)
	TWICE(Y5, Y0)
	TWICE(Y6, Y1)
	TWICE(Y7, Y2)
	STORE
	ADDQ       $8, R8
	ADDQ       $8, R9
	SUBQ       $16, CX
	JNZ        pairs
	VZEROUPPER
	RET

// func storeYCbCrAVX2(px, y, cb, cr []uint8)
TEXT ·storeYCbCrAVX2(SB), NOSPLIT, $0-96
	MOVQ px_base+0(FP), DI
	MOVQ y_base+24(FP), SI
	MOVQ y_len+32(FP), CX
	MOVQ cb_base+48(FP), R8
	MOVQ cr_base+72(FP), R9
	CONSTANTS

each:
	// Sixteen chroma samples: pairs 0 to 3 and 8 to 11 first, then the others.
	VPMOVZXBW  (R8), Y0
	VPMOVZXBW  (R9), Y1
	VPSUBW     Y8, Y0, Y0
	VPSUBW     Y8, Y1, Y1
	VPUNPCKHWD Y1, Y0, Y15
	VPUNPCKLWD Y1, Y0, Y4
	TINT(Y5, Y6, Y7)
	VPSRAD     $16, Y5, Y5
	VPSRAD     $16, Y6, Y6
	VPSRAD     $16, Y7, Y7
	VMOVDQA    Y15, Y4
	TINT(Y0, Y1, Y2)
	VPSRAD     $16, Y0, Y0
	VPSRAD     $16, Y1, Y1
	VPSRAD     $16, Y2, Y2
	VPACKSSDW  Y0, Y5, Y0
	VPACKSSDW  Y1, Y6, Y1
	VPACKSSDW  Y2, Y7, Y2
	STORE
	ADDQ       $16, R8
	ADDQ       $16, R9
	SUBQ       $16, CX
	JNZ        each
	VZEROUPPER
	RET
