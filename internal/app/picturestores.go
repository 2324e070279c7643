package app

import (
	"context"
	"path/filepath"
	"strings"

	"newsroom.example/cards/handlers"
	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/blob/s3"
	"newsroom.example/cards/internal/pictures"
)

// fetchedBytes is how many bytes of temporary photos the disk may hold.
const fetchedBytes = 256 << 20

// bucketReads is the maximum number of cards that are read from a bucket at once.
const bucketReads = 64

// bucketLimits are how long the service waits for a bucket. Tests have more time.
var bucketLimits = s3.DefaultLimits()

// openPictures opens the stores of pictures: a folder or a bucket. Close closes them.
func (a *App) openPictures(c Config, s *stored) error {
	if strings.HasPrefix(c.Pictures, "s3://") {
		return a.openBucket(c, s)
	}
	return a.openFolder(c, s)
}

// openFolder opens the folder of pictures.
func (a *App) openFolder(c Config, s *stored) error {
	dir, err := storagePath("pictures", c.Pictures, "file", filepath.Join(c.Data, "pictures"))
	if err != nil {
		return err
	}
	originals, err := blob.NewDisk(dir, blob.DiskOptions{Log: a.log})
	if err != nil {
		return settingf("pictures", "%v", err)
	}
	a.onClose(originals.Close)
	a.watched = append(a.watched, watched{"pictures", func(context.Context) error { return originals.Check() }})
	if err := a.openRing(dir, s); err != nil {
		return err
	}
	unsynced, err := blob.NewDisk(dir, blob.DiskOptions{NoSync: true})
	if err != nil {
		return settingf("pictures", "%v", err)
	}
	a.onClose(unsynced.Close)
	if s.cards, err = blob.NewCache(unsynced, pictures.KeyPrefix, c.MemoryCache, c.CardCache); err != nil {
		return err
	}
	a.onClose(s.cards.Close)
	s.photos, s.pingPictures = originals, originals.Ping
	s.parts = append(s.parts, handlers.Part{Name: "pictures", Ping: originals.Ping})
	s.tidy = folderJobs(originals, s.cards)
	return nil
}

// openBucket opens the bucket of pictures. It does not wait for the store: the service starts and answers without it.
// Nor does readiness depend on it: all replicas would leave the balancer at once, with the redirects and the cards that
// they can still serve.
func (a *App) openBucket(c Config, s *stored) error {
	where, err := s3.Parse(c.Pictures)
	if err != nil {
		return settingf("pictures", "%v", err)
	}
	bucket, err := s3.Open(where, s3.Options{Limits: bucketLimits, Log: a.log, Watch: a.watchBucket()})
	if err != nil {
		return settingf("pictures", "%v", err)
	}
	a.onClose(bucket.Close)
	s.bucket = bucket
	if err := a.openRing(c.Data, s); err != nil {
		return err
	}
	if s.cards, err = blob.NewCacheOver(bucket.Cards(pictures.PhotoOf), c.MemoryCache, bucketReads); err != nil {
		return err
	}
	a.onClose(s.cards.Close)
	s.photos = bucket.Originals()
	return nil
}

// openRing opens the ring of temporary photos, in the folder dir.
func (a *App) openRing(dir string, s *stored) (err error) {
	if s.fetched, err = blob.NewRing(dir, fetchedBytes); err != nil {
		return settingf("pictures", "%v", err)
	}
	a.onClose(s.fetched.Close)
	return nil
}
