package card

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"net/url"
	"slices"
)

// Key names the pixels of a card: equal keys, equal pixels. It is lower-case hex.
type Key string

// Key hashes everything that shapes the picture. renderer names the code and fonts that
// draw, so that a change of either draws anew; format is the picture's ending, "jpg" or "png".
func (c Card) Key(renderer, format string) Key {
	sum := sha256.Sum256(canonical("card", []string{renderer, format}, c.Values()))
	return Key(hex.EncodeToString(sum[:]))
}

// ETag is the strong entity tag of the picture (RFC 9110, section 8.8.3), quotes included.
func (k Key) ETag() string {
	raw, _ := hex.DecodeString(string(k))
	return `"` + base64.RawURLEncoding.EncodeToString(raw[:min(len(raw), 18)]) + `"`
}

// canonical lays out names and values so that no two different inputs give the same bytes:
// each piece is preceded by its length (no "a|b"+"c" that equals "a"+"b|c").
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

func sortedKeys(q url.Values) []string {
	keys := make([]string, 0, len(q))
	for k := range q {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
