package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// gcPercent lets garbage be a quarter of what is in use before it is collected, where Go lets it be as
// much. Most of what the service holds is pictures, which are collected without being looked into, and
// what a card leaves behind is little: under photo cards this takes a tenth less memory than a half would,
// and no more of the processor than can be measured.
const gcPercent = 25

// leastGarbage is worth no collection, in bytes, however little is in use: a service that only serves
// kept pictures holds fonts and little else, and would go through all of them every 4 MiB.
const leastGarbage = 16 << 20

// collectOften sets how much garbage may lie about, unless the operator has said so by GOGC. GOMEMLIMIT
// goes on to hold beside it.
func collectOften() {
	if os.Getenv("GOGC") == "" {
		setGCPercent()
		eachCollection(setGCPercent)
	}
}

// setGCPercent sets the percentage for what is in use now. Before the first collection nothing is known
// to be, and the percentage is the least.
func setGCPercent() {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	debug.SetGCPercent(percentFor(live[0].Value.Uint64()))
}

// percentFor lets garbage be leastGarbage of the bytes in use, or gcPercent where that is more; never
// more than twenty times what is in use.
func percentFor(live uint64) int {
	if live == 0 {
		return gcPercent
	}
	return max(gcPercent, int(min(leastGarbage*100/live, 2000)))
}

// eachCollection calls do after each collection of garbage, one call at a time, until the process ends.
func eachCollection(do func()) {
	sign := &struct{ _ *byte }{} // has a pointer: what has none may share its memory, and outlive its use
	runtime.AddCleanup(sign, func(struct{}) {
		do()
		eachCollection(do)
	}, struct{}{})
}
