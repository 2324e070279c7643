package langid

import (
	_ "embed"

	"newsroom.example/cards/internal/unpack"
)

// hanFirst is the first character of model/han.zst.
const hanFirst = 0x4e00

// Sets of characters, as bits of model/han.zst.
const (
	simplified  = 1 << iota // GB 2312
	traditional             // the frequent characters of Big5
	japanese                // level 1 of JIS X 0208
)

//go:embed model/han.zst
var packedHan []byte

// hanSets returns the sets that have each character from hanFirst on.
var hanSets = lazily(func() ([]byte, error) { return unpack.Zstd(packedHan) })

// chinese distinguishes simplified Chinese, traditional Chinese, and Japanese without kana, by the characters that are
// frequent in some of them only.
func chinese(runes []rune) Guess {
	var hans, hant, onlyJa, notJa int // characters of one script, of Japanese only, of no Japanese
	sets := hanSets()
	for _, r := range runes {
		if r < hanFirst || int(r-hanFirst) >= len(sets) || sets[r-hanFirst] == 0 {
			continue
		}
		set := sets[r-hanFirst]
		switch set &^ japanese {
		case simplified:
			hans++
		case traditional:
			hant++
		case 0:
			onlyJa++
		}
		if set&japanese == 0 {
			notJa++
		}
	}
	g := Guess{Tag: "zh"}
	if hant > hans {
		g.Tag = "zh-Hant"
	}
	switch {
	case notJa == 0 && (onlyJa > 0 || hans > 0 && hant > 0): // only Japanese mixes them
		return Guess{Tag: "ja", Sure: true}
	case notJa > onlyJa && hans != hant:
		g.Sure = true
	case hans != hant:
		g.Likely = []string{g.Tag, "ja"}
	case notJa > 0:
		g.Likely = []string{"zh", "zh-Hant"}
	default:
		g.Likely = []string{"zh", "zh-Hant", "ja"}
	}
	return g
}
