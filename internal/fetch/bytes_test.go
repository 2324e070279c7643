package fetch

import (
	"bytes"
	"context"
	"net/http/httptest"
	"sync"
	"testing"
)

// TestBytesServeAgain: the memory of a body is used again once the last holder has released it, and cannot be
// held from then on.
func TestBytesServeAgain(t *testing.T) {
	pixel := onePixel(t)
	server := httptest.NewServer(serves(pixel))
	defer server.Close()
	f := newClient(t, patient())
	fetch := func() (a Answer) {
		t.Helper()
		keep := Keep{Way: "held", Do: func(context.Context, Answer) error { return nil }}
		a, err := f.Media(t.Context(), server.URL, Request{Keep: keep})
		if err != nil || !bytes.Equal(a.Data, pixel) {
			t.Fatal(err)
		}
		return a
	}
	first := fetch()
	if !first.Held.Hold() {
		t.Fatal("bytes with a holder cannot be held")
	}
	first.Held.Release()
	second := fetch()
	if &second.Data[0] == &first.Data[0] {
		t.Fatal("bytes that are held are used again")
	}
	first.Held.Release()
	third := fetch()
	if &third.Data[0] != &first.Data[0] {
		t.Error("bytes without a holder are not used again")
	}
	if first.Held.Hold() || first.Held.data != nil {
		t.Error("bytes that are gone can be held")
	}
	if !third.Held.Hold() || !(*Bytes)(nil).Hold() {
		t.Error("bytes that are there cannot be held")
	}
	(*Bytes)(nil).Release()
	defer func() {
		if recover() == nil {
			t.Error("released once more than held")
		}
	}()
	first.Held.Release()
}

// TestBytesAreOnePhotos: bytes do not change while they are held, and return to the pool once.
func TestBytesAreOnePhotos(t *testing.T) {
	var pool buffers
	var all sync.WaitGroup
	for worker := range 4 {
		all.Go(func() {
			for i := range 2000 {
				mark := byte(worker*64 + i%64)
				b := newBytes(append(pool.take(64), bytes.Repeat([]byte{mark}, 64)...), &pool)
				gone := make(chan bool)
				go func() { // a late holder
					held := b.Hold()
					if held {
						if bytes.Count(b.data, []byte{mark}) != 64 {
							t.Error("another photo's bytes")
						}
						b.Release()
					}
					gone <- held
				}()
				if bytes.Count(b.data, []byte{mark}) != 64 {
					t.Error("another photo's bytes")
				}
				b.Release()
				if <-gone; b.Hold() {
					t.Error("held after all have released it")
				}
			}
		})
	}
	all.Wait()
	if pool.bytes > maxIdleBytes || len(pool.idle) > maxIdle || len(pool.idle) == 0 {
		t.Errorf("%d wait, of %d bytes", len(pool.idle), pool.bytes)
	}
}

func TestBuffersAreBounded(t *testing.T) {
	for _, tt := range []struct {
		put  []int // sizes
		idle int   // buffers that wait then
		take int
		room int // of the one that is taken
		left int
	}{
		{nil, 0, 100, 100, 0},
		{[]int{100}, 1, 100, 100, 0},
		{[]int{150}, 1, 100, 150, 0},
		{[]int{151}, 1, 100, 100, 1},
		{[]int{99}, 1, 100, 100, 1},
		{[]int{100, 120}, 2, 90, 120, 1},
		{[]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, maxIdle, 2, 3, maxIdle - 1},
		{[]int{maxIdleBytes + 1}, 0, maxIdleBytes, maxIdleBytes, 0},
		{[]int{5 << 20, 4 << 20}, 1, 4 << 20, 4 << 20, 0},
		{[]int{5 << 20, 4 << 20, 4 << 20}, 2, 5 << 20, 5 << 20, 2},
	} {
		var p buffers
		for _, n := range tt.put {
			p.put(make([]byte, n))
		}
		if len(p.idle) != tt.idle {
			t.Errorf("%v: %d wait", tt.put, len(p.idle))
		}
		if b := p.take(tt.take); len(b) != 0 || cap(b) != tt.room || len(p.idle) != tt.left {
			t.Errorf("%v: room for %d of %d, %d are left", tt.put, cap(b), tt.take, len(p.idle))
		}
		sum := 0
		for _, b := range p.idle {
			sum += cap(b)
		}
		if sum != p.bytes || sum > maxIdleBytes {
			t.Errorf("%v: %d bytes wait, counted as %d", tt.put, sum, p.bytes)
		}
	}
}
