package photo

import "encoding/binary"

// orientationTag is EXIF's 0x0112: how the camera was held (CIPA DC-008).
const orientationTag = 0x0112

// maxEntries bounds the entries of a directory that are looked at.
const maxEntries = 512

// orientationOf reads the orientation, 1 to 8, from a TIFF structure; 1 where there is none.
func orientationOf(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1
	}
	at := int64(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > int64(len(tiff)) {
		return 1
	}
	entries := min(int64(order.Uint16(tiff[at:])), maxEntries)
	for i := range entries {
		e := at + 2 + 12*i
		if e+12 > int64(len(tiff)) {
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
