package later

import (
	"testing"
	"time"

	"newsroom.example/cards/internal/queue"
	"newsroom.example/cards/internal/store"
)

// TestBadgesFollow: the end of the badge breaking is one job, unless it is over or does not end.
func TestBadgesFollow(t *testing.T) {
	breaking := func(change func(*store.Record)) store.Record {
		r := store.Record{Version: "v1"}
		r.Article.ID, r.Article.Badge, r.Article.BadgeSince = "storm-1", "breaking", noon
		change(&r)
		return r
	}
	for why, tt := range map[string]struct {
		r    store.Record
		life time.Duration
		want bool
	}{
		"breaking":     {breaking(func(*store.Record) {}), 6 * time.Hour, true},
		"for ever":     {breaking(func(*store.Record) {}), 0, false},
		"live":         {breaking(func(r *store.Record) { r.Article.Badge = "live" }), 6 * time.Hour, false},
		"over already": {breaking(func(r *store.Record) { r.Article.Clock.BreakingOver = true }), 6 * time.Hour, false},
	} {
		jobs := Stored(tt.r, noon, Options{Breaking: tt.life})
		if end := noon.Add(tt.life); len(jobs) == 1 != tt.want || tt.want && (jobs[0].Kind.Name != "badge" || !jobs[0].At.Equal(end) || !jobs[0].Until.Equal(end)) {
			t.Errorf("%s: %+v", why, jobs)
		}
	}
	d := &does{}
	do := ender(d, func() time.Time { return noon.Add(-time.Second) })
	if err := do(t.Context(), queue.Job{Kind: Badge, Article: "storm-1", Until: noon}); err != queue.Later(time.Second) || len(d.asked) > 0 { //nolint:errorlint // a value
		t.Errorf("%v, asked %v", err, d.asked)
	}
}
