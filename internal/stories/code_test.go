package stories

import (
	"math"
	"strings"
	"testing"
)

// TestCodesFavourNoLetter makes 150,000 codes and checks that each of the 62 letters is equally frequent. A byte
// modulo 62 would make eight of them 25 % more frequent. With fair codes the test fails once in a hundred million
// runs.
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
