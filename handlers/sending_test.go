package handlers

import (
	"net/http/httptest"
	"sync"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/pictures"
)

// slowReader is a client that does not read its response until it is told to.
type slowReader struct {
	*httptest.ResponseRecorder

	began chan<- struct{}
	read  <-chan struct{}
}

func (s slowReader) Write(data []byte) (int, error) {
	s.began <- struct{}{}
	<-s.read
	return s.ResponseRecorder.Write(data)
}

// TestSlowClientsPinLittle: clients that do not read keep few large pictures in memory. Others get theirs.
func TestSlowClientsPinLittle(t *testing.T) {
	h := newHouse(t)
	h.pictures.draw = func(_ card.Card, format string, _ pictures.Options) (pictures.Image, error) {
		return pictures.Image{Bytes: make([]byte, 5<<20), Type: card.MediaType(format)}, nil
	}
	service, err := newService(t, h.deps)
	if err != nil {
		t.Fatal(err)
	}
	began, read := make(chan struct{}), make(chan struct{})
	var clients sync.WaitGroup
	for range 3 {
		clients.Go(func() {
			w := slowReader{httptest.NewRecorder(), began, read}
			if service.ServeHTTP(w, request("GET", story, "")); w.Code != 200 || w.Body.Len() != 5<<20 {
				t.Errorf("a slow client: %d", w.Code)
			}
		})
		<-began
	}
	get := func(from string) *httptest.ResponseRecorder {
		r, w := request("GET", story, ""), httptest.NewRecorder()
		r.RemoteAddr = from
		service.ServeHTTP(w, r)
		return w
	}
	if w := get("192.0.2.9:1"); w.Code != 503 || w.Header().Get("Retry-After") == "" || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("a neighbour of slow clients: %d %v", w.Code, w.Header())
	}
	if w := get("203.0.113.9:1"); w.Code != 200 {
		t.Errorf("another network: %d", w.Code)
	}
	close(read)
	clients.Wait()
	if w := get("192.0.2.9:1"); w.Code != 200 {
		t.Errorf("afterwards: %d", w.Code)
	}
}
