package later

import (
	"context"
	"time"

	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/queue"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

// Rights stores the version of a story without a photo whose rights end, so that the list, the journal and the history
// have it, and draws its card. Whether the rights have ended is judged by the clock at each request, not here.
var Rights = queue.Kind{Name: "rights", Pauses: rightsPauses}

var rightsPauses = []time.Duration{10 * time.Second, time.Minute, 10 * time.Minute, time.Hour, 6 * time.Hour}

// rights returns the job for the end of the rights of a picture that the version shows, and whether there is one.
func rights(r store.Record) (queue.Job, bool) {
	end := stories.RightsEnd(r)
	return queue.Job{Kind: Rights, Article: r.Article.ID, Until: end, At: end}, !end.IsZero()
}

func expirer(s Stories, now func() time.Time) func(context.Context, queue.Job) error {
	return func(ctx context.Context, j queue.Job) error {
		if early := j.Until.Sub(now()); early > 0 { // by the clock of this machine
			return queue.Later(early)
		}
		ctx = journal.By(journal.Doing(ctx, journal.ByClock), journal.Service)
		return s.EndRights(ctx, j.Article, j.Until)
	}
}
