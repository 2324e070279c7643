package stories

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/blob/blobtest"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/scene"
	"newsroom.example/cards/internal/store/sqlite"
	"newsroom.example/cards/render"
)

// source is a photo server on loopback. Its photo can be replaced, and it can fail.
type source struct {
	mu        sync.Mutex
	photo     []byte
	etag      string // empty: none is sent
	modified  time.Time
	status    int           // status of its answers; 0: 200
	part      bool          // the transfer breaks off
	cut       bool          // the file is cut short
	stuck     bool          // it confirms any entity tag with 304
	hold      chan struct{} // the next answer waits until hold is closed; nil: it does not wait
	waiting   chan struct{} // closed when that answer waits
	asked     int           // requests
	confirmed int           // requests answered with 304
	arrive    func()        // called when a request arrives; nil: nothing is
}

func (s *source) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.arrive != nil {
		s.arrive()
	}
	s.mu.Lock()
	s.asked++
	data, status, hold := s.photo, s.status, s.hold
	if s.hold = nil; hold != nil {
		close(s.waiting)
	}
	s.mu.Unlock()
	if hold != nil {
		<-hold
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case status != 0:
		w.WriteHeader(status)
		return
	case s.part:
		w.Header().Set("Content-Length", strconv.Itoa(len(data)))
		_, _ = w.Write(data[:len(data)*7/10])
		return
	}
	if s.cut {
		data = data[:len(data)*7/10]
	}
	if s.etag != "" {
		w.Header().Set("ETag", s.etag)
	}
	if s.stuck && r.Header.Get("If-None-Match") != "" {
		w.Header().Del("ETag")
		w.WriteHeader(http.StatusNotModified)
		s.confirmed++
		return
	}
	answer := &counted{ResponseWriter: w}
	http.ServeContent(answer, r, "", s.modified, bytes.NewReader(data))
	if answer.status == http.StatusNotModified {
		s.confirmed++
	}
}

// counted records the status of an answer.
type counted struct {
	http.ResponseWriter
	status int
}

func (c *counted) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

// change calls how with the source locked.
func (s *source) change(how func(*source)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	how(s)
}

// replace replaces the photo, and changes the validators that the source sends.
func (s *source) replace(seed uint64) {
	data := photoOf(seed)
	s.change(func(s *source) {
		s.photo = data
		if s.etag != "" {
			s.etag = fmt.Sprintf(`"%d"`, seed)
		}
		if !s.modified.IsZero() {
			s.modified = s.modified.Add(time.Second)
		}
	})
}

// encodedPhotos are those of photoOf, by seed: nearly every test wants the same few.
var encodedPhotos sync.Map

// photoOf returns a JPEG that depends on the seed.
func photoOf(seed uint64) []byte {
	data, known := encodedPhotos.Load(seed)
	if !known {
		data, _ = encodedPhotos.LoadOrStore(seed, scene.JPEG(scene.Photo(640, 400, 8, seed)))
	}
	return bytes.Clone(data.([]byte))
}

// house is a service with its parts and the source of its photos.
type house struct {
	*Service
	previews *pictures.Service
	source   *source
	url      string
	dir      string // of the database, the photos and the cards
	cards    *blob.Cache
	files    *blobtest.FS  // file system of the stored photos
	restart  func() Photos // returns the photo store as it is after a restart, with nothing in memory
	logged   *bytes.Buffer
}

// drawn adapts *photos.Store to pictures.Photos.
type drawn struct{ *photos.Store }

func (d drawn) Decode(ctx context.Context, ref string, paper color.Color, use func(render.Photo) error) (string, error) {
	return d.Store.Decode(ctx, ref, paper, func(p *photo.Photo) error { return use(p) })
}

func newHouse(t *testing.T) *house {
	t.Helper()
	src := &source{photo: photoOf(1)}
	server := httptest.NewServer(src)
	t.Cleanup(server.Close)
	return houseIn(t, t.TempDir(), src, server.URL+"/pier.jpg")
}

// another returns a service of another process on the same database and folders.
func (h *house) another(t *testing.T) *house {
	t.Helper()
	return houseIn(t, h.dir, h.source, h.url)
}

func houseIn(t *testing.T, dir string, src *source, url string) *house {
	t.Helper()
	h := &house{source: src, url: url, dir: dir, files: &blobtest.FS{}, logged: &bytes.Buffer{}}
	log := slog.New(slog.NewTextHandler(h.logged, nil))
	db, err := sqlite.Open(t.Context(), filepath.Join(dir, "cards.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	closes(t, db)
	disk, err := blob.NewDisk(filepath.Join(dir, "photos"), blob.DiskOptions{Wrap: h.files.Wrap, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	closes(t, disk)
	unsynced, err := blob.NewDisk(filepath.Join(dir, "cards"), blob.DiskOptions{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	closes(t, unsynced)
	ring, err := blob.NewRing(t.TempDir(), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	closes(t, ring)
	if h.cards, err = blob.NewCache(unsynced, pictures.KeyPrefix, 64<<20, 64<<20); err != nil {
		t.Fatal(err)
	}
	closes(t, h.cards)
	o := fetch.DefaultOptions()
	o.Format = photos.Format{}
	o.Allow = []string{strings.Split(url, "/")[2]}
	fetcher, err := fetch.New(o)
	if err != nil {
		t.Fatal(err)
	}
	withdrawn := &photos.Withdrawn{}
	start := func() *photos.Store {
		return photos.New(photos.Config{
			Blobs: disk, Spill: ring, Fetcher: fetcher, Decoder: photo.NewDecoder(photo.DefaultDecodeBytes),
			Withdrawn: withdrawn, IsWithdrawn: db.PhotoWithdrawn,
		})
	}
	kept, renderer := start(), newRenderer(t)
	h.previews = pictures.New(pictures.Config{
		Photos: drawn{kept}, Renderer: renderer, Cache: h.cards, Log: slog.New(slog.DiscardHandler), Withdrawn: withdrawn.Has,
	})
	h.Service = New(Config{
		Store: db, Photos: kept, Previews: h.previews, Designs: renderer, Log: log, Now: time.Now, Withdrawn: withdrawn,
	})
	h.restart = func() Photos { return start() }
	return h
}

func closes(t *testing.T, c io.Closer) {
	t.Cleanup(func() { _ = c.Close() })
}

// photoID returns the ID of the photo of the seed.
func photoID(seed uint64) string {
	sum := sha256.Sum256(photoOf(seed))
	return "upload:" + hex.EncodeToString(sum[:16])
}

func newRenderer(t *testing.T) *render.Renderer {
	t.Helper()
	set, err := fonts.Load()
	if err != nil {
		t.Fatal(err)
	}
	designs, err := design.Builtin(set.Families())
	if err != nil {
		t.Fatal(err)
	}
	return render.New(set, func() *design.Set { return designs })
}

// story returns an article with the source's photo, in which the checks find nothing.
func (h *house) story() article.Article {
	return article.Article{ID: "storm-1", URL: "https://news.example/storm", Headline: "Storm front stalls", Credit: "Coast News",
		Photo: article.Photo{URL: h.url, Alt: "The old pier in the rain"}}
}

// put registers the story and returns the codes of the warnings.
func (h *house) put(t *testing.T, o PutOptions) (r Result, warnings string) {
	t.Helper()
	r, err := h.Put(t.Context(), h.story(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range r.Warnings {
		if warnings += w.Code + " "; !isSentence(w.Message) {
			t.Errorf("%s: %q is no sentence", w.Code, w.Message)
		}
	}
	return r, warnings
}

// picture returns the og picture of the version.
func (h *house) picture(t *testing.T, version string) pictures.Image {
	t.Helper()
	c, err := h.Card(t.Context(), PictureRequest{ID: "storm-1", Version: version, Size: "og", Format: "jpg"})
	if err != nil {
		t.Fatal(err)
	}
	img, err := h.previews.Preview(t.Context(), c.Card, "jpg", pictures.Options{Temporary: !h.previews.Permanent(c.Card)})
	if err != nil {
		t.Fatal(err)
	}
	if m, _, err := image.Decode(bytes.NewReader(img.Bytes)); err != nil || m.Bounds().Dx() != 1200 {
		t.Fatal(err)
	}
	return img
}
