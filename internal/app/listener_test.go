package app

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"testing"
)

// accepted is a connection of ours and its other end.
func accepted(t *testing.T, l *listener) (near *conn, far net.Conn) {
	t.Helper()
	far, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	c, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close(); _ = far.Close() })
	return c.(*conn), far
}

func listening(t *testing.T, most int) *listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return newListener(l, most)
}

// TestTogether: in whatever pieces an answer is written, together or not, it arrives whole and in order.
func TestTogether(t *testing.T) {
	near, far := accepted(t, listening(t, 1))
	r := rand.New(rand.NewPCG(3, 1))
	sizes := [][]int{{}, {1}, {mostHeld, 200_000}, {mostHeld + 1}, {10, 20, 30}, {300_000, 5}, {mostHeld, 0, mostHeld}, {0, 7}}
	for range 200 {
		var pieces []int
		for range r.IntN(5) {
			pieces = append(pieces, r.IntN(3*mostHeld))
		}
		sizes = append(sizes, pieces)
	}
	var want []byte
	got := make(chan []byte)
	go func() {
		all, _ := io.ReadAll(far)
		got <- all
	}()
	for i, pieces := range sizes {
		write := func() {
			for _, n := range pieces {
				p := bytes.Repeat([]byte{byte(i)}, n)
				if written, err := near.Write(p); err != nil || written != n {
					t.Fatalf("%v: %d written, %v", pieces, written, err)
				}
				want = append(want, p...)
				clear(p) // net/http uses its buffer again
			}
		}
		if i%3 == 2 {
			write()
		} else {
			near.Together(write)
		}
		if len(near.held) > 0 {
			t.Fatalf("%v: %d bytes are still held", pieces, len(near.held))
		}
	}
	_ = near.Close()
	if all := <-got; !bytes.Equal(all, want) {
		t.Errorf("%d bytes arrive, others than the %d that were written", len(all), len(want))
	}
}

// TestTogetherToNobody: a client that is gone is an error, and holds nothing.
func TestTogetherToNobody(t *testing.T) {
	near, _ := accepted(t, listening(t, 1))
	_ = near.Close()
	near.Together(func() {
		_, _ = near.Write([]byte("head"))
		if n, err := near.Write(make([]byte, 100_000)); err == nil || n != 0 {
			t.Errorf("%d written, %v", n, err)
		}
	})
	if len(near.held) > 0 {
		t.Errorf("%d bytes are still held", len(near.held))
	}
}

// TestRoom: one connection more than there is room for is accepted when another has been closed, however
// often that is said; a closed listener lets nobody wait.
func TestRoom(t *testing.T) {
	l := listening(t, 1)
	first, _ := accepted(t, l)
	far, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer far.Close()
	next := make(chan error)
	accept := func() { _, err := l.Accept(); next <- err }
	go accept()
	select {
	case err := <-next:
		t.Fatalf("two are accepted where there is room for one: %v", err)
	default:
	}
	_ = first.Close()
	_ = first.Close()
	if err := <-next; err != nil {
		t.Error(err)
	}
	go accept()
	_ = l.Close()
	if err := <-next; !errors.Is(err, net.ErrClosed) {
		t.Errorf("after closing: %v", err)
	}
}
