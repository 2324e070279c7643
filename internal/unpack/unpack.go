// Package unpack reads the compressed data that the program embeds: fonts, word lists and models.
package unpack

import "github.com/klauspost/compress/zstd"

// Zstd returns the data that was compressed with zstd. It uses a new decoder each time, because a decoder keeps its
// last data in memory. It is safe for concurrent use.
func Zstd(data []byte) ([]byte, error) {
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer decoder.Close()
	return decoder.DecodeAll(data, nil)
}
