package later

import (
	"context"
	"time"

	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/queue"
	"newsroom.example/cards/internal/store"
)

// Photo requests a photo again whose story was stored without it, as its source could not be reached or sent only a
// part. It ends when the story has its photo or another version.
var Photo = queue.Kind{Name: "photo", Pauses: photoPauses()}

// firstPause is the time until the photo is requested again for the first time.
const firstPause = 10 * time.Second

// photoPauses are the times between requests, for a day in all.
func photoPauses() []time.Duration {
	all := []time.Duration{30 * time.Second, time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute}
	for range 23 {
		all = append(all, time.Hour)
	}
	return all
}

func refetch(r store.Record, now time.Time) queue.Job {
	return queue.Job{Kind: Photo, Article: r.Article.ID, Version: r.Version, At: now.Add(firstPause)}
}

func fetcher(s Stories) func(context.Context, queue.Job) error {
	return func(ctx context.Context, j queue.Job) error {
		ctx = journal.By(journal.Doing(ctx, journal.Refetch), journal.Service)
		return s.Refetch(ctx, j.Article, j.Version)
	}
}
