package langid

import _ "embed"

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
var hanSets = lazily(func() ([]byte, error) { return unpack(packedHan) })

// chinese distinguishes simplified Chinese, traditional Chinese, and Japanese without kana, by the characters that are
// frequent in some of them only.
func chinese(runes []rune) Guess {
	var hans, hant, onlyHans, onlyHant, onlyJa int
	sets := hanSets()
	for _, r := range runes {
		if r < hanFirst || int(r-hanFirst) >= len(sets) {
			continue
		}
		switch sets[r-hanFirst] {
		case simplified:
			onlyHans++
		case traditional:
			onlyHant++
		case japanese:
			onlyJa++
		case simplified | japanese:
			hans++
		case traditional | japanese:
			hant++
		}
	}
	simple, full := hans+onlyHans, hant+onlyHant
	g := Guess{Tag: "zh"}
	if full > simple {
		g.Tag = "zh-Hant"
	}
	switch {
	case onlyHans+onlyHant == 0 && (onlyJa > 0 || hans > 0 && hant > 0): // only Japanese mixes them
		return Guess{Tag: "ja", Sure: true}
	case onlyHans+onlyHant > onlyJa && simple != full:
		g.Sure = true
	case simple != full:
		g.Likely = []string{g.Tag, "ja"}
	default:
		g.Likely = []string{"zh", "zh-Hant", "ja"}
	}
	return g
}
