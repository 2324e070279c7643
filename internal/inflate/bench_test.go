package inflate

import (
	"bytes"
	"compress/flate"
	"io"
	"testing"

	fast "github.com/klauspost/compress/flate"
)

// BenchmarkInflate compares with the decompressors that read from an io.Reader, on what the filters leave of a photo.
func BenchmarkInflate(b *testing.B) {
	data := samples()["differences"]
	stream := compressed(b, data, 6)
	buf := make([]byte, Window+128<<10+Slack)
	var r Reader
	for name, f := range map[string]func() error{
		"ours": func() error {
			r.Reset(pieces(stream, 0))
			for at := 0; ; {
				n, err := r.Fill(buf, at, Window+128<<10)
				if err != nil || r.Ended() {
					return err
				}
				at = copy(buf, buf[n-Window:n])
			}
		},
		"compress/flate": func() error {
			_, err := io.Copy(io.Discard, flate.NewReader(bytes.NewReader(stream)))
			return err
		},
		"klauspost": func() error {
			_, err := io.Copy(io.Discard, fast.NewReader(bytes.NewReader(stream)))
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if err := f(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
