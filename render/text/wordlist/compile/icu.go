package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// item returns an item of ICU's data, such as "brkitr/thaidict.dict". data is a file icudt*l.dat: a header, whose
// first two bytes are its length, then a table of contents with the offsets of names and items.
func item(data []byte, name string) ([]byte, error) {
	header := int(binary.LittleEndian.Uint16(data))
	body := data[header:]
	n := int(binary.LittleEndian.Uint32(body))
	for i := range n {
		entry := body[4+8*i:]
		path := body[binary.LittleEndian.Uint32(entry):]
		path = path[:bytes.IndexByte(path, 0)]
		if !bytes.HasSuffix(path, []byte("/"+name)) {
			continue
		}
		found := body[binary.LittleEndian.Uint32(entry[4:]):]
		if i+1 < n {
			found = found[:binary.LittleEndian.Uint32(entry[12:])-binary.LittleEndian.Uint32(entry[4:])]
		}
		return found, nil
	}
	return nil, fmt.Errorf("no item is called %q", name)
}

// Fields of a dictionary: after its header, eight indexes of four bytes.
const (
	trieAt     = 0 // offset of the trie
	trieType   = 4 // in three bits, 1 for units of two bytes; 8: words have values
	transform  = 5 // how bytes stand for characters
	byOffset   = 0x1000000
	noJoiner   = 0xff // stands for U+200D
	noNonJoint = 0xfe // stands for U+200C
)

// readDictionary returns the words of a dictionary of ICU with their costs, 0 where it has none.
func readDictionary(raw []byte) (map[string]int, error) {
	body := raw[binary.LittleEndian.Uint16(raw):]
	index := func(i int) int { return int(binary.LittleEndian.Uint32(body[4*i:])) }
	words := map[string]int{}
	if index(trieType)&7 == 1 {
		units := make([]uint16, (len(body)-index(trieAt))/2)
		for i := range units {
			units[i] = binary.LittleEndian.Uint16(body[index(trieAt)+2*i:])
		}
		t := &trie[uint16]{units: units, add: func(word []uint16, value int) {
			words[decodeUTF16(word)] = value
		}, format: wide{}}
		t.node(0, nil)
		return words, nil
	}
	how := index(transform)
	if how&0x7f000000 != byOffset {
		return nil, errors.New("the bytes of the dictionary are no offsets")
	}
	base := rune(how & 0x1fffff)
	t := &trie[byte]{units: body[index(trieAt):], add: func(word []byte, value int) {
		runes := make([]rune, len(word))
		for i, b := range word {
			switch b {
			case noJoiner:
				runes[i] = '\u200d'
			case noNonJoint:
				runes[i] = '\u200c'
			default:
				runes[i] = base + rune(b)
			}
		}
		words[string(runes)] = value
	}, format: narrow{}}
	t.node(0, nil)
	return words, nil
}
