package photos

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"strings"
	"sync"
	"testing"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/photo"
)

// withdraw withdraws the photo as the service does: it is recorded, then removed.
func withdraw(t *testing.T, l *Store, id string) {
	t.Helper()
	l.withdrawn.Add(id)
	if err := l.Remove(t.Context(), id); err != nil {
		t.Fatal(err)
	}
}

// withdrawable returns a house whose store has a set of withdrawn photos.
func withdrawable() (l *Store, kept *memory, source *web) {
	l, kept, source, _ = house()
	l.withdrawn = &Withdrawn{}
	return l, kept, source
}

// copies counts the copies of the photo in the blob store, in memory and in the spill.
func copies(l *Store, kept *memory, id string) (n int) {
	for _, all := range []map[string][]byte{kept.blobs, spillOf(l).blobs} {
		for _, data := range all {
			if idOf(data) == id {
				n++
			}
		}
	}
	for e := l.cache.order.Front(); e != nil; e = e.Next() {
		if e.Value.(*loaded).describe().ID == id {
			n++
		}
	}
	return n
}

// TestWithdrawnPhoto: all copies of a withdrawn photo are removed. Its bytes are not shown or stored again, whatever they
// come from, and no copy of them stays. Other photos are not affected.
func TestWithdrawnPhoto(t *testing.T) {
	id := idOf(picturePNG(0))
	for why, use := range map[string]func(l *Store) error{
		"loaded": func(l *Store) error { return l.Load(t.Context(), url) },
		"decoded": func(l *Store) error {
			_, err := l.Decode(t.Context(), url, color.White, func(*photo.Photo) error { return nil })
			return err
		},
		"shown":              func(l *Store) error { _, _, err := l.Show(t.Context(), url); return err },
		"kept":               func(l *Store) error { _, err := l.Keep(t.Context(), url, ""); return err },
		"kept, shown before": func(l *Store) error { _, err := l.Keep(t.Context(), url, id); return err },
		"checked":            func(l *Store) error { _, err := l.Check(t.Context(), url, ""); return err },
		"uploaded":           func(l *Store) error { _, err := l.Upload(t.Context(), picturePNG(0)); return err },
		"saved":              func(l *Store) error { _, err := l.Save(t.Context(), picturePNG(0)); return err },
		"loaded by ID":       func(l *Store) error { return l.Load(t.Context(), id) },
		"kept by ID":         func(l *Store) error { _, err := l.Keep(t.Context(), id, ""); return err },
		"described":          func(l *Store) error { _, _, err := l.Describe(t.Context(), id); return err },
	} {
		for how, before := range map[string]func(l *Store) error{
			"never here": func(*Store) error { return nil },
			"stored":     func(l *Store) error { _, err := l.Keep(t.Context(), url, ""); return err },
			"temporary":  func(l *Store) error { return l.Load(t.Context(), url) },
			"spilled": func(l *Store) error {
				err := l.Load(t.Context(), url)
				evict(l)
				return err
			},
		} {
			l, kept, source := withdrawable()
			if err := before(l); err != nil {
				t.Fatal(err)
			}
			if n := copies(l, kept, id); (n > 0) != (how != "never here") {
				t.Fatalf("%s: %d copies", how, n)
			}
			withdraw(t, l, id)
			if n := copies(l, kept, id); n != 0 {
				t.Errorf("%s: %d copies are left", how, n)
			}
			for range 2 {
				err := use(l)
				if !errors.Is(err, ErrWithdrawn) || fault.KindOf(err) != fault.PhotoGone || !strings.Contains(fault.MessageOf(err), id) {
					t.Errorf("%s, %s: %v", how, why, err)
				}
				if n := copies(l, kept, id); n != 0 {
					t.Errorf("%s, %s: %d copies", how, why, n)
				}
			}
			source.version = 1
			if p, err := l.Keep(t.Context(), url, ""); err != nil || p.ID == id {
				t.Errorf("%s, %s: another photo: %+v, %v", how, why, p, err)
			}
			if err := l.Load(t.Context(), url); err != nil {
				t.Errorf("%s, %s: another photo: %v", how, why, err)
			}
		}
	}
}

// TestWithdrawnPhotoIsNotFetchedForEachPicture: while the answer of its source is fresh, the photo is not fetched again
// for pictures. Then another photo is shown.
func TestWithdrawnPhotoIsNotFetchedForEachPicture(t *testing.T) {
	l, _, source, now := house()
	l.withdrawn = &Withdrawn{}
	l.withdrawn.Add(idOf(picturePNG(0)))
	for range 3 {
		if err := l.Load(t.Context(), url); !errors.Is(err, ErrWithdrawn) {
			t.Error(err)
		}
	}
	if source.asked != 1 {
		t.Errorf("asked %d times", source.asked)
	}
	source.version = 1
	*now = now.Add(source.fresh)
	if err := l.Load(t.Context(), url); err != nil || source.known != (fetch.Validators{}) {
		t.Errorf("%v, asked with %v", err, source.known)
	}
}

// TestWithdrawnByAnotherProcess: a photo that another process withdrew, or withdraws while it is stored, does not stay
// stored, even if this process does not know of it yet.
func TestWithdrawnByAnotherProcess(t *testing.T) {
	id := idOf(picturePNG(0))
	for why, put := range map[string]func(l *Store) (Photo, error){
		"uploaded": func(l *Store) (Photo, error) { return l.Upload(t.Context(), picturePNG(0)) },
		"kept":     func(l *Store) (Photo, error) { return l.Keep(t.Context(), url, "") },
	} {
		for _, before := range []bool{true, false} { // whether the photo was stored before
			l, kept, _ := withdrawable()
			asked := 0
			if before {
				if _, err := put(l); err != nil {
					t.Fatal(err)
				}
			}
			l.isWithdrawn = func(_ context.Context, asks string) (bool, error) {
				asked++
				if _, stored := kept.blobs[blobName(id)]; !stored {
					t.Errorf("%s: the database is asked before the photo is stored: it may be withdrawn in between", why)
				}
				return asks == id, nil
			}
			if _, err := put(l); !errors.Is(err, ErrWithdrawn) || asked == 0 {
				t.Errorf("%s: %v, asked %d times", why, err, asked)
			}
			if len(kept.blobs) != 0 {
				t.Errorf("%s: %d are stored", why, len(kept.blobs))
			}
		}
	}
	l, _, _ := withdrawable()
	l.isWithdrawn = func(context.Context, string) (bool, error) { return false, errFull }
	if _, err := l.Upload(t.Context(), picturePNG(0)); !errors.Is(err, errFull) {
		t.Errorf("a database that fails: %v", err)
	}
}

// TestWithdrawnAtOnce: the set can be used while it grows.
func TestWithdrawnAtOnce(t *testing.T) {
	var none *Withdrawn
	w := &Withdrawn{}
	if none.Has("") || w.Has("") {
		t.Error("an empty set has a photo")
	}
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for n := range 20 {
				id := fmt.Sprint(i, " ", n)
				if w.Has(id) {
					t.Errorf("%s is there already", id)
				}
				w.Add(id, id+"+")
				if !w.Has(id) || !w.Has(id+"+") {
					t.Errorf("%s is not there", id)
				}
			}
		})
	}
	all.Wait()
	if n := len(*w.ids.Load()); n != 8*20*2 {
		t.Errorf("%d photos", n)
	}
}

func TestParseID(t *testing.T) {
	hash := "0123456789abcdef0123456789abcdef"
	for text, want := range map[string]bool{
		hash: true, "upload:" + hash: true, "": false, "upload:": false, hash[1:]: false, hash + "0": false,
		strings.ToUpper(hash): false, "upload:upload:" + hash: false, " " + hash: false, hash + "\n": false, "../" + hash[3:]: false,
	} {
		if id, ok := ParseID(text); ok != want || ok && id != "upload:"+hash {
			t.Errorf("%q: %s, %t", text, id, ok)
		}
	}
}

// TestDescribe: a photo is described by its ID; one that is not stored is not found.
func TestDescribe(t *testing.T) {
	l, _, _ := withdrawable()
	p, err := l.Upload(t.Context(), picturePNG(0))
	if err != nil {
		t.Fatal(err)
	}
	if got, bytes, err := l.Describe(t.Context(), p.ID); err != nil || got != p || bytes != len(picturePNG(0)) {
		t.Errorf("%+v, %d bytes, %v", got, bytes, err)
	}
	if _, _, err := l.Describe(t.Context(), idOf(nil)); !errors.Is(err, ErrUnknown) || fault.KindOf(err) != fault.NotFound {
		t.Errorf("not stored: %v", err)
	}
}
