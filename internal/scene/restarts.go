package scene

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
)

// WithRestarts returns the picture as a JPEG with a restart marker every 16 rows. It inserts the bytes of before
// directly before the last marker. The picture may have at most 65,535 pixels in each direction. It returns an error
// if the picture cannot be encoded.
func WithRestarts(m *image.RGBA, before string) ([]byte, error) {
	var out bytes.Buffer
	for y := 0; y < m.Rect.Dy(); y += 16 {
		var strip bytes.Buffer
		part := m.SubImage(image.Rect(0, y, m.Rect.Max.X, y+16)) // prediction restarts after a marker
		if err := jpeg.Encode(&strip, part, nil); err != nil {
			return nil, err
		}
		data := strip.Bytes()
		sof, sos := bytes.Index(data, []byte{0xff, 0xc0}), bytes.Index(data, []byte{0xff, 0xda})
		if y == 0 {
			binary.BigEndian.PutUint16(data[sof+5:], uint16(m.Rect.Dy()))
			out.Write(data[:sos])
			out.Write(binary.BigEndian.AppendUint16([]byte{0xff, 0xdd, 0, 4}, uint16((m.Rect.Dx()+15)/16)))
			out.Write(data[sos : len(data)-2])
			continue
		}
		if y+16 >= m.Rect.Dy() {
			out.WriteString(before)
		}
		out.Write([]byte{0xff, 0xd0 + byte(y/16-1)&7})
		out.Write(data[sos+2+int(binary.BigEndian.Uint16(data[sos+2:])) : len(data)-2])
	}
	out.Write([]byte{0xff, 0xd9})
	return out.Bytes(), nil
}
