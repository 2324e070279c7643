package pictures

import (
	"net/netip"
	"sync"
)

// Limits of the pictures in memory because they are being sent, in bytes: of all, and of those for one client's
// network. A client that reads slowly keeps a picture in memory until the response's time limit. Readers of one
// popular picture share its bytes, which count once.
const (
	maxSending    = 64 << 20
	sendingClient = 16 << 20
)

// sending counts the bytes of pictures that are being sent. The zero value is ready to use. It is safe for concurrent
// use.
type sending struct {
	mu       sync.Mutex
	bytes    int64
	clients  map[netip.Prefix]int64
	pictures map[*byte]*sent // by the address of their first byte
}

// sent is a picture that is being sent, and counts for the client that was the first to request it.
type sent struct {
	client netip.Prefix
	bytes  int64
	users  int
}

// take counts a picture, and returns the function to call when it has been sent. It returns nil if there is no room,
// but never for the first picture of a client or of all.
func (s *sending) take(client netip.Prefix, data []byte) (release func()) {
	if len(data) == 0 {
		return func() {}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pictures == nil {
		s.clients, s.pictures = map[netip.Prefix]int64{}, map[*byte]*sent{}
	}
	at, n := &data[0], int64(len(data))
	p := s.pictures[at]
	if p == nil {
		if full(s.bytes, n, maxSending) || full(s.clients[client], n, sendingClient) {
			return nil
		}
		p = &sent{client: client, bytes: n}
		s.pictures[at] = p
		s.clients[client] += n
		s.bytes += n
	}
	p.users++
	return func() { s.release(at) }
}

// full reports whether n more bytes exceed the most, where there are some already.
func full(used, n, most int64) bool { return used > 0 && used+n > most }

func (s *sending) release(at *byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.pictures[at]
	if p.users--; p.users > 0 {
		return
	}
	delete(s.pictures, at)
	s.bytes -= p.bytes
	if s.clients[p.client] -= p.bytes; s.clients[p.client] == 0 {
		delete(s.clients, p.client)
	}
}
