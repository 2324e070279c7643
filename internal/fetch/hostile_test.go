package fetch

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/scene"
)

// hostile serves each misdeed at a path of its own. Those that wait end with the other end, or
// with gone.
func hostile(pixel []byte, gone <-chan struct{}) http.Handler {
	mux := http.NewServeMux()
	handle := func(path string, h func(w http.ResponseWriter, r *http.Request)) { mux.HandleFunc(path, h) }
	handle("/fine", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(pixel) })
	handle("/html-type", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write(pixel)
	})
	handle("/html", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/png")
		_, _ = w.Write([]byte("<html></html>"))
	})
	wait := func(r *http.Request) { // until the other end is gone
		select {
		case <-gone:
		case <-r.Context().Done():
		}
	}
	handle("/never", func(_ http.ResponseWriter, r *http.Request) { wait(r) })
	drip := func(w http.ResponseWriter, data []byte, pause time.Duration) {
		for i := range data {
			if _, err := w.Write(data[i : i+1]); err != nil {
				return
			}
			w.(http.Flusher).Flush()
			select {
			case <-gone:
				return
			case <-time.After(pause):
			}
		}
	}
	handle("/drip", func(w http.ResponseWriter, _ *http.Request) {
		drip(w, bytes.Repeat([]byte("x"), 1000), 50*time.Millisecond)
	})
	handle("/stall", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(len(pixel)))
		_, _ = w.Write(pixel[:len(pixel)*9/10])
		w.(http.Flusher).Flush()
		wait(r)
	})
	handle("/endless", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(pixel[:40])
		for {
			if _, err := w.Write(make([]byte, 64<<10)); err != nil {
				return
			}
		}
	})
	handle("/long", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "99999999") })
	handle("/short", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(len(pixel)))
		_, _ = w.Write(pixel[:len(pixel)-10])
	})
	handle("/reset", func(w http.ResponseWriter, _ *http.Request) {
		c, _, _ := w.(http.Hijacker).Hijack()
		_, _ = c.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc"))
		_ = c.(*net.TCPConn).SetLinger(0)
		_ = c.Close()
	})
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write(make([]byte, 10<<20))
	_ = z.Close()
	handle("/gzip", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(packed.Bytes())
	})
	handle("/part", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusPartialContent)
		_, _ = w.Write(pixel)
	})
	handle("/missing", http.NotFound)
	handle("/once", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/fine", http.StatusFound) })
	handle("/hops", func(w http.ResponseWriter, r *http.Request) { // leads on four times
		n := len(r.URL.Query().Get("n"))
		if n == 3 {
			http.Redirect(w, r, "/fine", http.StatusTemporaryRedirect)
			return
		}
		http.Redirect(w, r, "/hops?n="+strings.Repeat("x", n+1), http.StatusFound)
	})
	handle("/two", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/once", http.StatusPermanentRedirect)
	})
	handle("/loop", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/loop", http.StatusMovedPermanently)
	})
	handle("/to-file", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "file:///etc/passwd")
		w.WriteHeader(302)
	})
	handle("/to-malformed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", `http://pictures.example/%zz?X-Amz-Signature="secret&b=secret`)
		w.WriteHeader(302)
	})
	handle("/no-http", func(w http.ResponseWriter, _ *http.Request) { // net/http repeats it in its error
		c, _, _ := w.(http.Hijacker).Hijack()
		_, _ = c.Write([]byte("X" + strings.Repeat("\xff\x1b[0m", 4000) + "\r\n\r\n"))
		_ = c.Close()
	})
	handle("/to-nothing", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(302) })
	handle("/to-user", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", "http://a@"+r.Host+"/fine")
		w.WriteHeader(302)
	})
	handle("/to-private", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "http://10.0.0.1/")
		w.WriteHeader(302)
	})
	handle("/more", func(w http.ResponseWriter, _ *http.Request) { // than its header says
		c, _, _ := w.(http.Hijacker).Hijack()
		_, _ = fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\nConnection: close\r\n\r\n%s", pixel)
		_ = c.Close()
	})
	handle("/chunks", func(w http.ResponseWriter, _ *http.Request) { // no length, and broken in the middle
		c, _, _ := w.(http.Hijacker).Hijack()
		part := pixel[:len(pixel)-10]
		_, _ = fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\nzz", len(part), part)
		_ = c.Close()
	})
	begins := func(head []byte) func(w http.ResponseWriter, r *http.Request) { // and then says nothing more
		return func(w http.ResponseWriter, r *http.Request) {
			_, _ = w.Write(append(head, make([]byte, 2*sniffBytes)...))
			w.(http.Flusher).Flush()
			wait(r)
		}
	}
	handle("/begins-as-bomb", begins(scene.PNGHead(30_000, 30_000)))
	handle("/begins-as-html", begins([]byte("<!doctype html>")))
	handle("/begins-as-photo", begins(pixel[:40]))
	handle("/head-bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Long", strings.Repeat("x", 1<<20))
		_, _ = w.Write(pixel)
	})
	return mux
}

// TestHostileSources is what sources may do, and what comes of it.
func TestHostileSources(t *testing.T) {
	pixel, gone := onePixel(), make(chan struct{})
	server := httptest.NewServer(hostile(pixel, gone))
	defer server.Close()
	defer close(gone)
	cases := map[string]error{
		"/fine": nil, "/html-type": nil, "/once": nil, "/two": nil, "/html": photo.ErrUnsupported, "/never": ErrTimeout,
		"/drip": ErrTimeout, "/stall": ErrTimeout,
		"/endless": fault.ErrImageTooLarge, "/long": fault.ErrImageTooLarge, "/short": fault.ErrSourceIncomplete,
		"/reset": fault.ErrSourceIncomplete, "/gzip": photo.ErrUnsupported,
		"/part": ErrUnavailable, "/missing": ErrUnavailable, "/hops": ErrUnavailable, "/loop": ErrUnavailable,
		"/to-file": ErrUnavailable, "/to-malformed": ErrUnavailable, "/no-http": ErrUnavailable,
		"/to-nothing": ErrUnavailable, "/to-user": ErrUnavailable, "/to-private": ErrUnavailable,
		"/more": fault.ErrSourceIncomplete, "/chunks": fault.ErrSourceIncomplete, "/head-bomb": ErrUnavailable,
		"/begins-as-bomb": fault.ErrImageTooLarge, "/begins-as-html": photo.ErrUnsupported, "/begins-as-photo": ErrTimeout,
	}
	before := runtime.NumGoroutine()
	t.Run("sources", func(t *testing.T) { // returns when the parallel cases have
		for path, want := range cases {
			t.Run(path[1:], func(t *testing.T) {
				t.Parallel()
				f := newClient(t, patient())
				data, err := f.MediaBytes(t.Context(), server.URL+path+"?X-Amz-Signature=secret")
				f.http.CloseIdleConnections()
				if !errors.Is(err, want) || want == nil && !bytes.Equal(data, pixel) {
					t.Errorf("got %v, want %v", err, want)
				}
				if err != nil && strings.Contains(err.Error(), "secret") {
					t.Errorf("the error has the query: %v", err)
				}
				if err != nil && len(err.Error()) > 1000 {
					t.Errorf("the error has %d bytes", len(err.Error()))
				}
			})
		}
	})
	server.CloseClientConnections()
	settled(t, before)
}

// settled waits until no more goroutines are left than there were.
func settled(t *testing.T, before int) {
	t.Helper()
	for range 1000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}
