package unpack

import (
	"bytes"
	"testing"

	"github.com/klauspost/compress/zstd"
)

func TestZstd(t *testing.T) {
	want := bytes.Repeat([]byte("harbor "), 5000)
	encoder, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	small := encoder.EncodeAll(want, nil)
	if got, err := Zstd(small); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes of %d: %v", len(got), len(want), err)
	}
	small[len(small)/2] ^= 1
	if _, err := Zstd(small); err == nil {
		t.Error("damaged data is read")
	}
}
