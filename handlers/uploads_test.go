package handlers

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"newsroom.example/cards/internal/photos"
)

const (
	maxPhoto = 10 << 20 // bytes of an upload
	ofClient = 16 << 20 // bytes of all uploads of a client
)

// stuck is a body of which so many bytes come, and then no more until letGo is closed.
type stuck struct {
	bytes int
	letGo <-chan struct{}
}

func (s *stuck) Read(b []byte) (int, error) {
	if s.bytes == 0 {
		<-s.letGo
		return 0, io.EOF
	}
	n := min(len(b), s.bytes)
	s.bytes -= n
	return n, nil
}

// upload sends a body of a size, or of unknown size if that is -1, from an address.
func upload(handler http.Handler, from string, body io.Reader, size int64) *http.Response {
	r := httptest.NewRequest("POST", "https://cards.example/v1/photos", body)
	r.Header.Set("Authorization", "Bearer "+token)
	r.RemoteAddr, r.ContentLength = from+":1", size
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w.Result()
}

// TestStuckUploadsHoldNoRoom: uploads that do not go on leave room for the largest photo, of others and of the same
// client, whatever they say of their length.
func TestStuckUploadsHoldNoRoom(t *testing.T) {
	const here, afar = "198.51.100.7", "203.0.113.7"
	for _, tt := range []struct {
		why   string
		n     int
		bytes int   // that come of each
		size  int64 // that they say
		from  string
		want  int
	}{
		{"three of one byte in chunks", 3, 1, -1, here, http.StatusCreated},
		{"a hundred of one byte in chunks", 100, 1, -1, afar, http.StatusCreated},
		{"three of one byte of ten megabytes", 3, 1, maxPhoto, here, http.StatusCreated},
		{"a hundred of one byte of ten megabytes", 100, 1, maxPhoto, afar, http.StatusCreated},
		{"as much as a client may hold, for another", 8, maxPhoto - 1, maxPhoto, afar, http.StatusCreated},
		{"as much as a client may hold, for the same", 8, maxPhoto - 1, maxPhoto, here, http.StatusServiceUnavailable},
	} {
		synctest.Test(t, func(t *testing.T) {
			handler, err := newService(t, newHouse(t).deps)
			if err != nil {
				t.Fatal(err)
			}
			letGo := make(chan struct{})
			for range tt.n {
				go upload(handler, here, &stuck{tt.bytes, letGo}, tt.size)
			}
			synctest.Wait()
			resp := upload(handler, tt.from, strings.NewReader(strings.Repeat("x", maxPhoto)), maxPhoto)
			if resp.StatusCode != tt.want || tt.want == http.StatusServiceUnavailable && resp.Header.Get("Retry-After") == "" {
				t.Errorf("%s: %d", tt.why, resp.StatusCode)
			}
			close(letGo)
			synctest.Wait()
			if resp := upload(handler, here, strings.NewReader(strings.Repeat("x", maxPhoto)), maxPhoto); resp.StatusCode != http.StatusCreated {
				t.Errorf("%s: after them: %d", tt.why, resp.StatusCode)
			}
		})
	}
}

// slowPhotos takes its time to store a photo.
type slowPhotos struct {
	fakePhotos
	takes time.Duration
}

func (s *slowPhotos) Upload(ctx context.Context, data []byte) (photos.Photo, error) {
	select {
	case <-time.After(s.takes):
	case <-ctx.Done():
		return photos.Photo{}, ctx.Err()
	}
	return s.fakePhotos.Upload(ctx, data)
}

// TestManyUploadsEnd: many large photos of one client at once are all taken, one after another.
func TestManyUploadsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.deps.Photos = &slowPhotos{takes: 100 * time.Millisecond}
		handler, err := newService(t, h.deps)
		if err != nil {
			t.Fatal(err)
		}
		statuses := make(chan int)
		for range 8 {
			go func() {
				statuses <- upload(handler, "198.51.100.7", strings.NewReader(strings.Repeat("x", maxPhoto)), maxPhoto).StatusCode
			}()
		}
		for range 8 {
			if got := <-statuses; got != http.StatusCreated {
				t.Error(got)
			}
		}
	})
}

// piped is a listener of one connection that is no network's: its time is that of the test.
type piped struct {
	conn   chan net.Conn
	closed chan struct{}
}

func (p piped) Accept() (net.Conn, error) {
	select {
	case c := <-p.conn:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}
func (p piped) Close() error   { close(p.closed); return nil }
func (p piped) Addr() net.Addr { return &net.TCPAddr{} }

// TestPace: an upload that comes too slowly ends, and one that is fast enough does not, even if it is then handled until
// after the ReadTimeout of the server. One that is handled for too long is refused before the WriteTimeout.
func TestPace(t *testing.T) {
	const kb = 1 << 10
	for _, tt := range []struct {
		why   string
		size  int
		bytes int           // that come at a time
		every time.Duration // and the time between them
		takes time.Duration // the handling
		want  string
		after time.Duration
	}{
		{"at once", maxPhoto, maxPhoto, 0, 9 * time.Second, "201", 9 * time.Second},
		{"at once, and handled for ever", maxPhoto, maxPhoto, 0, time.Hour, "503", 10 * time.Second},
		{"one byte, then nothing", 2, 1, time.Hour, 0, "400", 2 * time.Second},
		{"one byte a second", 100, 1, time.Second, 0, "400", 2 * time.Second},
		{"8 KB a second", 80 * kb, 8 * kb, time.Second, 9 * time.Second, "201", 18 * time.Second},
		{"5 KB a second", 80 * kb, 5 * kb, time.Second, 0, "400", 3900 * time.Millisecond},
		{"fast, then nothing", maxPhoto, maxPhoto / 2, time.Hour, 0, "400", 2 * time.Second},
		{"too long in all", 200 * kb, 9 * kb, time.Second, 0, "400", 15 * time.Second},
	} {
		for _, chunked := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				h := newHouse(t)
				h.deps.Photos = &slowPhotos{takes: tt.takes}
				handler, err := newService(t, h.deps)
				if err != nil {
					t.Fatal(err)
				}
				here, there := net.Pipe()
				l := piped{make(chan net.Conn, 1), make(chan struct{})}
				l.conn <- there
				server := &http.Server{Handler: handler, ReadTimeout: 15 * time.Second, WriteTimeout: 30 * time.Second}
				go func() { _ = server.Serve(l) }()
				began := time.Now()
				var sending sync.WaitGroup
				sending.Go(func() { send(here, tt.size, tt.bytes, tt.every, chunked) })
				got, err := io.ReadAll(here)
				if took := time.Since(began).Round(100 * time.Millisecond); err != nil || !strings.HasPrefix(string(got), "HTTP/1.1 "+tt.want) || took != tt.after {
					t.Errorf("%s, chunked %t: after %v: %v %s", tt.why, chunked, took, err, got)
				}
				if tt.want == "400" && !strings.Contains(string(got), `"field":"body"`) {
					t.Errorf("%s: %s", tt.why, got)
				}
				here.Close()
				server.Close()
				sending.Wait()
			})
		}
	}
}

// send sends an upload in parts of so many bytes, with a time between them, and gives up when it is refused.
func send(conn net.Conn, size, bytes int, every time.Duration, chunked bool) {
	header, begin, end := fmt.Sprintf("Content-Length: %d", size), "", ""
	if chunked {
		header, end = "Transfer-Encoding: chunked", "\r\n"
	}
	_, _ = fmt.Fprintf(conn, "POST /v1/photos HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer %s\r\n%s\r\n\r\n",
		token, header)
	for size > 0 {
		n := min(size, bytes)
		if size -= n; chunked {
			begin = fmt.Sprintf("%x\r\n", n)
		}
		if _, err := io.WriteString(conn, begin+strings.Repeat("x", n)+end); err != nil {
			return
		}
		if size > 0 {
			time.Sleep(every)
		}
	}
	if chunked {
		_, _ = io.WriteString(conn, "0\r\n\r\n")
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
	handler, err := newService(t, newHouse(t).deps)
	if err != nil {
		t.Fatal(err)
	}
	body := &endless{}
	resp := upload(handler, "198.51.100.7", body, -1)
	if resp.StatusCode != http.StatusRequestEntityTooLarge || body.given > 20<<20 {
		t.Errorf("%d after %d bytes", resp.StatusCode, body.given)
	}
}
