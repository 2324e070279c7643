package stories

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/render"
)

// themed is a house with a folder of themes. Its cards are cached nowhere, as after a year.
type themed struct {
	*house
	dir    string
	folder *design.Folder
	kept   *lossy
	edits  int
}

// lossy is a store of designs that may fail.
type lossy struct {
	*blob.Disk
	fails error
}

// Put implements design.Blobs.
func (l *lossy) Put(ctx context.Context, key string, data []byte) error {
	if l.fails != nil {
		return l.fails
	}
	return l.Disk.Put(ctx, key, data)
}

// start begins the service anew, with nothing in memory.
func (h *themed) start(t *testing.T) {
	t.Helper()
	set, err := fonts.Load()
	if err != nil {
		t.Fatal(err)
	}
	if h.folder, err = design.OpenFolder(h.dir, set.Families()); err != nil {
		t.Fatal(err)
	}
	cards, err := blob.NewDisk(t.TempDir(), blob.DiskOptions{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	closes(t, cards)
	cache, err := blob.NewCache(cards, pictures.KeyPrefix, 64<<20, 64<<20)
	if err != nil {
		t.Fatal(err)
	}
	closes(t, cache)
	kept := design.Keep(h.folder, h.kept)
	renderer := render.New(set, kept.Current).Keeping(kept.Set)
	h.previews = pictures.New(pictures.Config{Photos: drawn{h.restart().(*photos.Store)}, Renderer: renderer, Cache: cache,
		Log: slog.New(slog.DiscardHandler)})
	h.Service = New(Config{Store: h.store, Photos: h.photos, Previews: h.previews, Designs: renderer, Kept: kept,
		Log: slog.New(slog.NewTextHandler(h.logged, nil)), Now: time.Now})
}

// paint changes the paper of the theme harbor; an empty colour removes the theme.
func (h *themed) paint(t *testing.T, paper string) {
	t.Helper()
	path := filepath.Join(h.dir, "harbor.toml")
	if paper == "" {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		return
	}
	text := "[colors]\npaper = \"" + paper + "\"\nink = \"#0c2233\"\nquiet = \"#4b5f6d\"\naccent = \"#00617a\"\nscrim = \"#03131d\"\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	h.edits++
	if at := time.Now().Add(time.Duration(h.edits) * time.Hour); os.Chtimes(path, at, at) != nil {
		t.Fatal("the file's time cannot be set")
	}
}

func newThemed(t *testing.T) *themed {
	h := &themed{house: newHouse(t), dir: t.TempDir()}
	disk, err := blob.NewDisk(t.TempDir(), blob.DiskOptions{})
	if err != nil {
		t.Fatal(err)
	}
	closes(t, disk)
	h.kept = &lossy{Disk: disk}
	return h
}

// TestPublishedCardsKeepTheirTheme: a picture of a version is the same, byte for byte, when it is drawn again after its
// theme has changed, the theme was removed, and the service was started anew.
func TestPublishedCardsKeepTheirTheme(t *testing.T) {
	h := newThemed(t)
	h.paint(t, "#f3f7f9")
	h.start(t)
	put := func(headline, theme string) string {
		t.Helper()
		r, err := h.Put(t.Context(), article.Article{ID: "storm-1", URL: "https://news.example/storm", Headline: headline,
			Lang: "en", Theme: theme}, PutOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return r.Record.Version
	}
	first := put("Storm", "harbor")
	blue := h.picture(t, first).Bytes
	h.paint(t, "#ffe0e0")
	if changed, err := h.folder.Refresh(); !changed || err != nil {
		t.Fatal(changed, err)
	}
	second := put("Storm", "harbor")
	red := h.picture(t, second).Bytes
	if second == first || bytes.Equal(red, blue) {
		t.Fatal("the theme has not changed")
	}
	same := func(why string) {
		t.Helper()
		if !bytes.Equal(h.picture(t, first).Bytes, blue) || !bytes.Equal(h.picture(t, second).Bytes, red) {
			t.Errorf("%s: a published picture has changed", why)
		}
	}
	same("changed")
	h.start(t)
	same("started anew")
	third := put("Storm over", "press")
	h.paint(t, "")
	h.start(t)
	same("removed")
	if rec, err := h.Version(t.Context(), "storm-1", third); err != nil || rec.Article.Designs != "" {
		t.Errorf("a built-in theme is kept: %q %v", rec.Article.Designs, err)
	}
}

// TestDesignsThatCannotBeKept stop no story, and a picture whose designs cannot be read is for a minute only.
func TestDesignsThatCannotBeKept(t *testing.T) {
	h := newThemed(t)
	h.paint(t, "#f3f7f9")
	h.start(t)
	story := article.Article{ID: "storm-1", URL: "https://news.example/storm", Headline: "Storm", Lang: "en", Theme: "harbor"}
	r, err := h.Put(t.Context(), story, PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for key := range h.kept.List(t.Context(), "") {
		if err := h.kept.Delete(t.Context(), key.Key); err != nil {
			t.Fatal(err)
		}
	}
	h.paint(t, "#ffe0e0")
	h.start(t)
	q := PictureRequest{ID: "storm-1", Version: r.Record.Version, Size: "og"}
	if p, err := h.Card(t.Context(), q); err != nil || !p.Brief || p.Card.Theme != "harbor" {
		t.Errorf("%+v %v", p, err)
	}
	h.kept.fails = errors.New("the disk is full")
	story.Headline = "Storm over"
	if r, err = h.Put(t.Context(), story, PutOptions{}); err != nil || r.Record.Article.Designs != "" {
		t.Errorf("%q %v", r.Record.Article.Designs, err)
	}
}
