package guarded

import (
	"syscall"
	"testing"
	"unsafe"
)

// Area is memory between two guard pages. It must not be used concurrently.
type Area struct{ pages []byte }

// New returns an area for slices of up to size bytes. They are valid until the test ends.
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

// The sides: the guard page is before the slice, or behind it.
const (
	Before Side = iota
	Behind
)

// Sides has both sides.
var Sides = [...]Side{Before, Behind}

// Slice returns a slice of n elements at a side of an area, which must be large enough. The elements must not contain
// Go pointers. They have the current contents of the area.
func Slice[T any](a *Area, at Side, n int) []T {
	first, size := 0, n*int(unsafe.Sizeof(*new(T)))
	if at == Behind {
		first = len(a.pages) - size
	}
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(a.pages[first:first+size]))), n)
}
