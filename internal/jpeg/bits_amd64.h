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
