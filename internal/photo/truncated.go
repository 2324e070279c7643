package photo

import (
	"io"
)

// usableRows is the minimum share of rows, in tenths, with which a truncated photo is shown.
const usableRows = 6

// file is the input of a decoder. It records whether the decoder read beyond the end. In that case the file is
// truncated, because a complete file has an end mark.
type file struct {
	data  []byte
	at    int
	ended bool
}

func (f *file) Read(b []byte) (n int, err error) {
	if f.at == len(f.data) {
		f.ended = true
		return 0, io.EOF
	}
	n = copy(b, f.data[f.at:])
	f.at += n
	return n, nil
}

// MayBeCut reports whether the file lacks the end that its format requires. Only decoding shows whether a part of the
// picture is missing; see Photo.Cut.
func (info Info) MayBeCut(data []byte) bool {
	switch info.Format {
	case "jpeg":
		return info.jpeg.cut
	case "png", "webp":
		return info.cut
	case "gif":
		return !firstFrameEnds(data)
	}
	return true
}
