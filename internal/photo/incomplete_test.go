package photo

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
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

// TestBrokenTransfers: of a photo that breaks off, what came is there, and it is told: by the transfer,
// or where that seems to be whole by the file.
func TestBrokenTransfers(t *testing.T) {
	server := breaking(jpegOf(t, noisy(320, 200)))
	defer server.Close()
	f := fetcher(t, patient())
	for path, tt := range map[string]struct{ transfer, file bool }{
		"/whole": {}, "/overstated": {}, "/open-chunks": {}, "/no-length": {file: true}, "/too-little": {file: true},
		"/too-much": {transfer: true, file: true}, "/chunks": {transfer: true, file: true},
	} {
		a, err := f.Refetch(t.Context(), server.URL+path, Request{})
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
	if a, err := f.Refetch(t.Context(), server.URL+"/reset", Request{}); !a.Incomplete && !errors.Is(err, ErrIncomplete) {
		t.Errorf("reset: %v, incomplete %t", err, a.Incomplete) // the system may drop what came before it
	}
	for _, path := range []string{"/too-much", "/nothing"} {
		if _, err := f.Fetch(t.Context(), server.URL+path); !errors.Is(err, ErrIncomplete) {
			t.Errorf("fetched %s: %v", path, err)
		}
	}
}

// opensCut draws from the photo, and tells whether it was found to be cut.
func opensCut(t *testing.T, data []byte) (cut bool, err error) {
	t.Helper()
	err = NewDecoder(DefaultDecodeBytes).Decode(t.Context(), data, color.White, func(p *Photo) error {
		_, _, err := p.Pixels(image.Rectangle{Max: p.Size()}, p.Size())
		cut = p.Cut()
		return err
	})
	return cut, err
}

// TestWholeFilesInShortBodies: a file of any format that has its own end is whole, whatever length its source
// stated; a part of one is not.
func TestWholeFilesInShortBodies(t *testing.T) {
	for format, data := range filesOf(t) {
		for percent, path := range map[int]string{100: "/overstated", 70: "/too-much"} {
			server := breaking(data)
			f := fetcher(t, patient())
			a, err := f.Refetch(t.Context(), server.URL+path, Request{})
			if err != nil || a.Incomplete != (percent < 100) || a.Validators.ETag != `"whole"` {
				t.Errorf("%d %% of a %s: incomplete %t, %v", percent, format, a.Incomplete, err)
			}
			server.Close()
		}
	}
}

// TestGIFEnds: a GIF is whole from the end of its first frame on, and never before.
func TestGIFEnds(t *testing.T) {
	data := filesOf(t)["gif"]
	if len(data) < 100 || data[len(data)-1] != 0x3b || data[len(data)-2] != 0 {
		t.Fatalf("%d bytes", len(data))
	}
	for n := range len(data) + 1 {
		if got := firstFrameEnds(data[:n]); got != (n >= len(data)-1) {
			t.Errorf("%d of %d bytes: %t", n, len(data), got)
		}
	}
	extended := append(data[:gifHeader+6:gifHeader+6], 0x21, 0xfe, 3, 'a', 'b', 'c', 0)
	extended = append(extended, data[gifHeader+6:]...)
	if !firstFrameEnds(extended) || firstFrameEnds(extended[:len(extended)-2]) {
		t.Error("behind a comment")
	}
}

// filesOf are whole photos, by format.
func filesOf(t *testing.T) map[string][]byte {
	t.Helper()
	webp, err := os.ReadFile("testdata/bars.webp")
	if err != nil {
		t.Fatal(err)
	}
	var still bytes.Buffer
	frame := image.NewPaletted(image.Rect(0, 0, 40, 30), color.Palette{color.Black, color.White})
	for i := range frame.Pix {
		frame.Pix[i] = uint8(i * i >> 3 & 1)
	}
	if err := gif.Encode(&still, frame, nil); err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{"jpeg": jpegOf(t, noisy(320, 200)), "png": pngOf(t, noisy(40, 30)), "gif": still.Bytes(), "webp": webp}
}

// TestCutFiles: a file that is cut short is told from a damaged one and from a whole one, in each format.
func TestCutFiles(t *testing.T) {
	files := filesOf(t)
	photo, webp := files["jpeg"], files["webp"]
	for format, data := range files {
		if cut, err := opensCut(t, data); cut || err != nil {
			t.Errorf("a whole %s: cut %t, %v", format, cut, err)
		}
		for _, percent := range []int{20, 50, 70, 95} {
			part := data[:len(data)*percent/100]
			info, err := Inspect(part)
			if errors.Is(err, ErrIncomplete) {
				continue // the header is not there
			}
			if err != nil {
				t.Fatalf("%d %% of a %s: %v", percent, format, err)
			}
			cut, err := opensCut(t, part)
			if shown := format == "jpeg" && percent >= 70; !info.MayBeCut(part) || shown && (err != nil || !cut) || !shown && !errors.Is(err, ErrIncomplete) {
				t.Errorf("%d %% of a %s: cut %t, %v", percent, format, cut, err)
			}
		}
	}
	for why, data := range map[string][]byte{
		"all but the end marker": photo[:len(photo)-2],
		"a video behind it":      append(photo[:len(photo):len(photo)], make([]byte, 9000)...),
		"a PNG and more":         append(files["png"], make([]byte, 9000)...),
	} {
		if cut, err := opensCut(t, data); cut || err != nil {
			t.Errorf("%s: cut %t, %v", why, cut, err)
		}
	}
	if cut, err := opensCut(t, webp[:len(webp)-4]); !cut && !errors.Is(err, ErrIncomplete) {
		t.Errorf("a WebP without its last bytes: cut %t, %v", cut, err)
	}
	flipped := bytes.Clone(files["png"])
	flipped[len(flipped)/2] ^= 1
	if _, err := opensCut(t, flipped); !errors.Is(err, ErrInvalid) {
		t.Errorf("damaged: %v", err)
	}
}
