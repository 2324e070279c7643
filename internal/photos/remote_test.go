package photos

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/scene"
)

// TestManyPhotosAtATime: concurrent goroutines fetch more photos over HTTP than memory holds. Each photo that is
// drawn, kept or shown has the content that its source sent.
func TestManyPhotosAtATime(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(strings.Trim(r.URL.Path, "/"))
		data := greyJPEG(n)
		w.Header().Set("Content-Length", strconv.Itoa(len(data)))
		_, _ = w.Write(data)
	}))
	defer server.Close()
	l := remote(t, server, 3*(int64(len(greyJPEG(0)))+loadedBytes))
	var all sync.WaitGroup
	for worker := range 4 {
		all.Go(func() {
			for i := range 60 {
				n := (i*7+worker*3)%40 + 1
				ref := fmt.Sprintf("%s/%d", server.URL, n)
				if err := seen(t, l, ref, n, worker); err != nil {
					t.Errorf("%d: %v", n, err)
				}
			}
		})
	}
	all.Wait()
}

// TestAnswerOutlivesTheCache: a photo that is evicted before its fetch returns is returned all the same.
func TestAnswerOutlivesTheCache(t *testing.T) {
	l, _, _, _ := house()
	a, err := l.fetcher.Media(t.Context(), url, fetch.Request{Keep: l.toDraw(url)})
	if err != nil {
		t.Fatal(err)
	}
	for why, meanwhile := range map[string]func(){"in memory": func() {}, "evicted": func() { evict(l) }} {
		meanwhile()
		if o := l.photoOf(url, a); !bytes.Equal(o.data, picturePNG(0)) || o.info.Width != infoOf(a).Width {
			t.Errorf("%s: another photo", why)
		}
	}
}

// remote returns a store with the given bytes of memory that may fetch from the server; nil: from none.
func remote(t *testing.T, server *httptest.Server, memory int64) *Store {
	t.Helper()
	disk, err := blob.NewDisk(t.TempDir(), blob.DiskOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = disk.Close() })
	ring, err := blob.NewRing(t.TempDir(), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ring.Close() })
	o := fetch.DefaultOptions()
	o.Format = Format{}
	if server != nil {
		o.Allow = []string{server.Listener.Addr().String()}
	}
	f, err := fetch.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return New(Config{
		Blobs: disk, Spill: ring, Fetcher: f, Decoder: photo.NewDecoder(photo.DefaultDecodeBytes), Memory: memory,
	})
}

// seen checks the photo of the given grey: by Show, after Keep, or after Load, depending on way.
func seen(t *testing.T, l *Store, ref string, grey, way int) error {
	switch way {
	case 0:
		data, _, err := l.Show(t.Context(), ref)
		runtime.Gosched()
		if err == nil && !bytes.Equal(data, greyJPEG(grey)) {
			err = errors.New("another photo is shown")
		}
		return err
	case 1:
		_, err := l.Keep(t.Context(), ref, "")
		if err != nil {
			return err
		}
	default:
		if err := l.Load(t.Context(), ref); err != nil {
			return err
		}
	}
	_, err := l.Decode(t.Context(), ref, color.White, func(p *photo.Photo) error {
		runtime.Gosched()
		img, at, err := p.Pixels(image.Rect(0, 0, 64, 48), image.Pt(64, 48))
		if err != nil {
			return err
		}
		y := color.GrayModel.Convert(img.At(at.Max.X-1, at.Max.Y-1)).(color.Gray).Y
		if int(y) < 4*grey-2 || int(y) > 4*grey+2 {
			return fmt.Errorf("its grey is %d", y)
		}
		return nil
	})
	return err
}

// greyJPEG returns a JPEG of brightness 4*grey; grey is 0 to 63.
func greyJPEG(grey int) []byte {
	m := image.NewYCbCr(image.Rect(0, 0, 64, 48), image.YCbCrSubsampleRatio420)
	for i := range m.Y {
		m.Y[i] = uint8(4 * grey)
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = 128, 128
	}
	return scene.JPEG(m)
}
