package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
)

// TestWhatFollowsIsInTheTransaction: Options.Stored is called for each change of an article, in its transaction: with
// an error, nothing is stored.
func TestWhatFollowsIsInTheTransaction(t *testing.T) {
	var called []string
	var refuse error
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "cards.db"), Options{
		Stored: func(ctx context.Context, tx *sql.Tx, r store.Record) error {
			called = append(called, r.Article.ID+" "+r.Version)
			if _, err := tx.ExecContext(ctx, "INSERT INTO receipts (receipt, at) VALUES (?, 0)", r.Version); err != nil {
				return err
			}
			return refuse
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	put := func(version string, want error) {
		t.Helper()
		_, _, err := db.PutArticle(t.Context(), store.Record{
			Article: article.Article{ID: "storm", URL: "https://news.example/storm", Headline: version}, Version: version,
			PhotoID: "upload:1", Code: "abcdefg", Created: time.Now(), Updated: time.Now(),
		}, store.Seen{})
		if !errors.Is(err, want) {
			t.Errorf("%s: %v", version, err)
		}
	}
	put("v1", nil)
	put("v1", nil) // nothing has changed
	refuse = errors.New("refused")
	put("v2", refuse)
	if rec, err := db.Article(t.Context(), "storm"); err != nil || rec.Version != "v1" {
		t.Errorf("refused: %s, %v", rec.Version, err)
	}
	refuse = nil
	without := func(r store.Record) store.Record {
		r.Version, r.PhotoID = "v3", store.NoPhoto
		return r
	}
	if _, err := db.WithdrawPhoto(t.Context(), "upload:1", time.Now(), without); err != nil {
		t.Fatal(err)
	}
	if want := []string{"storm v1", "storm v2", "storm v3"}; !slices.Equal(called, want) {
		t.Errorf("called for %v", called)
	}
	if n := sumOf(t, db, "(SELECT count(*) FROM receipts)"); n != 2 {
		t.Errorf("%d rows of it are stored", n)
	}
}
