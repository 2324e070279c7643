package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/postgres"
	"newsroom.example/cards/internal/store/postgres/pgtest"
	"newsroom.example/cards/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }

// migrated is a database with the schema, of which tests get copies.
var migrated struct {
	once     sync.Once
	template *pgtest.Template
	err      error
}

// database returns the URL of a new database with the schema.
func database(t testing.TB) string {
	t.Helper()
	server := pgtest.Shared(t)
	migrated.once.Do(func() {
		migrated.template, migrated.err = server.Template(func(url string) error {
			_, err := postgres.Migrate(context.Background(), url)
			return err
		})
	})
	if migrated.err != nil {
		t.Fatal(migrated.err)
	}
	return migrated.template.Database(t)
}

func opened(t testing.TB, url string, window time.Duration) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), url, postgres.Options{Window: window})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func opener(t *testing.T, window time.Duration) func() store.Store {
	url := database(t)
	return func() store.Store { return opened(t, url, window) }
}

func TestStore(t *testing.T) { storetest.Run(t, opener) }

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func record(id, code string) store.Record {
	a := article.Article{ID: id, URL: "https://news.example/" + id, Headline: "Storm", Site: "The Harbor Post"}
	return store.Record{Article: a, Version: a.Version(""), Code: code, Created: noon, Updated: noon}
}

// TestOneOfManyCreates: of many processes that put a new article at once, one creates it; all see its code.
func TestOneOfManyCreates(t *testing.T) {
	url := database(t)
	stores := make([]*postgres.DB, 4)
	for i := range stores {
		stores[i] = opened(t, url, 0)
	}
	for round := range 20 {
		var mu sync.Mutex
		var wg sync.WaitGroup
		codes, created := map[string]int{}, 0
		for worker := range 8 {
			wg.Go(func() {
				r := record(fmt.Sprint("story-", round), fmt.Sprintf("code-%d-%d", round, worker))
				stored, fresh, err := stores[worker%4].PutArticle(t.Context(), r, store.Seen{})
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				codes[stored.Code]++
				if fresh {
					created++
				}
			})
		}
		wg.Wait()
		if created != 1 || len(codes) != 1 {
			t.Fatalf("created %d times, with the codes %v", created, codes)
		}
	}
}

// TestOneOfManyChanges: of many processes that change a revision at once, one does, and the others learn of it. No
// change gets lost.
func TestOneOfManyChanges(t *testing.T) {
	url := database(t)
	stores := []*postgres.DB{opened(t, url, 0), opened(t, url, 0)}
	first, _, err := stores[0].PutArticle(t.Context(), record("storm", "abcdefg"), store.Seen{Revision: store.Absent})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for worker := range 8 {
		wg.Go(func() {
			for try := range 10 {
				for { // until the change is made of what is stored
					now, err := stores[worker%2].Article(t.Context(), "storm")
					if err != nil {
						t.Error(err)
						return
					}
					next := now
					next.Article.Tags = append(slices.Clone(now.Article.Tags), fmt.Sprint(worker, "-", try))
					next.Version, next.Updated = next.Article.Version(""), noon.Add(time.Minute)
					_, _, err = stores[worker%2].PutArticle(t.Context(), next, store.Seen{Revision: now.Revision})
					if err == nil {
						break
					} else if !errors.Is(err, store.ErrChanged) {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	now, err := stores[0].Article(t.Context(), "storm")
	if err != nil || len(now.Article.Tags) != 80 || now.Revision != first.Revision+80 {
		t.Errorf("revision %d with %d tags, %v", now.Revision, len(now.Article.Tags), err)
	}
}

// TestOneCodeForMany: of many processes that put different articles with one code at once, one gets it.
func TestOneCodeForMany(t *testing.T) {
	url := database(t)
	stores := []*postgres.DB{opened(t, url, 0), opened(t, url, 0)}
	for round := range 10 {
		var wg sync.WaitGroup
		results := make(chan error, 8)
		for worker := range 8 {
			wg.Go(func() {
				_, _, err := stores[worker%2].PutArticle(t.Context(), record(fmt.Sprint("story-", round, "-", worker), fmt.Sprint("code", round)), store.Seen{})
				results <- err
			})
		}
		wg.Wait()
		close(results)
		stored := 0
		for err := range results {
			if err == nil {
				stored++
			} else if !errors.Is(err, store.ErrCodeTaken) {
				t.Error(err)
			}
		}
		if stored != 1 {
			t.Errorf("%d articles have one code", stored)
		}
	}
}

// TestNoPhotoComesBack: while photos are withdrawn, other processes put articles with them. Afterwards no article shows
// a withdrawn photo, and processes that ask step by step learn of each withdrawal.
func TestNoPhotoComesBack(t *testing.T) {
	url := database(t)
	one, two, three := opened(t, url, 0), opened(t, url, 0), opened(t, url, 0)
	const photos, stories = 15, 8
	photo := func(n int) string { return fmt.Sprint("upload:", n) }
	var learned []string
	var working, learning sync.WaitGroup
	done := make(chan struct{})
	learning.Go(func() {
		for last, after := false, int64(0); ; {
			all, err := three.WithdrawnPhotos(t.Context(), after)
			if err != nil {
				t.Error(err)
			}
			for _, p := range all {
				learned, after = append(learned, p.ID), p.Seq
			}
			if last {
				return
			}
			select {
			case <-done:
				last = true
			default:
			}
		}
	})
	for story := range stories {
		working.Go(func() {
			for n := range photos {
				r := record(fmt.Sprint("story-", story), fmt.Sprint("code-", story))
				r.PhotoID = photo((n*7 + story) % photos)
				r.Version = r.Article.Version(r.PhotoID)
				_, _, err := []*postgres.DB{one, two}[story%2].PutArticle(t.Context(), r, store.Seen{})
				if err != nil && !errors.Is(err, store.ErrPhotoWithdrawn) {
					t.Error(err)
				}
			}
		})
	}
	for n := range photos {
		working.Go(func() {
			db := []*postgres.DB{one, two}[n%2]
			_, err := db.WithdrawPhoto(t.Context(), photo(n), noon, func(r store.Record) store.Record {
				r.PhotoID, r.Version = store.NoPhoto, "without "+r.Version
				return r
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	working.Wait()
	close(done)
	learning.Wait()
	page, _, err := one.Articles(t.Context(), store.ArticleQuery{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range page {
		if r.PhotoID != store.NoPhoto {
			t.Errorf("%s shows %s", r.Article.ID, r.PhotoID)
		}
	}
	if len(learned) != photos {
		t.Errorf("%d of %d withdrawals are learned: %v", len(learned), photos, learned)
	}
}

// TestTextsThatAreNone: what no text of the database can be is nowhere to be found, and no fault of the service.
func TestTextsThatAreNone(t *testing.T) {
	db := opened(t, database(t), 0)
	for _, bad := range []string{"a\x00b", "\xff", "\xed\xa0\x80", "a\xc3"} {
		_, byID := db.Article(t.Context(), bad)
		_, byVersion := db.Version(t.Context(), "a", bad)
		_, byCode := db.ByCode(t.Context(), bad)
		_, byURL := db.ByURL(t.Context(), "https://news.example/", bad)
		_, stats := db.Stats(t.Context(), bad, noon)
		withdrawal := db.DeleteArticle(t.Context(), bad, noon, 0)
		for i, err := range []error{byID, byVersion, byCode, byURL, stats, withdrawal} {
			if !errors.Is(err, store.ErrNotFound) {
				t.Errorf("%q, %d: %v", bad, i, err)
			}
		}
		if id, err := db.OtherWithURL(t.Context(), bad, bad); id != "" || err != nil {
			t.Errorf("%q: %q, %v", bad, id, err)
		}
		if withdrawn, err := db.PhotoWithdrawn(t.Context(), bad); withdrawn || err != nil {
			t.Errorf("%q: %t, %v", bad, withdrawn, err)
		}
		if uses, err := db.PhotoUses(t.Context(), bad, 1); len(uses.Versions) > 0 || err != nil {
			t.Errorf("%q: %+v, %v", bad, uses, err)
		}
		for _, q := range []store.ArticleQuery{{Text: bad}, {Site: bad}, {Kind: bad}, {After: store.Cursor{ID: bad}}} {
			q.Limit = 1
			if page, _, err := db.Articles(t.Context(), q); len(page) > 0 || err != nil {
				t.Errorf("%+v: %v, %v", q, page, err)
			}
		}
		if top, err := db.Top(t.Context(), store.TopQuery{Site: bad, Limit: 1}); len(top) > 0 || err != nil {
			t.Errorf("%q: %v, %v", bad, top, err)
		}
		c := store.Confirmation{ArticleID: "a", Target: "kakao", At: noon, Receipt: "kakao " + bad}
		for _, want := range []bool{true, false} {
			if counted, err := db.ConfirmShare(t.Context(), c); counted != want || err != nil {
				t.Errorf("a receipt %q: %t, %v", bad, counted, err)
			}
		}
	}
}

// TestWhatTheDoorLetsThrough: an article whose texts its checks accept can be stored, and is read back as it was.
func TestWhatTheDoorLetsThrough(t *testing.T) {
	db := opened(t, database(t), 0)
	accepted, refused := 0, 0
	for i, text := range []string{
		"Storm", "폭풍 전선", "a\x00b", "\xff\xfe", "\xed\xa0\x80", "\x7f", "\u0085", "\ufffe", "\U0010ffff", "\ufeffStorm",
		"a\u202eb", `\u0000`, "&#0;Storm", "&#xD800;Storm", "<b>Storm</b>", "'; DROP TABLE articles; --", "\u2028", "👨‍👩‍👧‍👦", "e\u0301",
	} {
		for field, set := range map[string]func(*article.Article){
			"headline": func(a *article.Article) { a.Headline = "H " + text }, "site": func(a *article.Article) { a.Site = text },
			"caption": func(a *article.Article) { a.Caption = text }, "tags": func(a *article.Article) { a.Tags = []string{text} },
			"photo": func(a *article.Article) { a.Photo.URL = "https://pictures.example/" + text },
			"url":   func(a *article.Article) { a.URL = "https://news.example/" + text }, "alt": func(a *article.Article) { a.Photo.Alt = text },
		} {
			r := record(fmt.Sprint("story-", i, "-", field), fmt.Sprint("code-", i, "-", field))
			set(&r.Article)
			normal, err := r.Article.Normalize()
			if err != nil {
				refused++
				continue
			}
			accepted++
			r.Article, r.Version = normal, normal.Version("")
			if _, _, err := db.PutArticle(t.Context(), r, store.Seen{}); err != nil {
				t.Errorf("%s of %q: %v", field, text, err)
				continue
			}
			if got, err := db.ByURL(t.Context(), normal.URL); err != nil || got.Article.Version("") != r.Version && field != "url" {
				t.Errorf("%s of %q: read back %+v, %v", field, text, got, err)
			}
		}
	}
	if accepted < 40 || refused < 20 {
		t.Errorf("%d are accepted, %d refused", accepted, refused)
	}
}

// TestMigrations: many processes that start at once on an empty database all open it; a start on an up-to-date one runs
// nothing, and a database of a newer program is left alone.
func TestMigrations(t *testing.T) {
	url := pgtest.Shared(t).Database(t)
	const starts = 10
	var wg sync.WaitGroup
	ran := make(chan int, starts)
	for range starts {
		wg.Go(func() {
			names, err := postgres.Migrate(t.Context(), url)
			if err != nil {
				t.Error(err)
			}
			ran <- len(names)
		})
	}
	wg.Wait()
	close(ran)
	busy := 0
	for n := range ran {
		if n > 0 {
			busy++
		}
	}
	if busy != 1 {
		t.Errorf("%d of %d starts have run the migrations", busy, starts)
	}
	run(t, url, "UPDATE migrated SET number = number + 1")
	if _, err := postgres.Open(t.Context(), url, postgres.Options{}); err == nil || !strings.Contains(err.Error(), "newer version") || !postgres.IsLasting(err) {
		t.Errorf("a newer database: %v", err)
	}
}

// run runs SQL in a database.
func run(t testing.TB, url, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

// TestSchemas: with a search_path, everything is in its schema, beside that of others; a schema that does not exist is
// named as the reason.
func TestSchemas(t *testing.T) {
	url := pgtest.Shared(t).Database(t)
	run(t, url, "CREATE SCHEMA one")
	run(t, url, `CREATE SCHEMA "two 'too'"`)
	public, one, two := opened(t, url, 0), opened(t, url+"&search_path=one", 0), opened(t, url+"&search_path=%22two%20'too'%22,one", 0)
	for i, db := range []*postgres.DB{public, one, two} {
		if _, _, err := db.PutArticle(t.Context(), record(fmt.Sprint("story-", i), "abcdefg"), store.Seen{}); err != nil {
			t.Fatal(err)
		}
		page, _, err := db.Articles(t.Context(), store.ArticleQuery{Limit: 9})
		if err != nil || len(page) != 1 || page[0].Article.ID != fmt.Sprint("story-", i) {
			t.Errorf("schema %d: %+v, %v", i, page, err)
		}
	}
	var queues int
	err := public.Jobs().QueryRow(t.Context(), "SELECT count(*) FROM pg_tables WHERE tablename = 'river_job'").Scan(&queues)
	if err != nil || queues != 3 {
		t.Errorf("%d of 3 newsrooms have jobs of their own, %v", queues, err)
	}
	if _, err := postgres.Open(t.Context(), url+"&search_path=none", postgres.Options{}); err == nil || !strings.Contains(err.Error(), "search_path") || !postgres.IsLasting(err) {
		t.Errorf("no schema: %v", err)
	}
}

// TestListsCannotStarveShortLinks: while all connections for lists are in use, a short link is found.
func TestListsCannotStarveShortLinks(t *testing.T) {
	url := database(t)
	db := opened(t, url, 0)
	if _, _, err := db.PutArticle(t.Context(), record("storm", "abcdefg"), store.Seen{}); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), "LOCK TABLE clicks, withdrawn_photos IN ACCESS EXCLUSIVE MODE"); err != nil { // lists hang
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var lists sync.WaitGroup
	for range 20 {
		lists.Go(func() {
			_, topErr := db.Top(ctx, store.TopQuery{Limit: 1})
			_, photosErr := db.WithdrawnPhotos(ctx, 0)
			if !errors.Is(topErr, context.Canceled) || !errors.Is(photosErr, context.Canceled) {
				t.Errorf("%v, %v", topErr, photosErr)
			}
		})
	}
	for range 100 {
		if _, err := db.ByCode(t.Context(), "abcdefg"); err != nil {
			t.Error(err)
		}
	}
	stop()
	lists.Wait()
	if err := tx.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Top(t.Context(), store.TopQuery{Limit: 1}); err != nil {
		t.Error(err)
	}
}

// value reads one value of a database.
func value(t testing.TB, url, query string, value any) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(t.Context(), query).Scan(value); err != nil {
		t.Fatal(err)
	}
}

// TestAPutWaitsForAWithdrawal: a version with a photo that is being withdrawn is not stored before that has ended.
func TestAPutWaitsForAWithdrawal(t *testing.T) {
	url := database(t)
	one, two := opened(t, url, 0), opened(t, url, 0)
	with := func(id string) store.Record {
		r := record(id, "code"+id)
		r.PhotoID = "upload:1"
		return r
	}
	if _, _, err := one.PutArticle(t.Context(), with("storm"), store.Seen{}); err != nil {
		t.Fatal(err)
	}
	put := make(chan error, 1)
	_, err := one.WithdrawPhoto(t.Context(), "upload:1", noon, func(r store.Record) store.Record {
		go func() {
			_, _, err := two.PutArticle(t.Context(), with("late"), store.Seen{})
			put <- err
		}()
		soon(t, func() error { // it waits, or is done
			var waiting int
			value(t, url, "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'", &waiting)
			if waiting+len(put) == 0 {
				return errors.New("nothing waits")
			}
			return nil
		})
		r.PhotoID, r.Version = store.NoPhoto, "without "+r.Version
		return r
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := <-put; !errors.Is(err, store.ErrPhotoWithdrawn) {
		t.Errorf("a version with the photo: %v", err)
	}
}
