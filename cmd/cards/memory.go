package main

import (
	"os"
	"runtime/debug"
)

// workingMemory is what the service may use beside its memory cache, in bytes, before garbage is collected
// more often than Go does by itself: below it the collector costs little, and what runs over 512 MiB in all
// is seldom kept alive by an operating system.
const workingMemory = 368 << 20

// limitMemory sets the soft limit of Go's memory, unless the operator has by GOMEMLIMIT.
func limitMemory(memoryCache int64) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(workingMemory + memoryCache)
	}
}
