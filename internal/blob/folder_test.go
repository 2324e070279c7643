package blob

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsroom.example/cards/internal/fault"
)

// TestFolderRemoved: while the folder is gone or another is in its place, nothing is acknowledged into the old one. A
// folder that is put there is used at once. None is created.
func TestFolderRemoved(t *testing.T) {
	for why, tt := range map[string]struct {
		remove  func(dir, aside string) error
		restore func(dir, aside string) error
		keeps   bool // what was stored before
	}{
		"removed, then a new one": {
			func(dir, _ string) error { return os.RemoveAll(dir) },
			func(dir, _ string) error { return os.Mkdir(dir, 0o700) }, false,
		},
		"moved away and back": {
			os.Rename,
			func(dir, aside string) error { return os.Rename(aside, dir) }, true,
		},
		"moved away, then a copy": {
			os.Rename,
			func(dir, aside string) error {
				return errors.Join(os.CopyFS(dir, os.DirFS(aside)), os.RemoveAll(aside))
			}, true,
		},
	} {
		root := t.TempDir()
		dir, aside := filepath.Join(root, "pictures"), filepath.Join(root, "aside")
		d := disk(t, dir)
		if err := d.Put(t.Context(), "a", []byte("before")); err != nil {
			t.Fatal(err)
		}
		if err := tt.remove(dir, aside); err != nil {
			t.Fatal(err)
		}
		for what, err := range map[string]error{
			"put": d.Put(t.Context(), "b", []byte("lost")), "check": d.Check(), "ping": d.Ping(t.Context()),
			"delete": d.Delete(t.Context(), "a"),
		} {
			if !errors.Is(err, ErrUnavailable) || !errors.Is(err, fault.ErrRemoved) ||
				!strings.Contains(fault.MessageOf(err), "removed or replaced") {
				t.Errorf("%s: %s: %v", why, what, err)
			}
		}
		if _, err := d.Get(t.Context(), "b"); errors.Is(err, ErrNotFound) || fault.KindOf(err) != fault.Unavailable {
			t.Errorf("%s: a blob that may be there: %v", why, err)
		}
		if there, err := d.Has(t.Context(), "a"); there || fault.KindOf(err) != fault.Unavailable {
			t.Errorf("%s: it has a blob: %t, %v", why, there, err)
		}
		if _, err := os.Stat(dir); !os.IsNotExist(err) {
			t.Errorf("%s: there is a folder: %v", why, err)
		}
		if err := tt.restore(dir, aside); err != nil {
			t.Fatal(err)
		}
		_, err := d.Get(t.Context(), "a")
		if there, hasErr := d.Has(t.Context(), "a"); (err == nil) != tt.keeps || there != tt.keeps || hasErr != nil {
			t.Errorf("%s: what was stored before: %v; %t, %v", why, err, there, hasErr)
		}
		if err := d.Put(t.Context(), "c", []byte("after")); err != nil {
			t.Errorf("%s: %v", why, err)
		}
		if got, err := os.ReadFile(fileOf(t, dir, "c")); err != nil || !bytes.HasSuffix(got, []byte("after")) {
			t.Errorf("%s: the folder has %q, %v", why, got, err)
		}
		if err := errors.Join(d.at.Load().check(), d.Check(), d.Ping(t.Context())); err != nil {
			t.Errorf("%s: %v", why, err)
		}
	}
}

// fileOf returns the path of the blob's file in the folder.
func fileOf(t *testing.T, dir, key string) string {
	t.Helper()
	_, file, err := place(key)
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, file)
}

// moving moves the folder away during a call.
type moving struct {
	FS
	dir string
	now bool
}

func (m *moving) Rename(from, to string) error {
	err := m.FS.Rename(from, to)
	if m.now && err == nil {
		err = os.Rename(m.dir, m.dir+".moved")
	}
	return err
}

// TestFolderMovedDuringPut: a blob that ends up in a folder that is no longer there is not acknowledged, even if another
// folder has taken its place.
func TestFolderMovedDuringPut(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "pictures")
	m := &moving{dir: dir}
	d, err := NewDisk(dir, DiskOptions{Wrap: func(files FS) FS { m.FS = files; return m }})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Put(t.Context(), "a", nil); err != nil {
		t.Fatal(err)
	}
	m.now = true
	if err := d.Put(t.Context(), "a", nil); !errors.Is(err, fault.ErrRemoved) {
		t.Errorf("%v", err)
	}
}

// TestCacheWithoutItsFolder: cards in memory are answered, and the ring works, without a folder.
func TestCacheWithoutItsFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "pictures")
	c := cache(t, dir, 1<<20, 1<<20)
	behind(c).sweeps.Wait() // the first sweep may count twice what is written during it
	r, err := NewRing(dir, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := c.Put(t.Context(), "card-1", []byte("drawn")); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := c.Put(t.Context(), "card-2", []byte("drawn later")); !errors.Is(err, fault.ErrRemoved) {
		t.Errorf("a card without a folder: %v", err)
	}
	for key, want := range map[string]string{"card-1": "drawn", "card-2": "drawn later"} {
		if got, err := c.Get(t.Context(), key); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", key, got, err)
		}
	}
	if err := r.Put("photo", []byte("fetched")); err != nil {
		t.Error(err)
	}
	if got, ok := r.Get("photo"); !ok || string(got) != "fetched" {
		t.Errorf("the ring has %q", got)
	}
	if n := behind(c).onDisk.Load(); n > room(5) {
		t.Errorf("%d bytes count as written", n)
	}
}
