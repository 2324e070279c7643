package sqlite

import (
	"path/filepath"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/share"
)

// BenchmarkStats sums a month of a story that is shared to every target in every hour, and its last hour.
func BenchmarkStats(b *testing.B) {
	db, err := Open(b.Context(), filepath.Join(b.TempDir(), "cards.db"), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if _, _, err := db.PutArticle(b.Context(), story("storm"), store.Seen{}); err != nil {
		b.Fatal(err)
	}
	now, rows := time.Now(), 0
	tx, err := db.clicks.BeginTx(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	defer tx.Rollback()
	targets := []string{""}
	for _, t := range share.Targets() {
		targets = append(targets, t.Name)
	}
	for at := now.Add(-store.ClickLife).Truncate(time.Hour); at.Before(now); at = at.Add(time.Hour) {
		for _, target := range targets {
			_, err := tx.ExecContext(b.Context(), "INSERT INTO target_1h (id, bucket, target, n) VALUES ('storm', ?, ?, 7)",
				at.Unix(), target)
			if err != nil {
				b.Fatal(err)
			}
			rows++
		}
	}
	if _, err := tx.ExecContext(b.Context(), "UPDATE recent SET since = ?", now.Add(-store.SharpWindow).Unix()); err != nil {
		b.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	for name, window := range map[string]time.Duration{"month": store.ClickLife, "day": 24 * time.Hour, "hour": time.Hour} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := db.Stats(b.Context(), "storm", now.Add(-window)); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(rows), "rows")
		})
	}
}
