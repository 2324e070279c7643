package main

import (
	"maps"
	"math"
)

// prune returns the words without those that are never among the words of the least cost, because shorter words of the
// list have together at most the same. Words of lists without costs stay.
func prune(words map[string]int) map[string]int {
	kept := maps.Clone(words)
	maps.DeleteFunc(kept, func(w string, cost int) bool { return cost > 0 && leastOfParts(words, []rune(w)) <= cost })
	return kept
}

// leastOfParts returns the least sum of costs of shorter words that make up a word.
func leastOfParts(words map[string]int, word []rune) int {
	best := make([]int, len(word)+1)
	for i := range best[1:] {
		best[i+1] = math.MaxInt32
	}
	for from := range word {
		for to := from + 1; to <= len(word) && to-from < len(word); to++ {
			if cost, ok := words[string(word[from:to])]; ok {
				best[to] = min(best[to], best[from]+cost)
			}
		}
	}
	return best[len(word)]
}
