package postgres_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/postgres"
	"newsroom.example/cards/internal/store/postgres/pgtest"
)

// soon calls f until it returns nil.
func soon(t *testing.T, f func() error) {
	t.Helper()
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		err := f()
		if err == nil {
			return
		}
		if time.Since(began) > time.Minute {
			t.Fatal(err)
		}
	}
}

// TestOutages: while the server is down everything fails with store.ErrUnavailable; when it is back, the same store
// works, with all that was acknowledged.
func TestOutages(t *testing.T) {
	for name, end := range map[string]func(*pgtest.Server){"stopped": (*pgtest.Server).Stop, "killed": (*pgtest.Server).Kill} {
		t.Run(name, func(t *testing.T) {
			server := pgtest.New(t, pgtest.Options{Sync: true})
			url := server.Database(t)
			db := opened(t, url, time.Minute)
			var stored []string
			for n := range 20 {
				id := fmt.Sprint("story-", n)
				if _, _, err := db.PutArticle(t.Context(), record(id, id), store.Seen{}); err != nil {
					t.Fatal(err)
				}
				stored = append(stored, id)
			}
			end(server)
			_, _, put := db.PutArticle(t.Context(), record("late", "late"), store.Seen{})
			_, read := db.ByCode(t.Context(), "story-1")
			_, _, list := db.Articles(t.Context(), store.ArticleQuery{Limit: 1})
			_, sum := db.Top(t.Context(), store.TopQuery{Limit: 1})
			_, confirm := db.ConfirmShare(t.Context(), store.Confirmation{ArticleID: "a", Receipt: "1", At: noon})
			_, key := db.DailyKey(t.Context(), noon)
			for i, err := range []error{put, read, list, sum, confirm, key, db.DeleteArticle(t.Context(), "story-1", noon, 0), db.Ping(t.Context())} {
				if !errors.Is(err, store.ErrUnavailable) {
					t.Errorf("call %d: %v", i, err)
				}
			}
			if _, err := postgres.Open(t.Context(), url, postgres.Options{}); !errors.Is(err, store.ErrUnavailable) || postgres.IsLasting(err) {
				t.Errorf("a start meanwhile: %v", err)
			}
			if err := server.Start(); err != nil {
				t.Fatal(err)
			}
			soon(t, func() error { return db.Ping(t.Context()) })
			for _, id := range stored {
				if _, err := db.Article(t.Context(), id); err != nil {
					t.Errorf("%s: %v", id, err)
				}
			}
			if _, err := db.Article(t.Context(), "late"); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("what was refused: %v", err)
			}
		})
	}
}

// TestKilledBackends: an administrator ends all connections again and again. No read fails, and no write is lost:
// it is acknowledged, or fails with store.ErrUnavailable.
func TestKilledBackends(t *testing.T) {
	url := database(t)
	db := opened(t, url, 0)
	if _, _, err := db.PutArticle(t.Context(), record("storm", "abcdefg"), store.Seen{}); err != nil {
		t.Fatal(err)
	}
	admin, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close(context.Background())
	var working sync.WaitGroup
	var reads [4]atomic.Int64
	done := make(chan struct{})
	for worker := range reads {
		working.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-done:
					return
				default:
				}
				if _, err := db.ByCode(t.Context(), "abcdefg"); err != nil {
					t.Errorf("a read: %v", err)
				}
				reads[worker].Add(1)
				id := fmt.Sprint("story-", worker, "-", n)
				_, _, err := db.PutArticle(t.Context(), record(id, id), store.Seen{})
				if err != nil && !errors.Is(err, store.ErrUnavailable) {
					t.Errorf("a write: %v", err)
				}
				if err == nil {
					if _, err := db.Article(t.Context(), id); err != nil {
						t.Errorf("what was acknowledged: %v", err)
					}
				}
			}
		})
	}
	for range 30 {
		_, err := admin.Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE pid <> pg_backend_pid() AND datname = current_database()`)
		if err != nil {
			t.Fatal(err)
		}
		for worker := range reads { // on a busy machine, connecting takes longer than any pause
			before := reads[worker].Load()
			soon(t, func() error {
				if reads[worker].Load() == before {
					return errors.New("no read has ended since")
				}
				return nil
			})
		}
	}
	close(done)
	working.Wait()
}

// TestStrayCancellation: the end of a statement whose caller has left may come late, and meet the next statement of the
// connection. No read fails because of that.
func TestStrayCancellation(t *testing.T) {
	url := database(t)
	db := opened(t, url, 0)
	if _, _, err := db.PutArticle(t.Context(), record("storm", "abcdefg"), store.Seen{}); err != nil {
		t.Fatal(err)
	}
	var others [2]*pgx.Conn
	for i := range others {
		conn, err := pgx.Connect(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(context.Background())
		others[i] = conn
	}
	lock, err := others[0].Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lock.Exec(t.Context(), "LOCK TABLE articles IN ACCESS EXCLUSIVE MODE"); err != nil {
		t.Fatal(err)
	}
	read := make(chan error, 1)
	go func() {
		_, err := db.ByCode(t.Context(), "abcdefg")
		read <- err
	}()
	for canceled := 0; canceled < 2; { // it waits for the lock, is canceled, and waits again
		var n int
		err := others[1].QueryRow(t.Context(), `SELECT count(*) FROM (SELECT pg_cancel_backend(pid) FROM pg_stat_activity
			WHERE wait_event_type = 'Lock' AND datname = current_database()) AS canceled`).Scan(&n)
		if err != nil {
			t.Fatal(err)
		}
		canceled += n
		select {
		case err := <-read:
			t.Fatalf("canceled %d times: %v", canceled, err)
		case <-time.After(time.Millisecond):
		}
	}
	if err := lock.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-read; err != nil {
		t.Error(err)
	}
}

// TestPassingFaults: errors of the server that may pass are store.ErrUnavailable, and the store works when they have
// passed.
func TestPassingFaults(t *testing.T) {
	for name, tt := range map[string]struct{ begin, end string }{
		"read-only":        {"ALTER DATABASE %s SET default_transaction_read_only = on", "ALTER DATABASE %s RESET default_transaction_read_only"},
		"no connections":   {"ALTER DATABASE %s CONNECTION LIMIT 0", "ALTER DATABASE %s CONNECTION LIMIT -1"},
		"no longer there":  {"ALTER DATABASE %s RENAME TO away", "ALTER DATABASE away RENAME TO %s"},
		"closed to others": {"ALTER DATABASE %s ALLOW_CONNECTIONS false", "ALTER DATABASE %s ALLOW_CONNECTIONS true"},
	} {
		t.Run(name, func(t *testing.T) {
			server := pgtest.Shared(t)
			// A role that is no superuser: limits hold for it.
			url := strings.Replace(database(t), "user=cards", "user=clerk", 1)
			config, err := pgx.ParseConfig(url)
			if err != nil {
				t.Fatal(err)
			}
			clerk.Do(func() { err = server.Run("postgres", "CREATE ROLE clerk LOGIN") })
			if err != nil {
				t.Fatal(err)
			}
			grants := "GRANT ALL ON ALL TABLES IN SCHEMA public TO clerk;\nGRANT ALL ON ALL SEQUENCES IN SCHEMA public TO clerk"
			if err := server.Run(config.Database, grants); err != nil {
				t.Fatal(err)
			}
			db := opened(t, url, 0)
			drop := func() {
				if err := server.Run("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'clerk'"); err != nil {
					t.Fatal(err)
				}
			}
			drop()
			soon(t, func() error { return server.Run("postgres", fmt.Sprintf(tt.begin, config.Database)) })
			if _, _, err := db.PutArticle(t.Context(), record("storm", "abcdefg"), store.Seen{}); !errors.Is(err, store.ErrUnavailable) {
				t.Errorf("a write: %v", err)
			}
			if err := db.Ping(t.Context()); !errors.Is(err, store.ErrUnavailable) {
				t.Errorf("ping: %v", err)
			}
			if err := server.Run("postgres", fmt.Sprintf(tt.end, config.Database)); err != nil {
				t.Fatal(err)
			}
			drop()
			soon(t, func() error { return db.Ping(t.Context()) })
			if _, _, err := db.PutArticle(t.Context(), record("storm", "abcdefg"), store.Seen{}); err != nil {
				t.Error(err)
			}
		})
	}
}

var clerk sync.Once

// TestSecretsStayHidden: no error of a start shows a password, and each says what is wrong.
func TestSecretsStayHidden(t *testing.T) {
	server := pgtest.Shared(t)
	host := "host=" + strings.ReplaceAll(server.Folder(), "/data", "/sock")
	const secret = "s3cr3t%2Fp%40ss" // as it is written in a URL
	for _, tt := range []struct{ url, says string }{
		{"postgres://" + pgtest.Guarded + ":" + secret + "@/postgres?" + host, "password authentication failed"},
		{"postgres://" + pgtest.Guarded + "@/postgres?password=" + secret + "&" + host, "password authentication failed"},
		{"postgres://" + pgtest.Guarded + "@/postgres?" + host, ""},
		{"postgres://cards:" + secret + "@/nowhere?" + host, `database "nowhere" does not exist`},
		{"postgres://nobody:" + secret + "@/postgres?" + host, `role "nobody" does not exist`},
		{"postgres://cards:s3cr3t/p@ss@localhost/postgres", "%"},
		{"postgres://cards:s3cr3t%zz@localhost/postgres", "%"},
		{"postgres://cards:" + secret + "@localhost/postgres?sslmode=perhaps", "sslmode"},
		{"postgres://cards:" + secret + "@localhost/postgres?sslmode=verify-full&sslrootcert=/nowhere", "/nowhere"},
		{"postgres://cards:" + secret + "@localhost:99999999/postgres", ""},
		{"postgres://cards:" + secret + "@localhost/postgres?pool_max_conns=many", "pool_max_conns"},
		{"postgres://" + pgtest.Guarded + ":" + pgtest.GuardedPassword + "@/postgres?" + host, "permission denied"},
	} {
		var log bytes.Buffer
		_, err := postgres.Open(t.Context(), tt.url, postgres.Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
		if err == nil || !postgres.IsLasting(err) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v", tt.url, err)
			continue
		}
		for _, word := range []string{"s3cr3t", pgtest.GuardedPassword} {
			if strings.Contains(err.Error()+log.String(), word) {
				t.Errorf("%s: %v, %s", tt.url, err, log.String())
			}
		}
	}
}
