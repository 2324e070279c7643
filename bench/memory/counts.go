package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// counts holds the number of responses by kind of request and status.
type counts struct {
	mu sync.Mutex
	n  map[string]int
}

func (c *counts) add(what string, status int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n[fmt.Sprintf("%-28s %d", what, status)]++
	if status >= 500 && status != 503 && status != 504 {
		c.n["5xx bad"]++
	}
}

func (c *counts) at(key string) int { return c.n[key] }

// drawn returns the percentage of card requests that were answered with 200. Requests for decompression bombs do not
// count.
func (c *counts) drawn() int {
	drawn, all := 0, 0
	for key, n := range c.n {
		if !strings.HasPrefix(key, "card ") || strings.HasPrefix(key, "card bomb") {
			continue
		}
		all += n
		if strings.HasSuffix(key, " 200") {
			drawn += n
		}
	}
	return 100 * drawn / max(1, all)
}

func (c *counts) lines() (out []string) {
	for _, key := range sorted(c.n) {
		out = append(out, fmt.Sprintf("%-34s %4d", key, c.n[key]))
	}
	return out
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
