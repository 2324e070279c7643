package main

import (
	"errors"
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
}

// check returns an error if a response shows that the service failed, or if too little was done for the peak of memory
// to mean anything: a service that refuses everything needs none.
func (c *counts) check() error {
	for key, n := range c.n {
		what, status := key[:strings.LastIndex(key, " ")], key[strings.LastIndex(key, " ")+1:]
		switch {
		case status == "0":
			return fmt.Errorf("%s: %d requests without a response", strings.TrimSpace(what), n)
		case status >= "500" && status != "503" && status != "504":
			return fmt.Errorf("%s: %d responses of %s", strings.TrimSpace(what), n, status)
		case strings.Contains(what, " bomb") && status < "400":
			return fmt.Errorf("%s: %d responses of %s", strings.TrimSpace(what), n, status)
		}
	}
	if drawn := c.done("card ", "200"); drawn < leastDone {
		return fmt.Errorf("%d %% of the cards that can be drawn were", drawn)
	}
	if c.done("upload ", "201") == 0 {
		return errors.New("no upload was accepted")
	}
	return nil
}

// done returns the percentage of the requests of a kind that were answered with a status. Those with decompression
// bombs do not count.
func (c *counts) done(kind, status string) int {
	done, all := 0, 0
	for key, n := range c.n {
		if !strings.HasPrefix(key, kind) || strings.Contains(key, " bomb") {
			continue
		}
		all += n
		if strings.HasSuffix(key, " "+status) {
			done += n
		}
	}
	return 100 * done / max(1, all)
}

func (c *counts) lines() (out []string) {
	for _, key := range sorted(c.n) {
		out = append(out, fmt.Sprintf("%-34s %4d", key, c.n[key]))
	}
	return out
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
