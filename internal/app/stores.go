package app

import (
	"cmp"
	"context"
	"path/filepath"

	"newsroom.example/cards/handlers"
	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/clicks"
	"newsroom.example/cards/internal/jobs"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/postgres"
	"newsroom.example/cards/internal/store/sqlite"
	"newsroom.example/cards/internal/stories"
)

// stored holds the database and the stores of photos and cards.
type stored struct {
	database store.Store
	readers  stories.Readers // of the database
	clicks   *clicks.Counter // counts in the database
	photos   photos.Blobs    // photos of articles and uploads; survive a crash
	fetched  *blob.Ring      // temporary photos of pictures; can be fetched again
	cards    *blob.Cache     // rendered cards; can be rendered again

	parts []handlers.Part // without which the service is not ready
	tidy  []jobs.Job      // that remove what no rule of the store removes
}

// open opens the database and the stores of pictures. Close closes them.
func (a *App) open(ctx context.Context, c Config) (s stored, err error) {
	if s.database, s.readers, err = a.openDatabase(ctx, c); err != nil {
		return s, err
	}
	s.clicks = clicks.Open(filepath.Join(c.Data, "clicks"), s.database, a.log)
	a.onClose(s.clicks.Close)
	s.parts = []handlers.Part{{Name: "database", Ping: s.ping}}
	err = a.openPictures(c, &s)
	return s, err
}

// ping returns an error unless the database can be read and written, and counts clicks.
func (s stored) ping(ctx context.Context) error {
	return cmp.Or(s.database.Ping(ctx), s.clicks.Ping(ctx))
}

// counted is the store with the counter of clicks.
type counted struct {
	store.Store
	*clicks.Counter
}

// openDatabase opens the database, and returns what reads it for readers. Close closes it.
func (a *App) openDatabase(ctx context.Context, c Config) (store.Store, stories.Readers, error) {
	if postgres.IsURL(c.Database) {
		return a.openPostgres(ctx, c)
	}
	path, err := SQLiteFile(c.Database, c.Data)
	if err != nil {
		return nil, nil, err
	}
	db, err := sqlite.Open(ctx, path, sqlite.Options{Window: c.ClickWindow, Log: a.log})
	if err != nil {
		return nil, nil, settingf("database", "%v", err)
	}
	a.onClose(db.Close)
	if err := db.Use(ctx); err != nil {
		return nil, nil, settingf("database", "%v", err)
	}
	a.watched = append(a.watched, watched{"database", db.Check})
	return db, db, nil
}
