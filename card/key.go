package card

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"net/url"
	"slices"
)

// Key identifies the pixels of a card: pictures with equal keys have equal pixels, except that the source of a photo
// by URL can send another one; see With. It is lower-case hex.
type Key string

// Key returns a hash of everything that determines the picture. renderer is the version of the code, fonts and designs
// that draw it, so that a change leads to a new key. format is "jpg" or "png".
func (c Card) Key(renderer, format string) Key {
	sum := sha256.Sum256(canonical("card", []string{renderer, format}, c.Values()))
	return Key(hex.EncodeToString(sum[:]))
}

// With returns the key of the card with one of the photos that its photo's URL has had: the one with the ID, which
// derives from the photo's bytes.
func (k Key) With(photo string) Key {
	sum := sha256.Sum256(canonical("card with photo", []string{string(k), photo}, nil))
	return Key(hex.EncodeToString(sum[:]))
}

// ETag returns the strong entity tag of the picture (RFC 9110, section 8.8.3), including the quotes.
func (k Key) ETag() string {
	raw, _ := hex.DecodeString(string(k))
	return `"` + base64.RawURLEncoding.EncodeToString(raw[:min(len(raw), 18)]) + `"`
}

// canonical encodes names and values so that different inputs always give different bytes: each piece is preceded by
// its length. Without lengths, "a|b"+"c" and "a"+"b|c" could be equal.
func canonical(purpose string, head []string, q url.Values) []byte {
	var b []byte
	put := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	put(purpose)
	for _, s := range head {
		put(s)
	}
	for _, name := range sortedKeys(q) {
		for _, v := range q[name] {
			put(name)
			put(v)
		}
	}
	return b
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
