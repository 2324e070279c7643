package guarded

import (
	"syscall"
	"testing"
	"unsafe"
)

// Area is memory between two pages that cannot be touched. It is for one goroutine at a time.
type Area struct{ pages []byte }

// New is an area for slices of up to size bytes, which are gone when the test ends.
func New(t testing.TB, size int) *Area {
	t.Helper()
	page := syscall.Getpagesize()
	inner := (size + page - 1) / page * page
	all, err := syscall.Mmap(-1, 0, inner+2*page, syscall.PROT_READ|syscall.PROT_WRITE,
		syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Munmap(all) })
	for _, guard := range [][]byte{all[:page], all[page+inner:]} {
		if err := syscall.Mprotect(guard, syscall.PROT_NONE); err != nil {
			t.Fatal(err)
		}
	}
	return &Area{all[page : page+inner : page+inner]}
}

// Side is an end of an area.
type Side int

// The sides: before the slice or behind it nothing can be touched.
const (
	Before Side = iota
	Behind
)

// Sides are both.
var Sides = [...]Side{Before, Behind}

// Slice is n elements, without pointers into Go's memory, at a side of an area that they fit into. They hold what the
// area held.
func Slice[T any](a *Area, at Side, n int) []T {
	first, size := 0, n*int(unsafe.Sizeof(*new(T)))
	if at == Behind {
		first = len(a.pages) - size
	}
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(a.pages[first:first+size]))), n)
}
