package photos

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/photo"
)

// shelf returns a store whose photos are on a disk, with its folder and its source.
func shelf(t *testing.T) (l *Store, dir string, source *web) {
	t.Helper()
	dir = t.TempDir()
	disk, err := blob.NewDisk(dir, blob.DiskOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = disk.Close() })
	source = &web{fresh: time.Minute}
	return New(Config{
		Blobs: disk, Spill: &spill{blobs: map[string][]byte{}}, Fetcher: source,
		Decoder: photo.NewDecoder(photo.DefaultDecodeBytes),
	}), dir, source
}

// fileOf returns the file of a stored photo.
func fileOf(t *testing.T, dir, id string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "??", blobName(id)))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	return files[0]
}

// TestDamagedPhoto: a stored photo whose file is damaged is an error that says so, also after its file was put aside.
// It is stored anew by each way in which its bytes come again, even if they are in memory.
func TestDamagedPhoto(t *testing.T) {
	for why, tt := range map[string]struct {
		again  func(l *Store) (Photo, error)
		fetchs int // of the whole photo
	}{
		"kept again":     {func(l *Store) (Photo, error) { return l.Keep(t.Context(), url, "") }, 2},
		"confirmed":      {func(l *Store) (Photo, error) { return l.Keep(t.Context(), url, idOf(picturePNG(0))) }, 2},
		"uploaded again": {func(l *Store) (Photo, error) { return l.Upload(t.Context(), picturePNG(0)) }, 1},
	} {
		l, dir, source := shelf(t)
		p, err := l.Keep(t.Context(), url, "")
		if err != nil {
			t.Fatal(err)
		}
		evict(l)
		if err := os.Truncate(fileOf(t, dir, p.ID), 40); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			err := l.Load(t.Context(), p.ID)
			if !errors.Is(err, ErrDamaged) || fault.KindOf(err) != fault.ImageInvalid || fault.MessageOf(err) != fault.MessageOf(ErrDamaged) {
				t.Errorf("%s: by its ID: %v", why, err)
			}
			if _, _, err := l.Describe(t.Context(), p.ID); !errors.Is(err, ErrDamaged) {
				t.Errorf("%s: described: %v", why, err)
			}
		}
		if again, err := tt.again(l); err != nil || again != p || source.whole != tt.fetchs {
			t.Errorf("%s: %+v, %v, fetched %d times", why, again, err, source.whole)
		}
		evict(l)
		if err := l.Load(t.Context(), p.ID); err != nil {
			t.Errorf("%s: afterwards: %v", why, err)
		}
	}
}

// TestPhotoThatIsInMemoryOnly: if the file of a photo is gone while the photo is in memory, it is stored anew.
func TestPhotoThatIsInMemoryOnly(t *testing.T) {
	for why, again := range map[string]func(l *Store) (Photo, error){
		"kept again":     func(l *Store) (Photo, error) { return l.Keep(t.Context(), url, "") },
		"confirmed":      func(l *Store) (Photo, error) { return l.Keep(t.Context(), url, idOf(picturePNG(0))) },
		"by its ID":      func(l *Store) (Photo, error) { return l.Keep(t.Context(), idOf(picturePNG(0)), "") },
		"uploaded again": func(l *Store) (Photo, error) { return l.Upload(t.Context(), picturePNG(0)) },
	} {
		l, dir, _ := shelf(t)
		p, err := l.Keep(t.Context(), url, "")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(fileOf(t, dir, p.ID)); err != nil {
			t.Fatal(err)
		}
		if again, err := again(l); err != nil || again != p {
			t.Errorf("%s: %+v, %v", why, again, err)
		}
		evict(l)
		if err := l.Load(t.Context(), p.ID); err != nil {
			t.Errorf("%s: afterwards: %v", why, err)
		}
	}
}
