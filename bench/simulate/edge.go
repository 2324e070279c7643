package main

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// edge is a cache of the CDN. It keeps each answer for as long as its Cache-Control says, in the time of the simulated
// day, and asks for what it lacks once, however many want it. It is safe for concurrent use.
type edge struct {
	mu   sync.Mutex
	kept map[string]*kept
}

type kept struct {
	mu    sync.Mutex
	until float64 // second of the day
}

// get returns whether the edge had the answer at the second. Otherwise fetch asks the service.
func (e *edge) get(address string, second float64, fetch func() (http.Header, error)) (hit bool, err error) {
	e.mu.Lock()
	if e.kept == nil {
		e.kept = map[string]*kept{}
	}
	k := e.kept[address]
	if k == nil {
		k = &kept{}
		e.kept[address] = k
	}
	e.mu.Unlock()
	k.mu.Lock()
	defer k.mu.Unlock()
	if second < k.until {
		return true, nil
	}
	header, err := fetch()
	if err == nil {
		k.until = second + maxAge(header)
	}
	return false, err
}

// maxAge returns for how many seconds caches may keep an answer (RFC 9111, 5.2.2).
func maxAge(h http.Header) float64 {
	age := 0.0
	for part := range strings.SplitSeq(h.Get("Cache-Control"), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch strings.ToLower(name) {
		case "no-store", "private", "no-cache":
			return 0
		case "max-age":
			age, _ = strconv.ParseFloat(value, 64)
		}
	}
	return age
}
