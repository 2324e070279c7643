package queue_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"newsroom.example/cards/internal/queue"
	"newsroom.example/cards/internal/store/sqlite"
)

// BenchmarkInsert is what a job adds to the transaction of an article.
func BenchmarkInsert(b *testing.B) {
	db, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "cards.db"), sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	inserter, err := queue.ForSQLite()
	if err != nil {
		b.Fatal(err)
	}
	tx, err := db.Jobs().BeginTx(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	defer tx.Rollback()
	n := 0
	for b.Loop() {
		n++
		if err := inserter.Insert(b.Context(), tx, queue.Job{Kind: work, Article: fmt.Sprint("storm-", n), Version: "5fnay3p9jmkxqv0d"}); err != nil {
			b.Fatal(err)
		}
	}
}
