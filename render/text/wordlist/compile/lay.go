package main

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
)

// lay returns the words in the form that package wordlist reads: the nodes of their trie, level by level.
func lay(words map[string]int) ([]byte, error) {
	type node struct {
		label    rune
		cost     int
		children map[rune]*node
	}
	top := &node{}
	for w, cost := range words {
		if cost > 254 {
			return nil, fmt.Errorf("%q has the cost %d", w, cost)
		}
		at := top
		for _, r := range w {
			if r > 0xffff {
				return nil, fmt.Errorf("%q is not of the Basic Multilingual Plane", w)
			}
			next := at.children[r]
			if next == nil {
				if at.children == nil {
					at.children = map[rune]*node{}
				}
				next = &node{label: r}
				at.children[r] = next
			}
			at = next
		}
		at.cost = cost + 1
	}
	all := []*node{top}
	for i := 0; i < len(all); i++ {
		children := all[i].children
		if len(children) > 0xffff {
			return nil, fmt.Errorf("%c has %d children", all[i].label, len(children))
		}
		for _, r := range slices.Sorted(maps.Keys(children)) {
			all = append(all, children[r])
		}
	}
	n := len(all)
	raw := make([]byte, 4+5*n)
	binary.LittleEndian.PutUint32(raw, uint32(n))
	for i, node := range all {
		for column, b := range []int{
			int(node.label >> 8), int(node.label), len(node.children) >> 8, len(node.children), node.cost,
		} {
			raw[4+column*n+i] = byte(b)
		}
	}
	return raw, nil
}
