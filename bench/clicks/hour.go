package main

import (
	"math/rand/v2"
	"slices"

	"newsroom.example/cards/internal/store"
)

// tap is a click at a second of the hour.
type tap struct {
	second  int
	network store.Network
	group   int // of readers, or the attacker
}

// hour is a ShareWindow of one story.
type hour struct {
	rule   store.ShareRule
	random *rand.Rand
	taps   []tap
}

func newHour(rule store.ShareRule) *hour {
	return &hour{rule: rule, random: rand.New(rand.NewPCG(1, 2))}
}

// add adds n clicks of a group, at random seconds of the hour before the given one. from returns the network of each.
func (h *hour) add(group, n, until int, from func(i int) store.Network) {
	for i := range n {
		h.taps = append(h.taps, tap{h.random.IntN(until), from(i), group})
	}
}

const length = 3600 // seconds

// numbers is the number of different numbers that networks have.
const numbers = 4095

// crowd adds n honest clicks of group 0. Each is of a network of its own, which has a random number.
func (h *hour) crowd(n int) {
	h.add(0, n, length, func(int) store.Network { return store.Network{Wide: uint16(1 + h.random.IntN(numbers))} })
}

// inOrder returns the clicks in the order of their times.
func (h *hour) inOrder() []tap {
	taps := slices.Clone(h.taps)
	slices.SortStableFunc(taps, func(a, b tap) int { return a.second - b.second })
	return taps
}

// counted returns how many clicks of each of two groups are counted.
func (h *hour) counted() (counted [2]int) {
	var before store.NetworkCounts
	for _, t := range h.inOrder() {
		if !h.rule.Admits(t.network, before) {
			continue
		}
		before.Add(t.network)
		counted[t.group]++
	}
	return counted
}
