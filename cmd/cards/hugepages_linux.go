package main

import (
	"syscall"
	"unsafe"
)

const (
	arenaSize = 64 << 20 // in which Go reserves memory for its heap, aligned
	startHeap = 32 << 20 // of it is asked for at once
)

// useHugePages asks the kernel for pages of 2 MiB for the beginning of the heap, where Linux gives them to those who
// ask (which many distributions make the default). A start touches some 20 MB for the first time, each page with a
// fault. On a virtual machine where a fault takes 20 to 35 µs, `cards render` took 0.29 s with 5,150 faults, and takes
// 0.20 s with 1,950; its peak of memory is the same.
//
// Go asks for parts of the heap as it grows, which forgets the advice. So the beginning is allocated first, which
// touches nothing, and is garbage afterwards.
func useHugePages() {
	block := make([]byte, startHeap)
	first := unsafe.Pointer(unsafe.SliceData(block))
	before := uintptr(first) % arenaSize // the heap up to now
	heap := unsafe.Slice((*byte)(unsafe.Add(first, -int(before))), before+startHeap)
	_ = syscall.Madvise(heap, syscall.MADV_HUGEPAGE) // a kernel that cannot do it says so; then nothing changes
}
