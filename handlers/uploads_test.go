package handlers

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// held is a body that tells when it is first read, and ends when it is let go.
type held struct {
	once  sync.Once
	reads chan<- struct{}
	letGo <-chan struct{}
}

func (h *held) Read([]byte) (int, error) {
	h.once.Do(func() { h.reads <- struct{}{} })
	<-h.letGo
	return 0, io.EOF
}

// TestUploadsAreHeldInBounds: of photos that come in slowly only so many bytes are taken on; who
// finds no room is told to come again, and the room is given back.
func TestUploadsAreHeldInBounds(t *testing.T) {
	handler, err := New(newHouse(t).deps)
	if err != nil {
		t.Fatal(err)
	}
	post := func(ctx context.Context, body io.Reader, size int64) *http.Response {
		r := httptest.NewRequestWithContext(ctx, "POST", "https://cards.example/v1/photos", body)
		r.Header.Set("Authorization", "Bearer "+token)
		r.ContentLength = size
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w.Result()
	}
	const maxPhoto = 10 << 20
	const room = 32 << 20 / maxPhoto
	reads, letGo := make(chan struct{}, room), make(chan struct{})
	var wg sync.WaitGroup
	for range room {
		wg.Go(func() { post(t.Context(), &held{reads: reads, letGo: letGo}, -1) }) // of unknown length: the most is reckoned
	}
	for range room {
		<-reads
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if resp := post(ctx, strings.NewReader("x"), maxPhoto); resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") == "" {
		t.Errorf("no room: %d, %q", resp.StatusCode, resp.Header.Get("Retry-After"))
	}
	if resp := post(t.Context(), strings.NewReader("x"), 1); resp.StatusCode != http.StatusCreated {
		t.Errorf("a small one beside them: %d", resp.StatusCode)
	}
	close(letGo)
	wg.Wait()
	if resp := post(t.Context(), strings.NewReader("x"), maxPhoto); resp.StatusCode != http.StatusCreated {
		t.Errorf("after them: %d", resp.StatusCode)
	}
}

// endless gives bytes for ever and counts them.
type endless struct{ given int }

func (e *endless) Read(b []byte) (int, error) {
	e.given += len(b)
	return len(b), nil
}

// TestUploadsEnd: a body without a length is read no farther than the limit.
func TestUploadsEnd(t *testing.T) {
	handler, err := New(newHouse(t).deps)
	if err != nil {
		t.Fatal(err)
	}
	body := &endless{}
	r := httptest.NewRequest("POST", "https://cards.example/v1/photos", body)
	r.Header.Set("Authorization", "Bearer "+token)
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	if w.Code != http.StatusRequestEntityTooLarge || body.given > 20<<20 {
		t.Errorf("%d after %d bytes", w.Code, body.given)
	}
}
