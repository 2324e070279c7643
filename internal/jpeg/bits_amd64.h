// The bits of a stream: R8 has the next ones, from the top, R10 says how many, and R11 is where the next byte is.

// LOAD takes up bytes until at least 56 bits are there.
#define LOAD \
	MOVQ (R11), CX; \
	BSWAPQ CX; \
	SHRXQ R10, CX, CX; \
	ORQ CX, R8; \
	MOVL R10, CX; \
	XORL $63, CX; \
	SHRL $3, CX; \
	ADDQ CX, R11; \
	ORQ $56, R10

// DROP goes on by as many bits as r says.
#define DROP(r) \
	SHLXQ r, R8, R8; \
	SUBQ r, R10

// NEXT brings the next bits to AX, as many as CX says.
#define NEXT \
	MOVQ R8, AX; \
	ROLQ CX, AX; \
	BZHIQ CX, AX, AX; \
	DROP(CX)

// LONGER brings the entry of a code that is not in the fast table of SI to AX, and goes to bad where there is none.
#define LONGER \
	MOVQ R8, CX; \
	SHRQ $48, CX; \
	SUBQ huffman_start(SI), CX; \
	CMPQ CX, (huffman_long+8)(SI); \
	JAE bad; \
	MOVQ huffman_long(SI), AX; \
	MOVL (AX)(CX*4), AX; \
	CMPB AX, $0; \
	JEQ bad

// KEEP stores where the scan in DX is: CX blocks without coefficients are left, and R9 points behind the last one. R9
// becomes the number of blocks before that.
#define KEEP \
	MOVQ CX, bandScan_run(DX); \
	MOVQ bandScan_coefs(DX), AX; \
	SUBQ coefs_known(AX), R9; \
	SHRQ $3, R9; \
	MOVQ bandScan_reader(DX), AX; \
	MOVQ R8, reader_acc(AX); \
	MOVQ R10, reader_n(AX); \
	LEAQ reader_window(AX), CX; \
	SUBQ CX, R11; \
	MOVQ R11, reader_pos(AX)
