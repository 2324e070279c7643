package jpeg

import "encoding/binary"

// state is what the segments between scans define, and the next scan uses.
type state struct {
	quants  [4]*[64]int32
	codes   [2][4]definition // Huffman tables of DC and of AC
	restart int              // MCUs between restart markers; 0: none
	bounds  [4][2]uint       // conditions of arithmetic coding: L and U of the DC tables
	shifts  [4]int           // and Kx of the AC tables
}

// defaults returns the state at the beginning of a file.
func defaults() state {
	return state{bounds: [4][2]uint{{0, 1}, {0, 1}, {0, 1}, {0, 1}}, shifts: [4]int{5, 5, 5, 5}}
}

// definition is a Huffman table as the file defines it.
type definition struct {
	counts  [16]uint8
	symbols []byte // nil if the table is not defined
}

// take reads a segment between scans. It ignores those that do not change a picture.
func (s *state) take(marker byte, body []byte) error {
	switch marker {
	case markDQT:
		return s.quantTables(body)
	case markDHT:
		return s.huffmanTables(body)
	case markDAC:
		return s.conditions(body)
	case markDRI:
		if len(body) < 2 {
			return foreign("restart interval")
		}
		s.restart = int(binary.BigEndian.Uint16(body))
	}
	return nil
}

// quantTables reads a DQT segment (T.81, B.2.4.1), in zig-zag order.
func (s *state) quantTables(body []byte) error {
	for len(body) > 0 {
		precision, id := body[0]>>4, body[0]&15
		size := 64 * (1 + int(precision))
		if precision > 1 || id > 3 || len(body) < 1+size {
			return foreign("quantisation table")
		}
		q := new([64]int32)
		for i := range q {
			if precision == 0 {
				q[i] = int32(body[1+i])
			} else {
				q[i] = int32(binary.BigEndian.Uint16(body[1+2*i:]))
			}
		}
		s.quants[id] = q
		body = body[1+size:]
	}
	return nil
}

// huffmanTables reads a DHT segment (T.81, B.2.4.2).
func (s *state) huffmanTables(body []byte) error {
	for len(body) >= 17 {
		class, id := body[0]>>4, body[0]&15
		d := definition{counts: [16]uint8(body[1:17])}
		n := 0
		for _, c := range d.counts {
			n += int(c)
		}
		if class > 1 || id > 3 || n > 256 || len(body) < 17+n {
			return foreign("Huffman table")
		}
		d.symbols = body[17 : 17+n]
		s.codes[class][id] = d
		body = body[17+n:]
	}
	return nil
}

// definition returns a Huffman table. One that is not defined is the standard's: the frames of cameras that send Motion
// JPEG have none (T.81, K.3; AVI files of Motion JPEG).
func (s *state) definition(class, id int) (definition, error) {
	d := s.codes[class][id]
	if d.symbols == nil {
		if id > 1 {
			return d, foreign("no Huffman table %d", id)
		}
		std := &annexK[2*id+class]
		d = definition{counts: std.counts, symbols: std.symbols}
	}
	return d, nil
}

// table returns a Huffman table for decoding.
func (s *state) table(class, id int) (*prefix, error) {
	d, err := s.definition(class, id)
	if err != nil {
		return nil, err
	}
	return newPrefix(d)
}

// conditions reads a DAC segment (T.81, B.2.4.3).
func (s *state) conditions(body []byte) error {
	for ; len(body) >= 2; body = body[2:] {
		class, id, value := body[0]>>4, body[0]&15, body[1]
		switch {
		case class == 0 && id < 4 && value&15 <= value>>4:
			s.bounds[id] = [2]uint{uint(value & 15), uint(value >> 4)}
		case class == 1 && id < 4 && value > 0 && value < 64:
			s.shifts[id] = int(value)
		default:
			return foreign("arithmetic conditions")
		}
	}
	return nil
}
