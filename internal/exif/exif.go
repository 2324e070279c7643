// Package exif reads the orientation of a photo from its metadata (CIPA DC-008, Exif 2.32). The metadata is untrusted.
package exif

import "encoding/binary"

const (
	orientationTag = 0x0112
	entrySize      = 12  // bytes of a directory entry
	maxEntries     = 512 // entries of a directory that are read
)

// Orientation returns the orientation, 1 to 8, from the first directory of a TIFF structure. It returns 1, upright, if
// there is none or the structure is damaged.
func Orientation(tiff []byte) int {
	order := byteOrder(tiff)
	if order == nil {
		return 1
	}
	at := int64(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > int64(len(tiff)) {
		return 1
	}
	entries := min(int64(order.Uint16(tiff[at:])), maxEntries)
	for i := range entries {
		e := at + 2 + entrySize*i
		if e+entrySize > int64(len(tiff)) {
			return 1
		}
		if order.Uint16(tiff[e:]) != orientationTag {
			continue
		}
		if v := int(order.Uint16(tiff[e+8:])); v >= 1 && v <= 8 {
			return v
		}
		return 1
	}
	return 1
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
