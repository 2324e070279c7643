package fetch

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/scene"
)

// breaking is a source of a photo that breaks off as its path says.
func breaking(data []byte) *httptest.Server {
	part := data[:len(data)*7/10]
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		defer c.Close()
		head := "HTTP/1.1 200 OK\r\nETag: \"whole\"\r\nConnection: close\r\n"
		switch r.URL.Path {
		case "/whole":
			fmt.Fprintf(c, "%sContent-Length: %d\r\n\r\n%s", head, len(data), data)
		case "/no-length":
			fmt.Fprintf(c, "%s\r\n%s", head, part)
		case "/too-little":
			fmt.Fprintf(c, "%sContent-Length: %d\r\n\r\n%s", head, len(part), data)
		case "/too-much":
			fmt.Fprintf(c, "%sContent-Length: %d\r\n\r\n%s", head, len(data), part)
		case "/chunks":
			fmt.Fprintf(c, "%sTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n", head, len(part), part)
		case "/reset":
			fmt.Fprintf(c, "%sContent-Length: %d\r\n\r\n%s", head, len(data), part)
			_ = c.(*net.TCPConn).SetLinger(0)
		case "/overstated":
			fmt.Fprintf(c, "%sContent-Length: %d\r\n\r\n%s", head, len(data)+1000, data)
		case "/open-chunks":
			fmt.Fprintf(c, "%sTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n", head, len(data), data)
		case "/nothing":
			fmt.Fprintf(c, "%sContent-Length: %d\r\n\r\n", head, len(data))
		}
	}))
}

// TestBrokenTransfers: of a photo that breaks off, what came is there and marked incomplete, by the transfer or,
// where that seems to be whole, by the file.
func TestBrokenTransfers(t *testing.T) {
	server := breaking(scene.JPEG(scene.Noise(320, 200)))
	defer server.Close()
	f := newClient(t, patient())
	for path, tt := range map[string]struct{ transfer, file bool }{
		"/whole": {}, "/overstated": {}, "/open-chunks": {}, "/no-length": {file: true}, "/too-little": {file: true},
		"/too-much": {transfer: true, file: true}, "/chunks": {transfer: true, file: true},
	} {
		a, err := f.Media(t.Context(), server.URL+path, Request{})
		if err != nil || a.Incomplete != tt.transfer {
			t.Errorf("%s: incomplete %t, %v", path, a.Incomplete, err)
			continue
		}
		if got := a.Info.MayBeCut(a.Data); got != tt.file {
			t.Errorf("%s: may be cut: %t", path, got)
		}
		if cut, err := opensCut(t, a.Data); err != nil || cut != tt.file {
			t.Errorf("%s: cut %t, %v", path, cut, err)
		}
	}
	a, err := f.Media(t.Context(), server.URL+"/reset", Request{})
	if !a.Incomplete && !errors.Is(err, fault.ErrSourceIncomplete) {
		t.Errorf("reset: %v, incomplete %t", err, a.Incomplete) // the system may drop what came before it
	}
	for _, path := range []string{"/too-much", "/nothing"} {
		if _, err := f.MediaBytes(t.Context(), server.URL+path); !errors.Is(err, fault.ErrSourceIncomplete) {
			t.Errorf("fetched %s: %v", path, err)
		}
	}
}

// TestWholeFilesInShortBodies: a file of any format that has its own end is whole, whatever length its source
// stated; a part of one is not.
func TestWholeFilesInShortBodies(t *testing.T) {
	for format, data := range scene.Files() {
		for percent, path := range map[int]string{100: "/overstated", 70: "/too-much"} {
			server := breaking(data)
			f := newClient(t, patient())
			a, err := f.Media(t.Context(), server.URL+path, Request{})
			if err != nil || a.Incomplete != (percent < 100) || a.Validators.ETag != `"whole"` {
				t.Errorf("%d %% of a %s: incomplete %t, %v", percent, format, a.Incomplete, err)
			}
			server.Close()
		}
	}
}

// opensCut decodes the photo, and reports whether that found it to be cut short.
func opensCut(t *testing.T, data []byte) (cut bool, err error) {
	t.Helper()
	err = photo.NewDecoder(photo.DefaultDecodeBytes).Decode(t.Context(), data, color.White, func(p *photo.Photo) error {
		_, _, err := p.Pixels(image.Rectangle{Max: p.Size()}, p.Size())
		cut = p.Cut()
		return err
	})
	return cut, err
}
