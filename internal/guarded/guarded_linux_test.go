package guarded

import (
	"runtime/debug"
	"syscall"
	"testing"
	"unsafe"
)

// faults reports whether an access causes a fault.
func faults(touch func()) (faulted bool) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() { faulted = recover() != nil }()
	touch()
	return false
}

// TestBothEndsAreGuarded: every byte of a slice can be accessed, and no byte beyond.
func TestBothEndsAreGuarded(t *testing.T) {
	for _, size := range []int{1, 64, syscall.Getpagesize(), syscall.Getpagesize() + 4} {
		a := New(t, size)
		start, end := Slice[byte](a, Before, size), Slice[byte](a, Behind, size)
		if faults(func() { start[0], start[size-1], end[0], end[size-1] = 1, 2, 3, 4 }) {
			t.Errorf("%d bytes cannot be used", size)
		}
		if !faults(func() { *(*byte)(unsafe.Add(unsafe.Pointer(&start[0]), -1)) = 1 }) {
			t.Errorf("%d bytes can be written before", size)
		}
		if !faults(func() { start[0] = *(*byte)(unsafe.Add(unsafe.Pointer(&end[size-1]), 1)) }) {
			t.Errorf("%d bytes can be read behind", size)
		}
	}
	words := Slice[uint32](New(t, 40), Behind, 10)
	if !faults(func() { words[0] = *(*uint32)(unsafe.Add(unsafe.Pointer(&words[9]), 4)) }) {
		t.Error("an eleventh of ten words can be read")
	}
}
