package later

import (
	"context"
	"time"

	"newsroom.example/cards/internal/queue"
	"newsroom.example/cards/internal/store"
)

// Embargo draws the cards of a story a little before its embargo ends, so that the first crawler does not wait. Whether
// the embargo has ended is judged by the clock at each request, not here.
var Embargo = queue.Kind{Name: "embargo", Spare: true, Pauses: drawPauses}

// embargoLead is how long before the end the cards are drawn: jobs may be some ten seconds late.
const embargoLead = time.Minute

// embargo returns the job for the end of a story's embargo: one, however often the story changes before.
func embargo(r store.Record) queue.Job {
	end := r.Article.EmbargoUntil
	return queue.Job{Kind: Embargo, Article: r.Article.ID, Until: end, At: end.Add(-embargoLead)}
}

func opener(s Stories) func(context.Context, queue.Job) error {
	return func(ctx context.Context, j queue.Job) error {
		return unlessBusy(ctx, s.DrawForEmbargo(ctx, j.Article, j.Until))
	}
}
