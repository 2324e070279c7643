package blob

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

func disk(t *testing.T, dir string) *Disk {
	t.Helper()
	d, err := NewDisk(dir, DiskOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// cache returns a cache with the given budgets, in bytes.
func cache(t *testing.T, dir string, memory, onDisk int64) *Cache {
	t.Helper()
	d, err := NewDisk(dir, DiskOptions{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	c, err := NewCache(d, "card-", memory, onDisk)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// behind is what is behind the memory of a cache in a folder.
func behind(c *Cache) *budgeted { return c.behind.(*budgeted) }

// only returns the path of the only blob in the folder.
func only(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	return files[0]
}

// TestDamageReadsAsMissing: a damaged blob that can be produced again is removed.
func TestDamageReadsAsMissing(t *testing.T) {
	for why, damage := range damages {
		dir := t.TempDir()
		d, err := NewDisk(dir, DiskOptions{NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		if err := d.Put(t.Context(), "a", []byte("data")); err != nil {
			t.Fatal(err)
		}
		spoil(t, dir, "a", damage)
		for _, want := range []error{ErrDamaged, ErrNotFound} {
			if _, err := d.Get(t.Context(), "a"); !errors.Is(err, want) || !errors.Is(err, ErrNotFound) {
				t.Errorf("%s: %v", why, err)
			}
		}
		if files, err := filepath.Glob(filepath.Join(dir, "*", "*")); err != nil || len(files) != 0 {
			t.Errorf("%s: the damaged file stays: %v, %v", why, files, err)
		}
	}
}

// TestFilesElsewhereAreNoBlobs: a file that lies outside of its key's folder can be neither read nor deleted by its
// key, so it is not listed, and the cache neither counts nor removes it.
func TestFilesElsewhereAreNoBlobs(t *testing.T) {
	dir := t.TempDir()
	d := disk(t, dir)
	if err := d.Put(t.Context(), "card-a", []byte("data")); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(only(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"00", "ff", "zz", "backup", filepath.Base(filepath.Dir(only(t, dir)))} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o700); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, folder, "card-a")
		if err := os.WriteFile(file, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		defer os.Remove(file)
	}
	listed := 0
	for range d.List(t.Context(), "card-") {
		listed++
	}
	if err := d.Delete(t.Context(), "card-a"); err != nil {
		t.Fatal(err)
	}
	for info, err := range d.List(t.Context(), "") {
		t.Errorf("after Delete: %v, %v", info, err)
	}
	if c := cache(t, dir, 1<<20, 1<<20); listed != 1 || behind(c).onDisk.Load() != 0 {
		t.Errorf("%d listed, %d bytes counted", listed, behind(c).onDisk.Load())
	}
}

func TestFilesAreTheOwnersAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "pictures")
	d := disk(t, dir)
	if err := d.Put(t.Context(), "a", []byte("data")); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]fs.FileMode{dir: 0o700, filepath.Dir(only(t, dir)): 0o700, only(t, dir): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
}

// TestRemoveStale: old temporary files are removed. A new one, which another process may be writing, and a folder with
// such a name are left alone.
func TestRemoveStale(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, tempPrefix+name) }
	stale, young, folder := path("stale"), path("young"), path("folder")
	for _, file := range []string{stale, young} {
		if err := os.WriteFile(file, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	long := time.Now().Add(-staleAfter - time.Minute)
	for _, path := range []string{stale, folder} {
		if err := os.Chtimes(path, long, long); err != nil {
			t.Fatal(err)
		}
	}
	if removed, err := disk(t, dir).RemoveStale(t.Context()); removed != 1 || err != nil {
		t.Errorf("removed %d, %v", removed, err)
	}
	for path, want := range map[string]bool{stale: false, young: true, folder: true} {
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("%s: there is %t, want %t", filepath.Base(path), err == nil, want)
		}
	}
}

// TestOpeningTheFolderAgainBreaksNoWrite: a starting process does not disturb the writes of another one.
func TestOpeningTheFolderAgainBreaksNoWrite(t *testing.T) {
	dir := t.TempDir()
	d := disk(t, dir)
	var started sync.WaitGroup
	stop := make(chan struct{})
	started.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				if other, err := NewDisk(dir, DiskOptions{}); err != nil {
					t.Error(err)
				} else {
					other.Close()
				}
			}
		}
	})
	for i := range 60 {
		if err := d.Put(t.Context(), fmt.Sprintf("a%d", i), make([]byte, 100_000)); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	started.Wait()
}
