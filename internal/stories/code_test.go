package stories

import (
	"math"
	"strings"
	"testing"
)

// TestCodesFavourNoLetter draws 150,000 codes: each of the 62 letters comes as often as the others. A byte taken
// modulo 62 would give eight of them a fifth more. Of fair codes one run in a hundred million fails.
func TestCodesFavourNoLetter(t *testing.T) {
	counts := map[rune]int{}
	const codes = 150_000
	for range codes {
		code := newCode()
		if len(code) != codeLength {
			t.Fatalf("%q has %d letters", code, len(code))
		}
		for _, letter := range code {
			counts[letter]++
		}
	}
	want := float64(codes*codeLength) / float64(len(codeAlphabet))
	chi := 0.0
	for _, letter := range codeAlphabet {
		chi += math.Pow(float64(counts[letter])-want, 2) / want
	}
	for letter := range counts {
		if !strings.ContainsRune(codeAlphabet, letter) {
			t.Errorf("%q is no letter of codes", letter)
		}
	}
	if chi > 145 { // 61 degrees of freedom
		t.Errorf("chi-squared is %.0f", chi)
	}
}
