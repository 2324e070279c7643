package blob

import (
	"bytes"
	"crypto/sha256"
)

// SealBytes is how many bytes longer a file or object is than its blob.
const SealBytes = sha256.Size

// Seal returns the SHA-256 of the data and then the data: the content of the file or object that stores a blob.
func Seal(data []byte) []byte {
	sum := sha256.Sum256(data)
	return append(sum[:], data...)
}

// Unseal returns the data of a file or object, and whether it matches the hash at its beginning.
func Unseal(raw []byte) (data []byte, ok bool) {
	if len(raw) < sha256.Size {
		return nil, false
	}
	sum := sha256.Sum256(raw[sha256.Size:])
	return raw[sha256.Size:], bytes.Equal(sum[:], raw[:sha256.Size])
}
