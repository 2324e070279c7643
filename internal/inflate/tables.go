package inflate

import "math/bits"

// Sizes of the tables, in bits of the stream. More than eleven make more pairs of literals, but
// the tables of each block then take longer to make than that saves.
const (
	litBits  = 11
	distBits = 9
	longest  = 15 // bits of a code
)

// Entries of the tables have in their lowest six bits how many bits of the stream they stand for. An entry for
// literals has in the next two bits how many there are, one to three, and then the literals. Other entries have
// zeros there, then the length of the code without its extra bits, and a base to which the extra bits are added.
const (
	lengthMask = 63
	countAt    = 6
	literalAt  = 8
	codeAt     = 8
	codeMask   = 31
	isSubtable = 1 << 13 // codeAt has the number of bits that choose an entry of the subtable, baseAt its offset
	isEnd      = 1 << 14
	isInvalid  = 1 << 15
	baseAt     = 16
)

// Numbers of symbols (RFC 1951, 3.2.5 and 3.2.7).
const (
	litSymbols  = 288 // of them 286 are used
	maxLit      = 286
	maxDist     = 30
	distSymbols = 32
	endSymbol   = 256
)

// codes are the Huffman codes of a block. Each pair of codes longer than a table's bits can have its own subtable.
type codes struct {
	lengths [litSymbols + distSymbols]uint8 // of the codes
	lit     [1<<litBits + litSymbols/2<<(longest-litBits)]uint32
	dist    [1<<distBits + distSymbols/2<<(longest-distBits)]uint32
	fixed   bool // they are those of blocks without a table
	joined  bool // entries have more than one literal
}

// litBases and distBases have the entries of each symbol, without the length of its code.
var litBases, distBases = func() (lit [litSymbols]uint32, dist [distSymbols]uint32) {
	for i := range endSymbol {
		lit[i] = 1<<countAt | uint32(i)<<literalAt
	}
	lit[endSymbol] = isEnd
	for i, base := uint32(0), uint32(3); i < 28; i++ {
		extra := max(i/4, 1) - 1
		lit[endSymbol+1+i] = base<<baseAt | extra
		base += 1 << extra
	}
	lit[285], lit[286], lit[287] = 258<<baseAt, isInvalid, isInvalid
	for i, base := uint32(0), uint32(1); i < maxDist; i++ {
		extra := max(i/2, 1) - 1
		dist[i] = base<<baseAt | extra
		base += 1 << extra
	}
	dist[30], dist[31] = isInvalid, isInvalid
	return lit, dist
}()

// subtable returns the index of the entry in the subtable of e.
func subtable(e uint32, stream uint64, tableBits uint) uint64 {
	return uint64(e>>baseAt) + stream>>tableBits&(1<<(e>>codeAt&codeMask)-1)
}

// build fills a table of tableBits bits with the canonical code of the lengths, and reports whether they make a code:
// a complete one, a single code of one bit, or none at all, as zlib takes them. Codes are read from their highest bit,
// so their bits are reversed.
func build(table []uint32, tableBits int, lengths []uint8, bases []uint32) bool {
	var count, next [longest + 1]int
	for _, n := range lengths {
		count[n]++
	}
	count[0] = 0
	code, most := 0, 0
	for n := 1; n <= longest; n++ {
		code <<= 1
		next[n] = code
		if code += count[n]; count[n] > 0 {
			most = n
		}
		if code > 1<<n {
			return false
		}
	}
	used := code >> (longest - most) // of the codes of the greatest length
	if complete := most > 0 && used == 1<<most; !complete {
		if most > 0 && !(most == 1 && used == 1) {
			return false
		}
		for i := range table[:1<<tableBits] {
			table[i] = isInvalid
		}
	}
	var order [litSymbols]uint16 // symbols in the order of their codes
	var first [longest + 2]int
	for n := 1; n <= longest; n++ {
		first[n+1] = first[n] + count[n]
	}
	for symbol, n := range lengths {
		if n > 0 {
			order[first[n]] = uint16(symbol)
			first[n]++
		}
	}
	fill(table, tableBits, order[:first[longest]], lengths, bases, next)
	return true
}

// fill writes the entries of the symbols, which are in the order of their codes. next has the first code of each
// length. While the codes are shorter than the table's bits, only as much of the table is filled as the codes have
// bits; it is doubled where they become longer.
func fill(table []uint32, tableBits int, order []uint16, lengths []uint8, bases []uint32, next [longest + 1]int) {
	most := 0
	if len(order) > 0 {
		most = int(lengths[order[len(order)-1]])
	}
	filled, free, prefix := 0, 1<<tableBits, -1
	for _, symbol := range order {
		n := int(lengths[symbol])
		reversed := int(bits.Reverse16(uint16(next[n])) >> (16 - n))
		next[n]++
		e := bases[symbol] + uint32(n)
		if e>>countAt&3 == 0 {
			e += uint32(n) << codeAt
		}
		if n <= tableBits {
			filled = double(table, filled, n)
			table[reversed] = e
			continue
		}
		filled = double(table, filled, tableBits)
		sub := most - tableBits
		if at := reversed & (1<<tableBits - 1); at != prefix {
			prefix = at
			table[at] = uint32(free)<<baseAt | uint32(sub)<<codeAt | isSubtable | uint32(tableBits)
			free += 1 << sub
		}
		for i := reversed >> tableBits; i < 1<<sub; i += 1 << (n - tableBits) {
			table[free-1<<sub+i] = e
		}
	}
	if len(order) > 1 {
		double(table, filled, tableBits)
	} else if len(order) == 1 { // every second entry is that of the only code
		for i := 0; i < 1<<tableBits; i += 2 {
			table[i] = table[0]
		}
	}
}

// double repeats the filled part of a table until it has as many bits as asked for.
func double(table []uint32, filled, want int) int {
	for ; filled < want; filled++ {
		copy(table[1<<filled:2<<filled], table[:1<<filled])
	}
	return want
}

// join puts the literals that follow a literal, and whose codes are complete in the bits of the table, into its entry.
// What follows is at a lower index, so going down every entry has only its own literal when it is looked at.
func (c *codes) join() {
	c.joined = true
	table, shortest := (*[1 << litBits]uint32)(c.lit[:]), uint32(litBits)
	for _, n := range c.lengths[:endSymbol] {
		if n > 0 {
			shortest = min(shortest, uint32(n))
		}
	}
	if 2*shortest > litBits {
		return
	}
	three := 3*shortest <= litBits
	for i := len(table) - 1; i >= 0; i-- {
		e := table[i]
		n := e & lengthMask
		if e>>countAt&3 == 0 || n+shortest > litBits {
			continue
		}
		second := table[i>>n]
		both := n + second&lengthMask
		if second>>countAt&3 == 0 || both > litBits {
			continue
		}
		e = both | 2<<countAt | e&(0xff<<literalAt) | second>>literalAt<<(literalAt+8)
		if three {
			third := table[i>>both]
			if all := both + third&lengthMask; third>>countAt&3 != 0 && all <= litBits {
				e = all | 3<<countAt | e&(0xffff<<literalAt) | third>>literalAt<<(literalAt+16)
			}
		}
		table[i] = e
	}
}
