package photos

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/photo"
)

// TestOnePhotoForManyPictures: while a photo is in memory, it is fetched once, and neither hashed, written nor read.
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
	if o := l.cache.get(known.key); o == nil || o.id != "" {
		t.Errorf("held: %+v", o)
	}
	if n := kept.writes + kept.reads + spillOf(l).writes; source.asked != 1 || n != 0 {
		t.Errorf("asked %d times, written and read %d times", source.asked, n)
	}
}

// TestKeptPhotosAreStored: when an article keeps a temporary photo, it is fetched once more and stored. Afterwards its
// source confirms it, and pictures are drawn from the stored photo.
func TestKeptPhotosAreStored(t *testing.T) {
	for why, meanwhile := range map[string]func(*Store){
		"in memory": func(*Store) {}, "evicted": evict,
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
		evict(l)
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

// TestTheCacheIsBounded: the cache holds the most recently used photos within its bytes. Of those it evicts, temporary
// photos that have not been drawn go to the spill.
func TestTheCacheIsBounded(t *testing.T) {
	spilled := &spill{blobs: map[string][]byte{}}
	const unit = 10_000 // bytes, much more than loadedBytes
	c := newCache(100*unit+3*loadedBytes, spilled)
	photo := func(units int) *loaded { return &loaded{data: make([]byte, units*unit)} }
	add := func(key string, units int) { c.add(key, photo(units)) }
	holds := func(why string, units int64, want ...string) {
		t.Helper()
		bytes := units*unit + int64(len(want))*loadedBytes
		var keys []string
		for e := c.order.Front(); e != nil; e = e.Next() {
			keys = append(keys, e.Value.(*loaded).key)
		}
		if !slices.Equal(keys, want) || c.bytes != bytes || len(c.byKey) != len(want) {
			t.Errorf("%s: %v, %d bytes; want %v, %d", why, keys, c.bytes, want, bytes)
		}
	}
	add("a", 30)
	add("b", 30)
	add("c", 40)
	holds("full", 100, "c", "b", "a")
	if o := c.get("a"); o == nil || len(o.data) != 30*unit || c.get("d") != nil {
		t.Errorf("a is %+v", o)
	}
	add("d", 10)
	holds("one more", 80, "d", "a", "c")
	add("c", 99)
	holds("one that is there", 80, "c", "d", "a")
	add("e", 95)
	holds("nearly all", 95, "e")
	add("f", 101)
	holds("more than all", 101, "f")
	add("g", 1)
	holds("after it", 1, "g")
	if spilled.writes != 0 {
		t.Errorf("stored photos are spilled: %d", spilled.writes)
	}
	drawn := photo(100)
	drawn.drawn.Store(true)
	c.add(temporary+"drawn", drawn)
	for range 2 { // the second time it is in the spill already
		add(temporary+"1", 100)
		add(temporary+"2", 100)
	}
	if spilled.writes != 2 || len(spilled.blobs[temporary+"1"]) != 100*unit || !spilled.Has(temporary+"2") {
		t.Errorf("spilled: %d, %d", spilled.writes, len(spilled.blobs))
	}
}

// TestTinyPhotosAreFew: photos of a few bytes take more memory than their bytes, and the bound counts that.
func TestTinyPhotosAreFew(t *testing.T) {
	c := newCache(100*loadedBytes, &spill{blobs: map[string][]byte{}})
	for i := range 1000 {
		c.add(strconv.Itoa(i), &loaded{data: []byte{1}})
	}
	if n := len(c.byKey); n != 99 || c.order.Len() != n {
		t.Errorf("%d photos of one byte in the memory of 100 without any", n)
	}
}

// TestEvictedPhotosAreLoadedAgain: a photo may be evicted between Load and Decode. Then a temporary photo is read from
// the spill, or fetched again if it is not there, and a stored photo is read from the disk.
func TestEvictedPhotosAreLoadedAgain(t *testing.T) {
	l, kept, source, _ := house()
	p, err := l.Save(t.Context(), picturePNG(7))
	if err != nil {
		t.Fatal(err)
	}
	decode := func(ref string, version, fetched, read int) {
		t.Helper()
		if err := l.Load(t.Context(), ref); err != nil {
			t.Fatal(err)
		}
		evict(l)
		if fetched > 1 {
			clear(spillOf(l).blobs)
		}
		size := image.Point{}
		_, err := l.Decode(t.Context(), ref, color.White, func(p *photo.Photo) error {
			size = p.Size()
			return nil
		})
		data, _ := shown(t, l, ref)
		if err != nil || size != image.Pt(3, 2) || !bytes.Equal(data, picturePNG(version)) {
			t.Errorf("%s: %v, %v", ref, size, err)
		}
		if source.whole != fetched || kept.reads != read || kept.writes != 1 {
			t.Errorf("%s: fetched %d times, read %d, written %d", ref, source.whole, kept.reads, kept.writes)
		}
	}
	decode(p.ID, 7, 0, 1)
	decode(url, 0, 1, 1)
	decode(url, 0, 2, 1)
	decode(p.ID, 7, 2, 3)
}

// TestSpilledPhotosWaitOnTheDisk: a spilled photo is not read before it is drawn.
func TestSpilledPhotosWaitOnTheDisk(t *testing.T) {
	l, _, source, _ := house()
	if err := l.Load(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	evict(l)
	known, _ := l.sources.get(url)
	if err := l.Load(t.Context(), url); err != nil || l.cache.get(known.key) != nil || source.asked != 1 {
		t.Errorf("%v; it is held: %t; asked %d times", err, l.cache.get(known.key) != nil, source.asked)
	}
	if data, err := shown(t, l, url); err != nil || !bytes.Equal(data, picturePNG(0)) || source.asked != 1 {
		t.Errorf("drawn from: %v, asked %d times", err, source.asked)
	}
}

// TestConcurrentEviction: while photos are evicted and loaded concurrently, each has the bytes that its source sent.
func TestConcurrentEviction(t *testing.T) {
	disk, err := blob.NewDisk(t.TempDir(), blob.DiskOptions{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer disk.Close()
	ring, err := blob.NewRing(t.TempDir(), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	defer ring.Close()
	const photos = 24
	l := New(Config{
		Blobs: disk, Spill: ring, Fetcher: many{}, Decoder: photo.NewDecoder(photo.DefaultDecodeBytes),
		Memory: 3 * (int64(cap(picturePNG(0))) + loadedBytes),
	})
	var wg sync.WaitGroup
	for worker := range 6 {
		wg.Go(func() {
			for i := range 10 * photos {
				n := (i*7 + worker) % photos
				if i%11 == worker {
					if _, err := l.Keep(t.Context(), fmt.Sprint(n), ""); err != nil {
						t.Error(err)
					}
				}
				if data, err := shown(t, l, fmt.Sprint(n)); err != nil || !bytes.Equal(data, picturePNG(n)) {
					t.Errorf("%d: %v", n, err)
				}
			}
		})
	}
	wg.Wait()
}

// many is a source with a photo for each number.
type many struct{}

func (many) Media(ctx context.Context, url string, q fetch.Request) (fetch.Answer, error) {
	n, err := strconv.Atoi(url)
	if err != nil {
		return fetch.Answer{}, err
	}
	return (&web{version: n, fresh: time.Hour}).Media(ctx, url, q)
}
