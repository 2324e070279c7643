package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"

	"newsroom.example/cards/internal/scene"
)

// withICC inserts a profile into a JPEG, in parts of at most size bytes.
func withICC(data, profile []byte, size int) []byte {
	out := append([]byte{}, data[:2]...)
	all := (len(profile) + size - 1) / size
	for i := range all {
		part := profile[i*size : min((i+1)*size, len(profile))]
		body := append([]byte("ICC_PROFILE\x00"), byte(i+1), byte(all))
		body = append(body, part...)
		out = append(append(out, 0xff, markerAPP2, byte((len(body)+2)>>8), byte(len(body)+2)), body...)
	}
	return append(out, data[2:]...)
}

// withChunk inserts a chunk after the header of a PNG.
func withChunk(data []byte, name string, body []byte) []byte {
	const head = 8 + 25
	return append(append(append([]byte{}, data[:head]...), scene.PNGChunk(name, body)...), data[head:]...)
}

func packed(profile []byte) []byte {
	out := bytes.NewBufferString("a name\x00\x00")
	z := zlib.NewWriter(out)
	_, _ = z.Write(profile)
	_ = z.Close()
	return out.Bytes()
}

// bomb returns a compressed chunk of the given number of MiB of zeros, without an end. It repeats the compressed
// form of 1 MiB.
func bomb(mebibytes int) []byte {
	out := bytes.NewBufferString("a name\x00\x00")
	z := zlib.NewWriter(out)
	for range 2 {
		_, _ = z.Write(make([]byte, 1<<20))
		_ = z.Flush()
	}
	head := out.Len()
	_, _ = z.Write(make([]byte, 1<<20))
	_ = z.Flush()
	return append(out.Bytes()[:head:head], bytes.Repeat(out.Bytes()[head:], mebibytes-2)...)
}

// webpWith returns a file of RIFF chunks with a profile, but without a picture.
func webpWith(profile []byte) []byte {
	out := []byte("RIFF\x00\x00\x00\x00WEBP")
	for _, c := range []struct {
		name string
		body []byte
	}{{"VP8X", make([]byte, 10)}, {"ODD ", make([]byte, 3)}, {"ICCP", profile}} {
		out = binary.LittleEndian.AppendUint32(append(out, c.name...), uint32(len(c.body)))
		out = append(append(out, c.body...), make([]byte, len(c.body)%2)...)
	}
	return out
}
