package main

import (
	"os"
	"runtime/debug"
)

const (
	// workingMemory is the part of the soft memory limit that is not for the memory cache, in bytes. Near the
	// limit Go collects garbage more often. With the most expensive photos (make memory) the process then stays
	// under 440 MiB; with a value of 384 MiB it reached 506 of the promised 512.
	workingMemory = 304 << 20

	// limitedGC is the GOGC percentage if the operator has set GOMEMLIMIT. With GOMEMLIMIT at 384 MiB the same
	// load stays at 433 MiB. It costs 15 % of the processor time of cached pictures, so it is not used otherwise.
	limitedGC = 50
)

// limitMemory limits Go's memory. GOMEMLIMIT and GOGC, if the operator has set them, take precedence.
func limitMemory(memoryCache int64) {
	switch {
	case os.Getenv("GOMEMLIMIT") == "":
		debug.SetMemoryLimit(workingMemory + memoryCache)
	case os.Getenv("GOGC") == "":
		debug.SetGCPercent(limitedGC)
	}
}
