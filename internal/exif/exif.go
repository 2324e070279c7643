// Package exif reads from a photo's metadata what drawing it needs: its orientation (CIPA DC-008, Exif 2.32).
// No length in the metadata is trusted.
package exif

import "encoding/binary"

const (
	orientationTag = 0x0112
	entrySize      = 12  // bytes of a directory's entry
	maxEntries     = 512 // of a directory, that are read
)

// Orientation returns the orientation, 1 to 8, from the first directory of a TIFF structure; 1, which is
// upright, where there is none or it is broken.
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

// byteOrder returns the order that the header names; nil where there is no header.
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
