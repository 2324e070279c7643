package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// oldRows are rows that a service with each schema has stored. Do not change them: today's code writes other rows.
var oldRows = [][]string{
	{
		`INSERT INTO articles (id, code, version, url, site, embargo, created, updated) VALUES
			('storm', 'abcdefg', 'v2', 'https://news.example/storm', 'The Harbor Post', 0, 1795000000000, 1795000060000)`,
		`INSERT INTO versions (id, version, content, photo_id, updated) VALUES
			('storm', 'v1', '{"id":"storm","url":"https://news.example/storm","headline":"Calm"}', '', 1795000000000),
			('storm', 'v2', '{"id":"storm","url":"https://news.example/storm","headline":"Storm"}', 'upload:1', 1795000060000)`,
		`INSERT INTO clicks (bucket, id, target, n) VALUES (1794999900, 'storm', '', 5), (1794999900, 'storm', 'mail', 2)`,
		`INSERT INTO seen (visitor, id, target, at) VALUES (x'00', 'storm', '', 1795000000000)`,
	},
	{
		`INSERT INTO confirmed (bucket, id, target, n) VALUES (1794999900, 'storm', 'kakaotalk', 3)`,
		`INSERT INTO receipts (receipt, at) VALUES ('one', 1795000000000)`,
	},
	{
		`INSERT INTO probe (id, data) VALUES (1, zeroblob(16))`,
	},
	{
		`INSERT INTO uncounted (bucket, id, reason, n) VALUES (1794999900, 'storm', 'crawler', 7), (1794999900, 'storm', 'network', 2)`,
		`INSERT INTO networks (hour, id, shared, counts) VALUES (1794999600, 'storm', 0, x'000000000000001E' || x'0005001E')`,
		`INSERT INTO daily_key (id, day, key) VALUES (1, '2026-11-18', zeroblob(32))`,
	},
	{
		`UPDATE articles SET withdrawals = 2 WHERE id = 'storm'`,
		`INSERT INTO withdrawn_photos (photo_id, at) VALUES ('upload:2', 1795000000000)`,
	},
	{
		`UPDATE articles SET revision = 7 WHERE id = 'storm'`,
		`UPDATE versions SET warnings = '[{"code":"no_credit","message":"There is no credit."}]' WHERE version = 'v2'`,
	},
	{
		`INSERT INTO spools (id, counted, used) VALUES ('one', 3, 1795000000000)`,
	},
	{
		`INSERT INTO target_1h (id, bucket, target, n) VALUES ('storm', 1794970800, '', 4)`,
	},
	{
		`INSERT INTO river_job (kind, args, max_attempts) VALUES ('draw', jsonb('{"article":"storm","version":"v2"}'), 4)`,
	},
	{
		`INSERT INTO versions (id, version, content, photo_id, updated) VALUES
			('storm', 'v0', '{"id":"storm","portrait":{"url":"https://news.example/a.jpg"},"portrait_id":"upload:3"}', '', 1794999990000)`,
	},
	{
		`INSERT INTO journal (at, who, action, article, version, revision, detail) VALUES
			(1795000000000, 'API token', 'article.put', 'storm', 'v2', 7, 'new')`,
	},
	{
		`INSERT INTO editors (name, role, added, link, link_ends) VALUES ('Ann', 'editor', 1795000000000, '', 0)`,
	},
	{
		`INSERT INTO history (id, revision, version, withdrawn, at) VALUES ('storm', 7, 'v2', 0, 1795000060000)`,
	},
	{
		`INSERT INTO tokens (id, name, hash, scopes, site, made, ends, used, revoked)
			VALUES ('0a1b2c3d', 'cms', 'h', 'articles:write', '', 1795000000000, 0, 0, 0)`,
	},
}

// oldFile creates a database file with the first n migrations and rows of that schema.
func oldFile(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cards.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	run := func(script string) {
		if _, err := db.ExecContext(t.Context(), script); err != nil {
			t.Fatal(err)
		}
	}
	for i, name := range migrationNames(t)[:n] {
		runMigration(t, db, name)
		for _, row := range oldRows[i] {
			run(row)
		}
	}
	run(fmt.Sprintf("PRAGMA user_version = %d", n))
	return path
}

// runMigration runs one migration.
func runMigration(t *testing.T, db *sql.DB, name string) {
	t.Helper()
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if err := errors.Join(run(t.Context(), tx, name), tx.Commit()); err != nil {
		t.Fatal(err)
	}
}

func migrationNames(t *testing.T) []string {
	t.Helper()
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	if len(names) != len(oldRows) {
		t.Fatalf("%d migrations; oldRows tells what a service stored after %d of them", len(names), len(oldRows))
	}
	return names
}

// TestEveryOlderFileIsOpened: the rows of every older schema can be read after the migration.
func TestEveryOlderFileIsOpened(t *testing.T) {
	since := time.Unix(1_794_999_000, 0)
	for n := range len(migrationNames(t)) + 1 {
		t.Run(fmt.Sprint(n, " migrations"), func(t *testing.T) {
			db := openedAt(t, oldFile(t, n), time.Minute)
			if n > 0 {
				holdsArticle(t, db)
				stats, err := db.Stats(t.Context(), "storm", since)
				confirmed := map[bool]int64{true: 3}[n > 1]
				uncounted := map[bool]int64{true: 7}[n > 3]
				if err != nil || stats.Clicks != 5 || stats.By["mail"] != 2 || stats.Confirmed["kakaotalk"] != confirmed ||
					stats.Uncounted[store.ByCrawler] != uncounted {
					t.Errorf("sums %+v, %v", stats, err)
				}
			}
			holdsWithdrawals(t, db, n)
			holdsLists(t, db, n)
			holdsHistory(t, db, n)
			c := store.Confirmation{ArticleID: "storm", Target: "kakaotalk", At: time.Unix(1_795_000_100, 0), Receipt: "one"}
			if counted, err := db.ConfirmShare(t.Context(), c); err != nil || counted != (n < 2) {
				t.Errorf("a receipt that is known to a file of 2 migrations: counted %v, %v", counted, err)
			}
			if err := db.Ping(t.Context()); err != nil {
				t.Error(err)
			}
			limitsNetworks(t, db, n > 3)
		})
	}
}

// limitsNetworks: the clicks of a network that an earlier process counted are part of its share.
func limitsNetworks(t *testing.T, db *DB, full bool) {
	t.Helper()
	at := time.Unix(1_795_000_000, 0)
	c := store.Click{ArticleID: "storm", At: at, Network: store.Network{Wide: 5}}
	if counted, err := count(db, c); err != nil || counted[0] == full {
		t.Errorf("a click of a network that has its share in a file of 4 migrations: counted %v, %v", counted, err)
	}
	if key, err := db.DailyKey(t.Context(), at); err != nil || (key == [32]byte{}) != full {
		t.Errorf("the key of the day: %x, %v", key, err)
	}
}

func holdsArticle(t *testing.T, db *DB) {
	t.Helper()
	r, err := db.ByCode(t.Context(), "abcdefg")
	if err != nil || r.Article.Headline != "Storm" || r.Version != "v2" || r.PhotoID != "upload:1" ||
		r.Created.UnixMilli() != 1795000000000 || r.Updated.UnixMilli() != 1795000060000 {
		t.Errorf("the article is %+v, %v", r, err)
	}
	if old, err := db.Version(t.Context(), "storm", "v1"); err != nil || old.Article.Headline != "Calm" {
		t.Errorf("its old version is %+v, %v", old, err)
	}
}

// holdsWithdrawals checks what withdrawals a file of the first n migrations holds.
func holdsWithdrawals(t *testing.T, db *DB, n int) {
	t.Helper()
	knows := n >= slices.Index(migrationNames(t), "migrations/0005_withdrawn_photos.sql")+1
	times, err := db.Withdrawals(t.Context(), "storm")
	if want := map[bool]int64{true: 2}[knows]; err != nil || times != want {
		t.Errorf("withdrawn %d times, %v; want %d", times, err, want)
	}
	if withdrawn, err := db.PhotoWithdrawn(t.Context(), "upload:2"); err != nil || withdrawn != knows {
		t.Errorf("the photo is withdrawn: %t, %v; want %t", withdrawn, err, knows)
	}
	if uses, err := db.PhotoUses(t.Context(), "upload:1", 1); err != nil || len(uses.Versions) != min(n, 1) {
		t.Errorf("the photo is shown by %+v, %v", uses, err)
	}
}

// holdsLists checks that a list finds the article of a file of the first n migrations, and what else it holds of it.
func holdsLists(t *testing.T, db *DB, n int) {
	t.Helper()
	q := store.ArticleQuery{Kind: "news", Site: "The Harbor Post", Text: "storm", State: store.Live, Now: time.Unix(1_795_000_100, 0), Limit: 2}
	page, _, err := db.Articles(t.Context(), q)
	if err != nil || len(page) != min(n, 1) {
		t.Fatalf("listed: %+v, %v", page, err)
	}
	if n == 0 {
		return
	}
	revision, warnings := int64(1), 0
	if n > 5 {
		revision, warnings = 7, 1
	}
	if r := page[0]; r.Revision != revision || len(r.Warnings) != warnings || r.Changed.UnixMilli() != 1795000060000 {
		t.Errorf("revision %d, warnings %v, changed %v", r.Revision, r.Warnings, r.Changed)
	}
}

// holdsHistory checks that the versions of a file of the first n migrations are in the order in which they were stored.
func holdsHistory(t *testing.T, db *DB, n int) {
	t.Helper()
	if n == 0 {
		return
	}
	var got []string
	all, err := db.History(t.Context(), "storm", 0, 10)
	for _, p := range all {
		got = append(got, p.Version)
	}
	want := []string{"v2", "v1"}
	switch {
	case n >= 13:
		want = []string{"v2", "v2", "v1", "v0"} // with the row that a service of today has stored
	case n > 9:
		want = []string{"v2", "v1", "v0"}
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("the history is %v, %v; want %v", got, err, want)
	}
}

func openedAt(t *testing.T, path string, window time.Duration) *DB {
	t.Helper()
	db, err := Open(t.Context(), path, Options{Window: window})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// TestANewerFileIsLeftAlone: an older program must not write to a schema that it does not know.
func TestANewerFileIsLeftAlone(t *testing.T) {
	path := oldFile(t, len(oldRows))
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), fmt.Sprintf("PRAGMA user_version = %d", len(oldRows)+1)); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path, Options{}); err == nil || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("opened: %v", err)
	}
}

// TestPragmas checks the pragmas of each pool: stored articles are on the disk, clicks survive the process, and
// readers cannot write.
func TestPragmas(t *testing.T) {
	db := openedAt(t, filepath.Join(t.TempDir(), "cards.db"), 0)
	const off, normal, full = "0", "1", "2"
	for _, c := range []struct {
		name                   string
		pool                   *sql.DB
		synchronous, queryOnly string // synchronous does not matter in pools that never write
	}{
		{"articles", db.articles, full, off},
		{"clicks", db.clicks, normal, off},
		{"read", db.read, "", "1"},
		{"lists", db.lists, "", "1"},
		{"long", db.long, "", "1"},
	} {
		for pragma, want := range map[string]string{
			"synchronous": c.synchronous, "query_only": c.queryOnly, "journal_mode": "wal", "busy_timeout": "10000",
			"foreign_keys": "1", "temp_store": "2",
		} {
			if got := pragmaOf(t.Context(), c.pool, pragma); want != "" && got != want {
				t.Errorf("%s: %s is %s, not %s", c.name, pragma, got, want)
			}
		}
	}
}

func pragmaOf(ctx context.Context, pool *sql.DB, name string) (value string) {
	if err := pool.QueryRowContext(ctx, "PRAGMA "+name).Scan(&value); err != nil {
		return err.Error()
	}
	return value
}

// TestSeenIsPruned: visitors are removed when their window is over. Otherwise the table would grow for ever.
func TestSeenIsPruned(t *testing.T) {
	db := openedAt(t, filepath.Join(t.TempDir(), "cards.db"), 5*time.Minute)
	start := time.Unix(1_795_000_000, 0)
	for i, c := range []struct {
		after time.Duration
		rows  int // remaining
	}{
		{0, 1},
		{30 * time.Second, 2},
		{5 * time.Minute, 2},                // the first window is just over, the second is not
		{5*time.Minute + 50*time.Second, 3}, // less than a minute after the last pruning
		{24 * time.Hour, 1},
	} {
		click := store.Click{ArticleID: "a", At: start.Add(c.after), Visitor: [16]byte{1, byte(i)}}
		if counted, err := count(db, click); err != nil || !counted[0] {
			t.Fatalf("counted %v, %v", counted, err)
		}
		var rows int
		if err := db.clicks.QueryRowContext(t.Context(), "SELECT count(*) FROM seen").Scan(&rows); err != nil {
			t.Fatal(err)
		}
		if rows != c.rows {
			t.Errorf("after %v there are %d visitors, not %d", c.after, rows, c.rows)
		}
	}
}

// TestReceiptsArePruned: receipts that are older than their life are removed with the next one.
func TestReceiptsArePruned(t *testing.T) {
	db := openedAt(t, filepath.Join(t.TempDir(), "cards.db"), 0)
	start := time.Unix(1_795_000_000, 0)
	for i, c := range []struct {
		after time.Duration
		rows  int // remaining
	}{{0, 1}, {time.Hour, 2}, {store.ReceiptLife, 3}, {store.ReceiptLife + time.Minute, 3}, {3 * store.ReceiptLife, 1}} {
		confirmed := store.Confirmation{ArticleID: "a", Target: "kakao", At: start.Add(c.after), Receipt: strconv.Itoa(i)}
		if counted, err := db.ConfirmShare(t.Context(), confirmed); err != nil || !counted {
			t.Fatalf("counted %v, %v", counted, err)
		}
		var rows int
		if err := db.clicks.QueryRowContext(t.Context(), "SELECT count(*) FROM receipts").Scan(&rows); err != nil {
			t.Fatal(err)
		}
		if rows != c.rows {
			t.Errorf("after %v there are %d receipts, not %d", c.after, rows, c.rows)
		}
	}
}

// TestClicksOfOlderFilesAreSummed: the sums of hours and days have all clicks of a file without them, and those of five
// minutes the last ones.
func TestClicksOfOlderFilesAreSummed(t *testing.T) {
	path := oldFile(t, 7)
	old, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	for _, script := range []string{
		`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000)
			INSERT INTO clicks (bucket, id, target, n) SELECT 1794999900 - 300 * i, 'storm', t, 3 FROM n, (SELECT '' AS t UNION SELECT 'mail' UNION SELECT 'x')`,
		`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000)
			INSERT INTO uncounted (bucket, id, reason, n) SELECT 1794999900 - 300 * i, 'storm', 'robot', 2 FROM n`,
	} {
		if _, err := old.ExecContext(t.Context(), script); err != nil {
			t.Fatal(err)
		}
	}
	db := openedAt(t, path, 0)
	for _, tt := range []struct{ since, buckets int64 }{
		{1794999900 - 300*7, 7}, {1794999600 - 7200, 25}, // of five minutes
		{1794999600 - 7200 - 1, 37}, {1794999600 - 86400, 289}, {0, 1000},
	} {
		since, robots := time.Unix(tt.since, 0), 2*((1794999900-tables.HourOf(time.Unix(tt.since, 0)))/300)
		s, err := db.Stats(t.Context(), "storm", since)
		if err != nil || s.Clicks != 5+3*tt.buckets || s.By["mail"] != 2+3*tt.buckets || s.By["x"] != 3*tt.buckets ||
			s.Uncounted[store.ByRobot] != min(robots, 2000) {
			t.Errorf("since %d: %+v, %v; want %d buckets and %d robots", tt.since, s, err, tt.buckets, robots)
		}
		top, err := db.Top(t.Context(), store.TopQuery{Since: since, Now: since, Limit: 1})
		if err != nil || len(top) != 1 || top[0].Clicks != s.Clicks || top[0].Shares != s.Shares {
			t.Errorf("since %d: %+v, %v", tt.since, top, err)
		}
	}
	if n := sumOf(t, db, "(SELECT count(*) FROM clicks)"); n != 2+25*3 {
		t.Errorf("%d sums of five minutes", n)
	}
}

// TestPending: asking what an older file lacks does not migrate it under the service that uses it.
func TestPending(t *testing.T) {
	all := len(migrationNames(t))
	for n := 1; n <= all; n++ {
		path := oldFile(t, n)
		for range 2 {
			if left, err := Pending(t.Context(), path); err != nil || left != all-n {
				t.Errorf("a file of schema %d lacks %d, %v; want %d", n, left, err, all-n)
			}
		}
	}
	if _, err := Pending(t.Context(), filepath.Join(t.TempDir(), "none.db")); err == nil {
		t.Error("a file that does not exist")
	}
}
