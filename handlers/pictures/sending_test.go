package pictures

import (
	"net/netip"
	"sync"
	"testing"

	"newsroom.example/cards/handlers/access"
)

// TestPicturesBeingSentAreBounded: slow clients pin a bounded amount of pictures, no client more than its share, and one
// picture counts once however many read it.
func TestPicturesBeingSentAreBounded(t *testing.T) {
	var s sending
	here, afar := access.Client("198.51.100.7"), access.Client("203.0.113.7")
	const each = sendingClient / 4
	var releases []func()
	take := func(client netip.Prefix, n int) bool {
		release := s.take(client, make([]byte, n))
		if release != nil {
			releases = append(releases, release)
		}
		return release != nil
	}
	popular := make([]byte, each)
	for range 1000 {
		release := s.take(here, popular)
		if release == nil {
			t.Fatal("a picture that many read is refused")
		}
		releases = append(releases, release)
	}
	for i := range 4 {
		if want := i < 3; take(here, each) != want { // popular is the first of four
			t.Errorf("picture %d of one client: taken %t", i+2, !want)
		}
	}
	if s.take(here, popular) == nil || s.take(afar, popular) == nil {
		t.Error("a picture in memory is refused")
	}
	if !take(afar, maxSending-sendingClient-1) || take(access.Client("192.0.2.1"), 2*each) {
		t.Error("the first picture of a client, and the last of all")
	}
	for _, release := range releases {
		release()
	}
	s.release(&popular[0])
	s.release(&popular[0])
	if s.bytes != 0 || len(s.clients) != 0 || len(s.pictures) != 0 {
		t.Errorf("left: %d bytes, %v, %d pictures", s.bytes, s.clients, len(s.pictures))
	}
	if !take(here, 2*maxSending) || take(afar, 1) {
		t.Error("one picture is larger than all the room")
	}
}

func TestSendingIsSafeForConcurrentUse(t *testing.T) {
	var s sending
	shared := make([]byte, 100)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 500 {
				for _, data := range [][]byte{shared, make([]byte, 1000)} {
					if release := s.take(access.Client("198.51.100.7"), data); release != nil {
						release()
					}
				}
			}
		})
	}
	all.Wait()
	if s.bytes != 0 || len(s.pictures) != 0 {
		t.Errorf("left: %d bytes, %d pictures", s.bytes, len(s.pictures))
	}
}
