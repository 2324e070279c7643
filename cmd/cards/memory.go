package main

import (
	"os"
	"runtime/debug"
)

const (
	// workingMemory is what the service may use beside its memory cache, in bytes, before garbage is collected
	// more often than gcPercent says. With the worst photos (make memory) the process then stays under 440 MiB; at
	// 384 MiB it came to 506 of the 512 that are promised.
	workingMemory = 304 << 20

	// gcPercent is the percentage of garbage at which it is collected. Under photo cards the peak is 129 MB, and 165
	// with Go's 100; it costs up to 15 % of the processor time of cached pictures.
	gcPercent = 50
)

// limitMemory sets how much memory Go uses, unless the operator has set GOMEMLIMIT and GOGC.
func limitMemory(memoryCache int64) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(workingMemory + memoryCache)
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
}
