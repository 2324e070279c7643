package fetch

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
)

// encoded reports whether a response says that its body is compressed with gzip. No request asks for that, but some
// servers compress whatever they send.
func encoded(resp *http.Response) bool {
	coding := strings.ToLower(strings.TrimSpace(resp.Header.Get("Content-Encoding")))
	return coding == "gzip" || coding == "x-gzip"
}

// bodyOf returns the body of a response, inflated if it is compressed with gzip. At most the given number of compressed
// bytes are read; whoever reads the body bounds the inflated ones.
func bodyOf(resp *http.Response, most int64) io.Reader {
	if !encoded(resp) {
		return resp.Body
	}
	return &inflated{packed: bufio.NewReader(io.LimitReader(resp.Body, most))}
}

// inflated inflates a body while it is read. One that does not begin as gzip does is read as it is: some servers only
// say that they compress.
type inflated struct {
	packed *bufio.Reader
	plain  io.Reader // nil before the first Read
}

// Read implements io.Reader.
func (i *inflated) Read(b []byte) (int, error) {
	if i.plain == nil {
		i.plain = i.packed
		if magic, _ := i.packed.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
			z, err := gzip.NewReader(i.packed)
			if err != nil {
				return 0, err
			}
			i.plain = z
		}
	}
	return i.plain.Read(b)
}
