package fonts

import (
	"encoding/binary"
	"fmt"
)

// checkTables checks the lengths of a font file's tables against the file's length, before memory is allocated
// for them. It reads OpenType files and collections (OpenType 1.9, "Table Directory"), and WOFF 1, whose tables
// are compressed (W3C, WOFF File Format 1.0, section 5).
func checkTables(raw []byte) error {
	if len(raw) < 16 {
		return fmt.Errorf("cannot be read: it holds %d bytes", len(raw))
	}
	switch string(raw[:4]) {
	case "wOFF":
		return woff.check(raw, 44, int(binary.BigEndian.Uint16(raw[12:])))
	case "ttcf":
		n := int(binary.BigEndian.Uint32(raw[8:]))
		if n > (len(raw)-12)/4 {
			return fmt.Errorf("cannot be read: a collection of %d fonts is cut short", n)
		}
		for i := range n {
			if err := checkDirectory(raw, int(binary.BigEndian.Uint32(raw[12+4*i:]))); err != nil {
				return err
			}
		}
		return nil
	}
	return checkDirectory(raw, 0)
}

// checkDirectory checks the table directory at an offset.
func checkDirectory(raw []byte, at int) error {
	if at > len(raw)-12 {
		return fmt.Errorf("cannot be read: its table directory at byte %d is beyond its end", at)
	}
	return openType.check(raw, at+12, int(binary.BigEndian.Uint16(raw[at+4:])))
}

// layout describes the entries of a directory: the size of an entry, and the positions in it of the table's
// offset, its length in the file, and its uncompressed length.
type layout struct{ size, offset, length, unpacked int }

var (
	openType = layout{16, 8, 12, 12}
	woff     = layout{20, 4, 8, 12}
)

// check checks the n entries at an offset.
func (l layout) check(raw []byte, at, n int) error {
	if at+n*l.size > len(raw) {
		return fmt.Errorf("cannot be read: a directory of %d tables is cut short", n)
	}
	total := 0
	for i := range n {
		entry := raw[at+i*l.size:]
		field := func(at int) int { return int(binary.BigEndian.Uint32(entry[at:])) }
		total += field(l.unpacked)
		if end := field(l.offset) + field(l.length); end > len(raw) || total > maxFile {
			return fmt.Errorf("is broken or cut short: its table %q ends at byte %d of %d", entry[:4], end, len(raw))
		}
	}
	return nil
}
