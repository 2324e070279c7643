package exif

import (
	"encoding/binary"
	"testing"
)

// tiff is a TIFF structure of one entry, of type SHORT.
func tiff(order binary.ByteOrder, tag, value uint16) []byte {
	out := []byte("II*\x00\x08\x00\x00\x00")
	if order == binary.BigEndian {
		out = []byte("MM\x00*\x00\x00\x00\x08")
	}
	entry := make([]byte, 2+entrySize+4)
	order.PutUint16(entry, 1)
	order.PutUint16(entry[2:], tag)
	order.PutUint16(entry[4:], 3)
	order.PutUint32(entry[6:], 1)
	order.PutUint16(entry[10:], value)
	return append(out, entry...)
}

func TestOrientation(t *testing.T) {
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		whole := tiff(order, orientationTag, 6)
		for why, tt := range map[string]struct {
			tiff []byte
			want int
		}{
			"turned": {whole, 6}, "mirrored": {tiff(order, orientationTag, 2), 2},
			"out of range": {tiff(order, orientationTag, 9), 1}, "zero": {tiff(order, orientationTag, 0), 1},
			"another tag": {tiff(order, 0x0100, 6), 1}, "no entry": {whole[:12], 1}, "half an entry": {whole[:20], 1},
			"a header alone": {whole[:8], 1}, "half a header": {whole[:7], 1}, "nothing": {nil, 1},
			"another byte order": {append([]byte("XX"), whole[2:]...), 1},
		} {
			if got := Orientation(tt.tiff); got != tt.want {
				t.Errorf("%v, %s: %d, want %d", order, why, got, tt.want)
			}
		}
	}
}

func FuzzOrientation(f *testing.F) {
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		f.Add(tiff(order, orientationTag, 6))
	}
	f.Add([]byte("II*\x00\xff\xff\xff\x7f"))
	f.Add([]byte("MM\x00*\x00\x00\x00\x08\xff\xff\x01\x12"))
	f.Fuzz(func(t *testing.T, tiff []byte) {
		if o := Orientation(tiff); o < 1 || o > 8 {
			t.Fatalf("orientation %d", o)
		}
	})
}
