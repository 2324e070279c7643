package main

import (
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// characterSets returns a byte for each character from U+4E00 to U+9FFF. Its bits say which sets have it: GB 2312 (1),
// the frequent half of Big5 (2), level 1 of JIS X 0208 (4).
func characterSets() []byte {
	gb, jis, big5 := encoder(simplifiedchinese.HZGB2312), encoder(japanese.ShiftJIS), frequentBig5()
	var sets []byte
	for r := rune(0x4e00); r <= 0x9fff; r++ {
		var b byte
		if gb(r) != 0 {
			b |= 1
		}
		if big5[r] {
			b |= 2
		}
		if n := jis(r); n >= 0x889f && n <= 0x9872 {
			b |= 4
		}
		sets = append(sets, b)
	}
	return sets
}

// encoder returns a function that gives a character's number in an encoding, or 0.
func encoder(e encoding.Encoding) func(rune) int {
	return func(r rune) (n int) {
		out, err := e.NewEncoder().Bytes([]byte(string(r)))
		if err != nil {
			return 0
		}
		for _, b := range out {
			n = n<<8 | int(b)
		}
		return n
	}
}

// frequentBig5 returns the characters of Big5's first level. The encoder may give others of the numbers that some have.
func frequentBig5() map[rune]bool {
	all := map[rune]bool{}
	for n := 0xa440; n <= 0xc67e; n++ {
		out, err := traditionalchinese.Big5.NewDecoder().Bytes([]byte{byte(n >> 8), byte(n)})
		if r := []rune(string(out)); err == nil && len(r) == 1 {
			all[r[0]] = true
		}
	}
	return all
}
