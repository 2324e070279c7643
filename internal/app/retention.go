package app

import (
	"context"
	"time"

	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/jobs"
	"newsroom.example/cards/internal/pictures"
)

const day = 24 * time.Hour

// withdrawnEvery is how long a photo that another process has withdrawn may still be shown.
const withdrawnEvery = time.Second

// folderJobs returns those for a folder of pictures. A bucket has rules for that.
func folderJobs(originals *blob.Disk, cards *blob.Cache) []jobs.Job {
	return []jobs.Job{
		{Name: "remove cards of other renderers", Every: 6 * time.Hour, Run: func(ctx context.Context) (int, error) {
			return pictures.RemoveOld(ctx, cards, time.Now().Add(-day))
		}},
		{Name: "remove stale temporary files", Every: time.Hour, Run: originals.RemoveStale},
	}
}
