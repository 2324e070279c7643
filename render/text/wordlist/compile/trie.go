package main

import (
	"slices"
	"unicode/utf16"
)

// trie reads the tries of ICU's dictionaries, whose units are bytes (BytesTrie) or UTF-16 (UCharsTrie). A node is a
// value, several units in a row, or a branch; branches are binary down to five units, which are listed.
type trie[U byte | uint16] struct {
	units  []U
	add    func(word []U, value int)
	format format[U]
}

// format is what differs between the two kinds of trie.
type format[U byte | uint16] interface {
	// value reports whether a value is at the place; it returns the value, whether the word is the last of its
	// branch, and the place and the unit of the node that follows.
	value(units []U, at int) (v int, final bool, next, node int, ok bool)
	// listed returns the value in a list of a branch, which is a word's if it is final, else a distance.
	listed(units []U, at int) (v int, final bool, next int)
	delta(units []U, at int) (d, next int)
	// row returns the length of a row of units; 0 for a branch.
	row(node int) int
}

const listedUnits = 5

func (t *trie[U]) node(at int, word []U) {
	for {
		v, final, next, node, ok := t.format.value(t.units, at)
		if ok {
			t.add(word, v)
			if final {
				return
			}
		}
		at = next
		n := t.format.row(node)
		if n == 0 {
			if n = node; n == 0 {
				n = int(t.units[at])
				at++
			}
			t.branch(at, n+1, word)
			return
		}
		word = append(slices.Clip(word), t.units[at:at+n]...)
		at += n
	}
}

func (t *trie[U]) branch(at, n int, word []U) {
	with := func(u U) []U { return append(slices.Clip(word), u) }
	for n > listedUnits {
		at++ // the unit to compare with
		d, next := t.format.delta(t.units, at)
		t.branch(next+d, n/2, word)
		at, n = next, n-n/2
	}
	for ; n > 1; n-- {
		u := t.units[at]
		v, final, next := t.format.listed(t.units, at+1)
		if final {
			t.add(with(u), v)
		} else {
			t.node(next+v, with(u))
		}
		at = next
	}
	t.node(at+1, with(t.units[at]))
}

func decodeUTF16(units []uint16) string { return string(utf16.Decode(units)) }

// wide is the format of UCharsTrie.
type wide struct{}

func (wide) value(units []uint16, at int) (v int, final bool, next, node int, ok bool) {
	lead := int(units[at])
	at++
	switch {
	case lead < 0x40:
		return 0, false, at, lead, false
	case lead&0x8000 != 0:
		v, at = wideNumber(units, lead&0x7fff, at, 0x4000)
		return v, true, at, 0, true
	case lead < 0x4040:
		v = lead>>6 - 1
	case lead < 0x7fc0:
		v = (lead&0x7fc0-0x4040)<<10 | int(units[at])
		at++
	default:
		v = int(units[at])<<16 | int(units[at+1])
		at += 2
	}
	return v, false, at, lead & 0x3f, true
}

// wideNumber returns a number of one to three units, of which the first is below two if it is the only one.
func wideNumber(units []uint16, lead, at, two int) (v, next int) {
	switch {
	case lead < two:
		return lead, at
	case lead < 0x7fff:
		return (lead-two)<<16 | int(units[at]), at + 1
	}
	return int(units[at])<<16 | int(units[at+1]), at + 2
}

func (wide) listed(units []uint16, at int) (v int, final bool, next int) {
	lead := int(units[at])
	v, next = wideNumber(units, lead&0x7fff, at+1, 0x4000)
	return v, lead&0x8000 != 0, next
}

func (wide) delta(units []uint16, at int) (d, next int) {
	switch lead := int(units[at]); {
	case lead < 0xfc00:
		return lead, at + 1
	case lead < 0xffff:
		return (lead-0xfc00)<<16 | int(units[at+1]), at + 2
	}
	return int(units[at+1])<<16 | int(units[at+2]), at + 3
}

func (wide) row(node int) int { return max(0, node-0x30+1) }

// narrow is the format of BytesTrie.
type narrow struct{}

func (narrow) value(units []byte, at int) (v int, final bool, next, node int, ok bool) {
	lead := int(units[at])
	if lead < 0x20 {
		return 0, false, at + 1, lead, false
	}
	v, next = narrowNumber(units, at)
	if lead&1 != 0 {
		return v, true, next, 0, true
	}
	return v, false, next + 1, int(units[next]), true
}

// narrowNumber returns a number of one to five bytes. The lowest bit of the first is no part of it.
func narrowNumber(units []byte, at int) (v, next int) {
	lead := int(units[at]) >> 1
	at++
	switch {
	case lead < 0x51:
		return lead - 0x10, at
	case lead < 0x6c:
		return (lead-0x51)<<8 | int(units[at]), at + 1
	case lead < 0x7e:
		return (lead-0x6c)<<16 | bigEndian(units[at:at+2]), at + 2
	}
	n := lead - 0x7e + 3
	return bigEndian(units[at : at+n]), at + n
}

func (narrow) listed(units []byte, at int) (v int, final bool, next int) {
	v, next = narrowNumber(units, at)
	return v, units[at]&1 != 0, next
}

func (narrow) delta(units []byte, at int) (d, next int) {
	lead := int(units[at])
	at++
	switch {
	case lead < 0xc0:
		return lead, at
	case lead < 0xf0:
		return (lead-0xc0)<<8 | int(units[at]), at + 1
	case lead < 0xfe:
		return (lead-0xf0)<<16 | bigEndian(units[at:at+2]), at + 2
	}
	n := lead - 0xfe + 3
	return bigEndian(units[at : at+n]), at + n
}

func (narrow) row(node int) int { return max(0, node-0x10+1) }

func bigEndian(bytes []byte) (v int) {
	for _, b := range bytes {
		v = v<<8 | int(b)
	}
	return v
}
