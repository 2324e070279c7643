package stories

import "crypto/rand"

const (
	codeLength   = 7
	codeAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

// newCode returns a random short code of 7 letters and digits, from crypto/rand. It discards bytes that would make
// some letters more likely than others.
func newCode() string {
	code := make([]byte, 0, codeLength)
	var random [2 * codeLength]byte
	for {
		_, _ = rand.Read(random[:]) // never fails (crypto/rand)
		for _, b := range random {
			if int(b) < 256-256%len(codeAlphabet) {
				if code = append(code, codeAlphabet[int(b)%len(codeAlphabet)]); len(code) == codeLength {
					return string(code)
				}
			}
		}
	}
}
