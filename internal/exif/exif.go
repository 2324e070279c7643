// Package exif reads the first directory of a photo's metadata (CIPA DC-008, Exif 2.32): its orientation and its texts.
// The metadata is untrusted.
package exif

import (
	"encoding/binary"
	"iter"
	"strings"
)

const (
	orientationTag = 0x0112
	entrySize      = 12  // bytes of a directory entry
	maxEntries     = 512 // entries of a directory that are read
	typeASCII      = 2
)

// Orientation returns the orientation, 1 to 8, from the first directory of a TIFF structure. It returns 1, upright, if
// there is none or the structure is damaged.
func Orientation(tiff []byte) int {
	for e := range Entries(tiff) {
		if e.Tag != orientationTag {
			continue
		}
		if v := int(e.order.Uint16(e.raw[8:])); v >= 1 && v <= 8 {
			return v
		}
		return 1
	}
	return 1
}

// Entry is an entry of a directory.
type Entry struct {
	Tag   uint16
	raw   []byte // the whole entry
	tiff  []byte // the structure, in which long values are
	order binary.ByteOrder
}

// Entries returns the entries of the first directory of a TIFF structure, at most 512, up to the first that is damaged.
func Entries(tiff []byte) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		order := byteOrder(tiff)
		if order == nil {
			return
		}
		at := int64(order.Uint32(tiff[4:]))
		if at < 8 || at+2 > int64(len(tiff)) {
			return
		}
		for i := range min(int64(order.Uint16(tiff[at:])), maxEntries) {
			e := at + 2 + entrySize*i
			if e+entrySize > int64(len(tiff)) {
				return
			}
			if raw := tiff[e : e+entrySize]; !yield(Entry{order.Uint16(raw), raw, tiff, order}) {
				return
			}
		}
	}
}

// Text returns the text of an entry of type ASCII, of which at most that many bytes are read. It ends at its first zero
// byte; a copyright notice has a second part behind it, that of the editor.
func (e Entry) Text(most int64) string {
	if e.order.Uint16(e.raw[2:]) != typeASCII {
		return ""
	}
	n, value := int64(e.order.Uint32(e.raw[4:])), e.raw[8:]
	if n > 4 {
		at := int64(e.order.Uint32(value))
		if at > int64(len(e.tiff)) {
			return ""
		}
		value = e.tiff[at:]
	}
	s, _, _ := strings.Cut(string(value[:min(n, int64(len(value)), most)]), "\x00")
	return s
}

// byteOrder returns the byte order according to the header, or nil if there is no header.
func byteOrder(tiff []byte) binary.ByteOrder {
	if len(tiff) < 8 {
		return nil
	}
	switch string(tiff[:4]) {
	case "II*\x00":
		return binary.LittleEndian
	case "MM\x00*":
		return binary.BigEndian
	}
	return nil
}
