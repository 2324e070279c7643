package wordlist

import "math"

// costUnknown is the cost of a character that is in no word.
const costUnknown = 255

// katakanaCosts are the costs of katakana that are in no list, by their number: most foreign names have three to five.
var katakanaCosts = []int{8192, 984, 408, 240, 204, 252, 300, 372, 480}

const (
	costLongKatakana = 8192
	longestKatakana  = 20
)

// markCheapest marks the words whose costs have the least sum.
func markCheapest(list *trie, runes []rune, inside []bool) {
	type ending struct{ cost, from int }
	best := make([]ending, len(runes)+1)
	for i := range best[1:] {
		best[i+1].cost = math.MaxInt
	}
	try := func(from, to, cost int) {
		if cost += best[from].cost; cost < best[to].cost {
			best[to] = ending{cost, from}
		}
	}
	var found []word
	for i, r := range runes {
		found, _ = list.words(found[:0], runes[i:])
		for _, w := range found {
			try(i, i+w.length, w.cost)
		}
		if len(found) == 0 || found[0].length > 1 {
			try(i, i+1, costUnknown)
		}
		if isKatakana(r) && (i == 0 || !isKatakana(runes[i-1])) {
			n := 1
			for i+n < len(runes) && n < longestKatakana && isKatakana(runes[i+n]) {
				n++
			}
			try(i, i+n, katakanaCost(n))
		}
	}
	for to := len(runes); to > 0; to = best[to].from {
		for i := best[to].from + 1; i < to; i++ {
			inside[i] = true
		}
	}
}

func katakanaCost(n int) int {
	if n < len(katakanaCosts) {
		return katakanaCosts[n]
	}
	return costLongKatakana
}

// isKatakana reports whether r is katakana, of full or half width, without the middle dot.
func isKatakana(r rune) bool {
	return r >= 'ァ' && r <= 'ヾ' && r != '・' || r >= 'ｦ' && r <= 'ﾟ'
}
