package photos

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/photo"
)

// TestOnePhotoForManyPictures: a photo is asked for once, and neither hashed, written nor read, while
// memory holds it.
func TestOnePhotoForManyPictures(t *testing.T) {
	l, kept, source, _ := house()
	for range 3 {
		if err := l.Load(t.Context(), url); err != nil {
			t.Fatal(err)
		}
		if _, err := shown(t, l, url); err != nil {
			t.Fatal(err)
		}
	}
	known, _ := l.sources.get(url)
	if o := l.recent.get(known.key); o == nil || o.id != "" {
		t.Errorf("held: %+v", o)
	}
	if source.asked != 1 || kept.writes+kept.reads+atticOf(l).writes != 0 {
		t.Errorf("asked %d times, written %d, read %d, spilled %d", source.asked, kept.writes, kept.reads, atticOf(l).writes)
	}
}

// TestKeptPhotosAreOnTheShelf: what was fetched for a picture is put on the shelf when an article
// keeps it, and drawn from there; its source is asked for it whole once more, and then confirms it.
func TestKeptPhotosAreOnTheShelf(t *testing.T) {
	for why, meanwhile := range map[string]func(*Library){
		"in memory": func(*Library) {}, "spilled": forget,
	} {
		l, kept, source, _ := house()
		if err := l.Load(t.Context(), url); err != nil || len(kept.blobs) != 0 {
			t.Fatalf("%s: %v, %d kept", why, err, len(kept.blobs))
		}
		meanwhile(l)
		p, err := l.Keep(t.Context(), url, "")
		if err != nil || len(kept.blobs) != 1 || source.asked != 2 {
			t.Fatalf("%s: %v, %d kept, asked %d times", why, err, len(kept.blobs), source.asked)
		}
		if known, _ := l.sources.get(url); known.key != p.ID {
			t.Errorf("%s: %s is the photo of its URL", why, known.key)
		}
		for _, ref := range []string{url, p.ID} {
			if again, err := l.Keep(t.Context(), ref, p.ID); err != nil || again != p || kept.writes != 1 || kept.reads != 0 {
				t.Errorf("%s, %s: %v, %v, written %d, read %d", why, ref, again, err, kept.writes, kept.reads)
			}
		}
		forget(l)
		for _, ref := range []string{url, p.ID} {
			if data, err := shown(t, l, ref); err != nil || !bytes.Equal(data, picturePNG(0)) {
				t.Errorf("%s, %s: %v", why, ref, err)
			}
		}
		if kept.reads != 1 || source.asked != 3 || source.whole != 2 {
			t.Errorf("%s: read %d times, asked %d, fetched %d", why, kept.reads, source.asked, source.whole)
		}
	}
}

// TestMemoryIsBounded: what there is no room for is spilled, once; a photo that is being spilled is
// still there.
func TestMemoryIsBounded(t *testing.T) {
	l, kept, source, _ := house()
	size := int64(cap(picturePNG(0)))
	l.recent.most = 2 * size
	load := func(i int) {
		t.Helper()
		source.version = i
		if data, err := shown(t, l, fmt.Sprint(url, "?", i)); err != nil || !bytes.Equal(data, picturePNG(i)) {
			t.Errorf("%d: %v", i, err)
		}
		known, _ := l.sources.get(fmt.Sprint(url, "?", i))
		l.recent.drawn(l.recent.get(known.key))
	}
	spilling := 0
	atticOf(l).onPut = func() {
		spilling++
		if got := l.recent.get(fmt.Sprint(passing, spilling)); got == nil || !bytes.Equal(got.data, picturePNG(spilling-1)) {
			t.Errorf("%d is gone before it is spilled", spilling)
		}
	}
	for i := range 5 {
		load(i)
	}
	if n := l.recent.order.Len(); n != 2 || len(l.recent.held) != 2 || l.recent.bytes != 2*size || spilling != 3 {
		t.Errorf("%d are held, %d bytes; spilled %d", n, l.recent.bytes, spilling)
	}
	atticOf(l).onPut = nil
	for i := range 5 {
		load(i)
	}
	if source.asked != 5 || atticOf(l).writes != 5 {
		t.Errorf("asked %d times, spilled %d", source.asked, atticOf(l).writes)
	}
	if _, err := l.Save(t.Context(), picturePNG(9)); err != nil {
		t.Fatal(err)
	}
	forget(l)
	if atticOf(l).writes != 5 || len(kept.blobs) != 1 {
		t.Errorf("an upload is spilled: %d, %d kept", atticOf(l).writes, len(kept.blobs))
	}
}

// TestSpilledPhotosWaitOutside: a photo that was spilled is not read before it is drawn from, and then it is
// the same.
func TestSpilledPhotosWaitOutside(t *testing.T) {
	l, _, source, _ := house()
	for range 2 {
		if err := l.Load(t.Context(), url); err != nil {
			t.Fatal(err)
		}
		forget(l)
	}
	if err := l.Load(t.Context(), url); err != nil || len(l.recent.held) != 0 || source.asked != 1 {
		t.Errorf("%v; %d are held, asked %d times", err, len(l.recent.held), source.asked)
	}
	if data, err := shown(t, l, url); err != nil || !bytes.Equal(data, picturePNG(0)) || source.asked != 1 {
		t.Errorf("drawn from: %v, asked %d times", err, source.asked)
	}
}

// TestPhotosWaitInMemory: a photo from which nothing was drawn is held for longer than others, and no
// photo for ever.
func TestPhotosWaitInMemory(t *testing.T) {
	l, _, _, _ := house()
	size := int64(cap(picturePNG(0)))
	l.recent.most = 3 * size
	for i := range 9 {
		o, err := inspected(picturePNG(i))
		if err != nil {
			t.Fatal(err)
		}
		l.recent.add(fmt.Sprint(passing, i), o)
		if i%2 == 1 {
			l.recent.drawn(o)
		}
	}
	var held []string
	for e := l.recent.order.Back(); e != nil; e = e.Prev() {
		held = append(held, strings.TrimPrefix(e.Value.(*original).key, passing))
	}
	if got := strings.Join(held, " "); got != "0 2 4 6 8" {
		t.Errorf("held: %s", got)
	}
	for i := 10; i < 30; i++ {
		o, err := inspected(picturePNG(i))
		if err != nil {
			t.Fatal(err)
		}
		l.recent.add(fmt.Sprint(passing, i), o)
	}
	if l.recent.bytes > waiting*3*size {
		t.Errorf("%d bytes are held", l.recent.bytes)
	}
}

// TestPhotosComeAndGo: however photos leave memory while others come, each reads as its source gave it,
// and each is asked for once.
func TestPhotosComeAndGo(t *testing.T) {
	disk, err := blob.NewDisk(t.TempDir(), blob.DiskOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer disk.Close()
	ring, err := blob.NewRing(disk, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	defer ring.Close()
	const photos = 24
	size := int64(cap(picturePNG(0)))
	l := New(Config{Kept: disk, Passing: ring, Fetcher: many{}, Decoder: photo.NewDecoder(photo.DefaultDecodeBytes), Memory: 3 * size})
	for i := range photos {
		if err := l.Load(t.Context(), strconv.Itoa(i)); err != nil {
			t.Fatal(err)
		}
	}
	l.fetcher = forKeeping{}
	var wg sync.WaitGroup
	for worker := range 6 {
		wg.Go(func() {
			for i := range 10 * photos {
				n := (i*7 + worker) % photos
				if i%11 == worker {
					if _, err := l.Keep(t.Context(), strconv.Itoa(n), ""); err != nil {
						t.Error(err)
					}
				}
				if data, err := shown(t, l, strconv.Itoa(n)); err != nil || !bytes.Equal(data, picturePNG(n)) {
					t.Errorf("%d: %v", n, err)
				}
			}
		})
	}
	wg.Wait()
}

// forKeeping is many, for photos that are to be kept alone: others were fetched before.
type forKeeping struct{}

func (forKeeping) Media(ctx context.Context, url string, q fetch.Request) (fetch.Answer, error) {
	if !q.Fresh {
		return fetch.Answer{}, fetch.ErrUnavailable
	}
	return many{}.Media(ctx, url, q)
}

// many is a source of a photo for each number.
type many struct{}

func (many) Media(ctx context.Context, url string, q fetch.Request) (fetch.Answer, error) {
	n, err := strconv.Atoi(url)
	if err != nil {
		return fetch.Answer{}, err
	}
	return (&web{version: n, fresh: time.Hour}).Media(ctx, url, q)
}

// TestDamageReadsAsMissing: a kept photo whose file was cut off is not there; where its URL is known,
// it is fetched anew and whole again once it is kept.
func TestDamageReadsAsMissing(t *testing.T) {
	dir := t.TempDir()
	disk, err := blob.NewDisk(dir, blob.DiskOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer disk.Close()
	source := &web{fresh: time.Minute}
	l := New(Config{Kept: disk, Passing: newAttic(), Fetcher: source})
	p, err := l.Keep(t.Context(), url, "")
	if err != nil || !strings.HasPrefix(p.ID, prefix) {
		t.Fatal(p, err)
	}
	forget(l)
	files, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	if err := os.Truncate(files[0], 40); err != nil {
		t.Fatal(err)
	}
	if err := l.Load(t.Context(), p.ID); !errors.Is(err, fetch.ErrUnavailable) {
		t.Errorf("by its ID: %v", err)
	}
	if again, err := l.Keep(t.Context(), url, ""); err != nil || again != p || source.whole != 2 {
		t.Errorf("fetched %d times, %v", source.whole, err)
	}
	forget(l)
	if err := l.Load(t.Context(), p.ID); err != nil {
		t.Error(err)
	}
}
