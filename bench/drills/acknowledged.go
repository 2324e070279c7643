package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// acknowledged checks that everything that was acknowledged is stored. Of what was in files that were replaced, that is
// what was acknowledged since they were removed.
func (b *bench) acknowledged(ctx context.Context, l *load, f fault, when string) {
	b.articles(ctx, l, f.removed(database), when)
	b.clicks(ctx, l, f.removed(database), when)
	b.photos(l, f.removed(pictures), when)
}

// articles checks the articles.
func (b *bench) articles(ctx context.Context, l *load, since time.Time, when string) {
	lost, checked := 0, 0
	for id, a := range l.articles {
		if a.at.Before(since) {
			continue
		}
		checked++
		if !l.has(ctx, id, a) {
			lost++
		}
	}
	b.hold("acknowledged articles lost, "+when, lost == 0 && checked > 0, "none", "%d of %d", lost, checked)
	b.out.articles, b.out.lost = checked, b.out.lost+lost
}

// removed returns when the files of the part were removed, or the zero time if they came back.
func (f fault) removed(part string) time.Time {
	if f.replaced && f.parts[0] == part {
		return f.broken.Add(onItsWay)
	}
	return time.Time{}
}

// has reports whether the article is stored as it was acknowledged.
func (l *load) has(ctx context.Context, id string, a accepted) bool {
	raw, _, err := l.s.Get(ctx, "/v1/articles/"+id)
	var answer struct{ Version string }
	return err == nil && json.Unmarshal(raw, &answer) == nil && answer.Version == a.version
}

// clicks checks the sum of the clicks. Those that wait in a file may take a moment.
func (b *bench) clicks(ctx context.Context, l *load, since time.Time, when string) {
	least := 0
	for _, at := range l.clicks {
		if !at.Before(since) {
			least++
		}
	}
	stored := l.counted(ctx, least)
	b.hold("acknowledged clicks, "+when, stored >= least && stored <= len(l.clicks)+l.cutOff, "each stored once",
		"%d stored of %d", stored, least)
	b.out.clicks, b.out.lost = least, b.out.lost+max(least-stored, 0)
}

// counted returns the number of clicks that are stored, as soon as it is at least so high, or after five seconds.
func (l *load) counted(ctx context.Context, least int) (stored int) {
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		raw, _, err := l.s.Get(ctx, "/v1/articles/"+story+"/stats")
		var answer struct{ Raw int } // also those over the share of a network
		if err == nil && json.Unmarshal(raw, &answer) == nil {
			stored = answer.Raw
		}
		if stored >= least || time.Since(began) > mostRecovery {
			return stored
		}
	}
}

// photos checks the files of the uploads.
func (b *bench) photos(l *load, since time.Time, when string) {
	lost, checked := 0, 0
	for id, at := range l.photos {
		if at.Before(since) {
			continue
		}
		checked++
		if !wholePhoto(b.photoFile("photo-" + strings.TrimPrefix(id, "upload:"))) {
			lost++
		}
	}
	b.hold("acknowledged photos lost, "+when, lost == 0 && checked > 0, "none", "%d of %d", lost, checked)
	b.out.photos, b.out.lost = checked, b.out.lost+lost
}

// photoFile returns the file of a photo: in the folder of pictures, or in the bucket.
func (b *bench) photoFile(name string) string {
	if b.bucket != nil {
		return filepath.Join(b.bucket.Dir, "news", "originals", name)
	}
	folder := sha256.Sum256([]byte(name))
	return filepath.Join(b.data, "pictures", hex.EncodeToString(folder[:1]), name)
}

// wholePhoto reports whether the file has the photo as it was stored: behind its hash.
func wholePhoto(file string) bool {
	raw, err := os.ReadFile(file)
	if err != nil || len(raw) < sha256.Size {
		return false
	}
	sum := sha256.Sum256(raw[sha256.Size:])
	return bytes.Equal(sum[:], raw[:sha256.Size])
}
