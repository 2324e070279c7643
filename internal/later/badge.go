package later

import (
	"context"
	"time"

	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/queue"
	"newsroom.example/cards/internal/store"
)

// Badge stores the version of a story whose badge breaking is over, and draws its card. Whether it is over is judged by
// the clock at each request, not here.
var Badge = queue.Kind{Name: "badge", Pauses: rightsPauses}

// badge returns the job for the end of the badge of a version, and whether there is one.
func badge(r store.Record, life time.Duration) (queue.Job, bool) {
	end := r.Article.BreakingUntil(life)
	goes := !end.IsZero() && !r.Article.Clock.BreakingOver
	return queue.Job{Kind: Badge, Article: r.Article.ID, Until: end, At: end}, goes
}

func ender(s Stories, now func() time.Time) func(context.Context, queue.Job) error {
	return func(ctx context.Context, j queue.Job) error {
		if early := j.Until.Sub(now()); early > 0 { // by the clock of this machine
			return queue.Later(early)
		}
		ctx = journal.By(journal.Doing(ctx, journal.ByClock), journal.Service)
		return s.EndBreaking(ctx, j.Article, j.Until)
	}
}
