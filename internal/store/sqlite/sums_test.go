package sqlite

import (
	"strconv"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// TestRecentSumsArePruned: sums of five minutes are removed when they are in no window that reads them, a limited number
// at a time. Until then they are not read, and older ones are not added.
func TestRecentSumsArePruned(t *testing.T) {
	db := opened(t)
	var old []store.Click
	for i := range 2*pruneBatch + 1 {
		old = append(old, store.Click{ArticleID: "a", Target: strconv.Itoa(i), At: start})
	}
	if _, err := count(db, old...); err != nil {
		t.Fatal(err)
	}
	next := time.Unix(tables.HourOf(start), 0).Add(store.LongBucket + store.SharpWindow)
	for _, step := range []struct {
		at    time.Time
		rows  int // that remain, with that of the click
		since int64
	}{
		{next.Add(-time.Second), 2*pruneBatch + 1 + 1, tables.HourOf(start)},
		{next.Add(time.Minute), pruneBatch + 1 + 2, tables.HourOf(start) + 3600},
		{next.Add(time.Minute), 3, tables.HourOf(start) + 3600},
		{start, 3, tables.HourOf(start) + 3600}, // its sum of five minutes is too old, and it comes too early to prune
		{next.Add(time.Minute), 2, tables.HourOf(start) + 3600},
	} {
		if _, err := count(db, store.Click{ArticleID: "b", At: step.at}); err != nil {
			t.Fatal(err)
		}
		if rows := sumOf(t, db, "(SELECT count(*) FROM clicks)"); rows != step.rows {
			t.Errorf("at %s there are %d, not %d", step.at.UTC(), rows, step.rows)
		}
		if since := sumOf(t, db, "(SELECT since FROM recent)"); int64(since) != step.since {
			t.Errorf("at %s they are read from %d on, not %d", step.at.UTC(), since, step.since)
		}
	}
	if s := sumOf(t, db, "(SELECT sum(n) FROM target_1h)"); s != 2*pruneBatch+1+5 {
		t.Errorf("%d clicks are in the sums of hours", s)
	}
}

// TestPruneClicksPrunesEverySum, and no other.
func TestPruneClicksPrunesEverySum(t *testing.T) {
	db := opened(t)
	long := time.Unix(tables.DayOf(start), 0)
	for _, at := range []time.Time{long.Add(-time.Second), long, start} {
		b := store.Batch{Spool: at.String(), First: 1, Events: []store.Event{{Click: store.Click{ArticleID: "a", At: at}},
			{Click: store.Click{ArticleID: "a", At: at}, Reason: store.ByRobot}}}
		if _, err := db.Count(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := db.PruneClicks(t.Context(), long); err != nil || n != 2 {
		t.Errorf("%d sums were removed, %v", n, err)
	}
	for table, want := range map[string]int{"story_1h": 2, "story_1d": 1, "target_1h": 2, "uncounted_1h": 2} {
		if rows := sumOf(t, db, "(SELECT count(*) FROM "+table+")"); rows != want {
			t.Errorf("%s has %d rows, not %d", table, rows, want)
		}
	}
}
