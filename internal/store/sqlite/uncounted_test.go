package sqlite

import (
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
)

var start = time.Unix(1_795_000_000, 0)

// sumOf returns the sum of a column of a table.
func sumOf(t *testing.T, db *DB, what string) (n int) {
	t.Helper()
	if err := db.read.QueryRowContext(t.Context(), "SELECT coalesce("+what+", 0)").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func refuse(t *testing.T, db *DB, id string) {
	t.Helper()
	if err := db.AddUncounted(store.Uncounted{ArticleID: id, Reason: store.ByRobot, At: start}); err != nil {
		t.Fatal(err)
	}
}

// storedSums waits until the sums are stored, and returns how many requests they have.
func storedSums(t *testing.T, db *DB) int {
	t.Helper()
	for {
		db.counter.mu.Lock()
		waiting := len(db.counter.refused.sums) + db.counter.refused.storing
		db.counter.mu.Unlock()
		if n := sumOf(t, db, "(SELECT sum(n) FROM uncounted)"); waiting == 0 && n > 0 {
			return n
		}
		time.Sleep(time.Millisecond)
	}
}

// TestUncountedRequestsAreStored without a click or the end, more sums than one transaction writes.
func TestUncountedRequestsAreStored(t *testing.T) {
	db := opened(t)
	const ids = 2*maxSumGroup + 1
	for i := range 2 * ids {
		refuse(t, db, strconv.Itoa(i%ids))
	}
	if n := storedSums(t, db); n != 2*ids {
		t.Errorf("%d requests are stored, not %d", n, 2*ids)
	}
}

// TestTheEndStoresUncountedRequests, however many sums they have.
func TestTheEndStoresUncountedRequests(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cards.db")
	db := openedAt(t, path, 0)
	const ids = 2*maxSumGroup + 1
	for i := range ids {
		refuse(t, db, strconv.Itoa(i))
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if n := sumOf(t, openedAt(t, path, 0), "(SELECT sum(n) FROM uncounted)"); n != ids {
		t.Errorf("%d requests are stored, not %d", n, ids)
	}
}

// TestSumsThatArePutBack are added to those that came meanwhile.
func TestSumsThatArePutBack(t *testing.T) {
	key := sumKey{id: "a"}
	r := refusals{sums: map[sumKey]int64{key: 1}, due: true}
	r.putBack(map[sumKey]int64{key: 2, {id: "b"}: 3})
	if r.sums[key] != 3 || r.sums[sumKey{id: "b"}] != 3 || r.due {
		t.Errorf("%+v", r)
	}
}

// TestOneKeyADay: of two processes that find no key of the day, both get that of the first.
func TestOneKeyADay(t *testing.T) {
	db := opened(t)
	for _, step := range []struct{ day, key, want string }{
		{"2026-11-23", "one", "one"}, {"2026-11-23", "two", "one"}, {"2026-11-24", "three", "three"}, {"2026-11-23", "four", "three"},
	} {
		if got, err := db.putDailyKey(t.Context(), step.day, []byte(step.key)); err != nil || string(got) != step.want {
			t.Errorf("%s on %s: %s, %v", step.key, step.day, got, err)
		}
	}
	if n := sumOf(t, db, "(SELECT count(*) FROM daily_key)"); n != 1 {
		t.Errorf("%d keys are stored", n)
	}
}

// TestUncountedRequestsAreBounded: on a full disk sums wait, a limited number of them, and are stored exactly once
// when there is room again.
func TestUncountedRequestsAreBounded(t *testing.T) {
	db := opened(t)
	free := fill(t, db)
	pad := strings.Repeat("x", 100)
	for i := range maxSums {
		refuse(t, db, strconv.Itoa(i)+pad)
	}
	db.counter.refusedDue()
	for { // until it has failed once
		db.counter.mu.Lock()
		failed := !db.counter.refused.due && len(db.counter.refused.sums) == maxSums
		db.counter.mu.Unlock()
		if failed {
			break
		}
		time.Sleep(time.Millisecond)
	}
	u := store.Uncounted{ArticleID: "one more", Reason: store.ByRobot, At: start}
	if err := db.AddUncounted(u); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("one sum more: %v", err)
	}
	refuse(t, db, "0"+pad) // a known sum needs no room
	free()
	if n := storedSums(t, db); n != maxSums+1 {
		t.Errorf("%d requests are stored, not %d", n, maxSums+1)
	}
}

// TestLostUncountedRequestsAreReported: sums that cannot be written for a lasting reason are dropped, the next caller
// learns how many, and clicks are counted all the same.
func TestLostUncountedRequestsAreReported(t *testing.T) {
	db := opened(t)
	if _, err := db.clicks.ExecContext(t.Context(), "CREATE TRIGGER broken BEFORE INSERT ON uncounted BEGIN SELECT raise(ABORT, 'broken'); END"); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		refuse(t, db, "a")
	}
	db.counter.refusedDue()
	for db.counter.failureOfSums() == 0 {
		time.Sleep(time.Millisecond)
	}
	u := store.Uncounted{ArticleID: "a", Reason: store.ByRobot, At: start}
	if err := db.AddUncounted(u); err == nil || !strings.Contains(err.Error(), "3 uncounted requests are lost") {
		t.Errorf("the next: %v", err)
	}
	if err := db.AddUncounted(u); err != nil {
		t.Errorf("the one after it: %v", err)
	}
	if counted, err := db.AddClick(t.Context(), store.Click{ArticleID: "a", At: start}); !counted || err != nil {
		t.Errorf("a click: %t, %v", counted, err)
	}
}

func (c *counter) failureOfSums() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.refused.lost
}

// TestNetworksArePruned: they are removed when their hour is over, a limited number at a time.
func TestNetworksArePruned(t *testing.T) {
	db := opened(t)
	_, err := db.clicks.ExecContext(t.Context(), `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ?)
		INSERT INTO networks (hour, id, shared, counts) SELECT ?, 'story-' || i, 0, zeroblob(8) FROM n`, 2*maxPruned+1, store.WindowOf(start).Unix())
	if err != nil {
		t.Fatal(err)
	}
	end := store.WindowOf(start).Add(store.ShareWindow)
	for _, step := range []struct {
		at   time.Time
		rows int // remaining, with that of the click
	}{
		{end.Add(-time.Second), 2*maxPruned + 1 + 1},
		{end, 2*maxPruned + 1 + 2}, // less than a minute after the last look
		{end.Add(time.Minute), maxPruned + 1 + 2},
		{end.Add(time.Minute), 3},
		{end.Add(time.Minute), 1},
		{end.Add(24 * time.Hour), 1},
	} {
		if _, err := db.AddClick(t.Context(), store.Click{ArticleID: "a", At: step.at}); err != nil {
			t.Fatal(err)
		}
		if rows := sumOf(t, db, "(SELECT count(*) FROM networks)"); rows != step.rows {
			t.Errorf("at %s there are %d, not %d", step.at.UTC(), rows, step.rows)
		}
	}
}

// TestAFullNetworkWritesNothing: visitors of a network that has its share are not remembered.
func TestAFullNetworkWritesNothing(t *testing.T) {
	db := openedAt(t, filepath.Join(t.TempDir(), "cards.db"), time.Hour)
	floor := int(store.NetworkShare.WideFloor)
	for i := range 5 * floor {
		c := store.Click{ArticleID: "a", At: start, Visitor: [16]byte{1, byte(i), byte(i >> 8)}, Network: store.Network{Wide: 1}}
		if _, err := db.AddClick(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	if n := sumOf(t, db, "(SELECT count(*) FROM seen)"); n != floor {
		t.Errorf("%d visitors are remembered, not %d", n, floor)
	}
	if n := sumOf(t, db, "(SELECT count(*) FROM networks)"); n != 1 {
		t.Errorf("%d rows of networks", n)
	}
}
