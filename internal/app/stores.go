package app

import (
	"cmp"
	"context"
	"path/filepath"
	"time"

	"newsroom.example/cards/handlers"
	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/blob/s3"
	"newsroom.example/cards/internal/clicks"
	"newsroom.example/cards/internal/jobs"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/queue"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/codes"
	"newsroom.example/cards/internal/store/postgres"
	"newsroom.example/cards/internal/store/sqlite"
	"newsroom.example/cards/internal/stories"
)

// stored holds the database and the stores of photos and cards.
type stored struct {
	database store.Store
	readers  stories.Readers // of the database
	queue    opener          // of the jobs in the database
	clicks   *clicks.Counter // counts in the database
	photos   photos.Blobs    // photos of articles and uploads; survive a crash
	fetched  *blob.Ring      // temporary photos of pictures; can be fetched again
	cards    *blob.Cache     // rendered cards; can be rendered again
	bucket   *s3.Bucket      // of pictures; nil: they are in a folder

	pingPictures func(ctx context.Context) error // of the folder of pictures; nil: they are in a bucket

	parts []handlers.Part // without which the service is not ready
	tidy  []jobs.Job      // that remove what no rule of the store removes
}

// open opens the database and the stores of pictures. Close closes them.
func (a *App) open(ctx context.Context, c Config) (s stored, err error) {
	if err = a.openDatabase(ctx, c, &s); err != nil {
		return s, err
	}
	known := codes.New(s.database, s.readers, codesBytes)
	s.database, s.readers = known, known.Readers()
	s.clicks = clicks.Open(filepath.Join(c.Data, "clicks"), s.database, a.log, a.watchClicks())
	a.onClose(s.clicks.Close)
	s.parts = []handlers.Part{{Name: "database", Ping: s.ping}}
	err = a.openPictures(c, &s)
	return s, err
}

// codesBytes is the memory of the stories to which short links lead; docs/budgets.md.
const codesBytes = 8 << 20

// ping returns an error unless the database can be read and written, and counts clicks.
func (s stored) ping(ctx context.Context) error {
	return cmp.Or(s.database.Ping(ctx), s.clicks.Ping(ctx))
}

// counted is the store with the counter of clicks. Its counts contain each click whose reader was redirected by this
// process before, unless the store hangs or could not be written lately.
type counted struct {
	store.Store
	*clicks.Counter
}

// flushTime is how long a request for counts waits for the clicks that are not counted yet.
const flushTime = time.Second

// Stats is like that of store.Store.
func (c counted) Stats(ctx context.Context, id string, since time.Time) (store.Stats, error) {
	c.flush(ctx)
	return c.Store.Stats(ctx, id, since)
}

// Series is like that of store.Store.
func (c counted) Series(
	ctx context.Context, id string, since time.Time, step time.Duration,
) ([]store.Point, error) {
	c.flush(ctx)
	return c.Store.Series(ctx, id, since, step)
}

// Top is like that of store.Store.
func (c counted) Top(ctx context.Context, q store.TopQuery) ([]store.TopStory, error) {
	c.flush(ctx)
	return c.Store.Top(ctx, q)
}

// flush has the waiting clicks counted. What cannot be counted in time is missing from the counts, as while the
// database is away; /readyz says so.
func (c counted) flush(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, flushTime)
	defer cancel()
	_ = c.Flush(ctx)
}

// openDatabase opens the database, what reads it for readers, and its jobs. Close closes it.
func (a *App) openDatabase(ctx context.Context, c Config, s *stored) error {
	if postgres.IsURL(c.Database) {
		return a.openPostgres(ctx, c, s)
	}
	path, err := SQLiteFile(c.Database, c.Data)
	if err != nil {
		return err
	}
	jobs, err := queue.ForSQLite()
	if err != nil {
		return err
	}
	db, err := sqlite.Open(ctx, path, sqlite.Options{Window: c.ClickWindow, Log: a.log, Stored: following(jobs, c)})
	if err != nil {
		return settingf("database", "%v", err)
	}
	a.onClose(db.Close)
	if err := db.Use(ctx); err != nil {
		return settingf("database", "%v", err)
	}
	a.watched = append(a.watched, watched{"database", db.Check})
	measured := a.watchStore(db)
	s.database, s.readers = measured, measured
	s.queue = func(c queue.Config) (*queue.Queue, error) { return queue.OnSQLite(db.Jobs(), c) }
	return nil
}
