package webp

import "fmt"

const (
	lengthSymbols   = 24
	distanceSymbols = 40
	maxCacheBits    = 11
)

// group are the prefix codes of a part of the picture (RFC 9649, section 3.7.1).
type group struct {
	green, red, blue, alpha, distance code
	fixed                             bool   // red, blue and alpha take no bits
	colour                            uint32 // of these, as far as they take no bits
}

// maxGroups bounds the codes of a picture: libwebp's encoder makes at most as many.
const maxGroups = 2600

// lengthOrder is the order of the lengths of the codes of lengths (RFC 9649, section 3.7.2.1.2).
var lengthOrder = [19]uint8{17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}

// readLengths reads the lengths of a prefix code.
func (b *bitReader) readLengths(lengths []uint8) error {
	clear(lengths)
	if b.flag() { // one or two symbols
		two, wide := b.flag(), b.flag()
		width := uint(1)
		if wide {
			width = 8
		}
		symbols := []uint32{b.read(width)}
		if two {
			symbols = append(symbols, b.read(8))
		}
		for _, symbol := range symbols {
			if int(symbol) >= len(lengths) {
				return errVP8L
			}
			lengths[symbol] = 1
		}
		return nil
	}
	var own [19]uint8
	for i := range 4 + b.read(4) {
		if i >= 19 {
			return errVP8L
		}
		own[lengthOrder[i]] = uint8(b.read(3))
	}
	var t tables
	c, err := t.build(own[:])
	if err != nil {
		return err
	}
	most := len(lengths)
	if b.flag() {
		width := 2 + 2*b.read(3)
		most = 2 + int(b.read(uint(width)))
		if most > len(lengths) {
			return errVP8L
		}
	}
	return b.readByCode(lengths, &c, most)
}

// readByCode reads lengths by a code, from at most as many symbols.
func (b *bitReader) readByCode(lengths []uint8, c *code, most int) error {
	last := uint8(8)
	for at := 0; at < len(lengths) && most > 0; most-- {
		b.fill()
		symbol := c.next(b)
		if symbol < 16 {
			lengths[at] = uint8(symbol)
			at++
			if symbol != 0 {
				last = uint8(symbol)
			}
			continue
		}
		n, value := repeated(b, symbol), uint8(0)
		if symbol == 16 {
			value = last
		}
		if at+n > len(lengths) {
			return errVP8L
		}
		for range n {
			lengths[at] = value
			at++
		}
		if b.exhausted() {
			return errShort
		}
	}
	return nil
}

// repeated returns how often the length of a symbol from 16 on is repeated.
func repeated(b *bitReader, symbol uint32) int {
	switch symbol {
	case 16:
		return 3 + int(b.read(2))
	case 17:
		return 3 + int(b.read(3))
	}
	return 11 + int(b.read(7))
}

// readGroup reads the codes of a group, and builds them if they are used.
func (b *bitReader) readGroup(t *tables, cacheBits uint, used bool) (g group, err error) {
	var lengths [maxSymbols]uint8
	sizes := [5]int{256 + lengthSymbols, 256, 256, 256, distanceSymbols}
	if cacheBits > 0 {
		sizes[0] += 1 << cacheBits
	}
	for i, c := range []*code{&g.green, &g.red, &g.blue, &g.alpha, &g.distance} {
		if err := b.readLengths(lengths[:sizes[i]]); err != nil {
			return g, err
		}
		if b.exhausted() {
			return g, errShort
		}
		if !used {
			continue
		}
		if *c, err = t.build(lengths[:sizes[i]]); err != nil {
			return g, err
		}
	}
	if used {
		red, ok1 := g.red.only()
		blue, ok2 := g.blue.only()
		alpha, ok3 := g.alpha.only()
		if g.fixed = ok1 && ok2 && ok3; g.fixed {
			g.colour = red<<16 | blue
		}
		if ok3 {
			g.colour |= alpha << 24
		}
	}
	return g, nil
}

// groups are the codes of a picture: which tile of it uses which.
type groups struct {
	list  []group
	tiles []uint32 // number of the group, by tile; nil if there is one group
	bits  uint     // of a tile's side
	wide  int      // tiles in a row
}

// readGroups reads the codes of a picture of width times height pixels. Only the main one may have several groups.
func (b *bitReader) readGroups(t *tables, width, height int, cacheBits uint, main bool) (gs groups, err error) {
	count := 1
	var own []int // the place of each group in the list, or -1
	if main && b.flag() {
		gs.bits = uint(2 + b.read(3))
		gs.wide = tilesOf(width, gs.bits)
		if gs.tiles, err = b.readPixels(gs.wide, tilesOf(height, gs.bits)); err != nil {
			return gs, err
		}
		for i, v := range gs.tiles {
			gs.tiles[i] = v >> 8 & 0xffff
			count = max(count, int(gs.tiles[i])+1)
		}
		if count > maxGroups {
			return gs, fmt.Errorf("%w: %d groups of codes", errVP8L, count)
		}
		own = make([]int, count)
		for i := range own {
			own[i] = -1
		}
		for _, v := range gs.tiles {
			own[v] = 0
		}
	}
	for i := range count {
		used := own == nil || own[i] == 0
		g, err := b.readGroup(t, cacheBits, used)
		if err != nil {
			return gs, err
		}
		if used && own != nil {
			own[i] = len(gs.list)
		}
		if used {
			gs.list = append(gs.list, g)
		}
	}
	for i, v := range gs.tiles {
		gs.tiles[i] = uint32(own[v])
	}
	return gs, nil
}

func tilesOf(n int, bits uint) int { return (n + 1<<bits - 1) >> bits }
