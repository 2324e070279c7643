package sqlite

import (
	"context"
	"time"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// uncounted adds the article's uncounted requests to the sums.
func (db *DB) uncounted(ctx context.Context, id string, since time.Time, sums map[store.Reason]int64) error {
	rows, err := db.lists.QueryContext(ctx,
		"SELECT reason, sum(n) FROM uncounted_1h WHERE id = ? AND bucket >= ? GROUP BY reason", id, tables.HourOf(since))
	if err != nil {
		return fault("uncounted requests", err)
	}
	defer rows.Close()
	for rows.Next() {
		var reason store.Reason
		var n int64
		if err := rows.Scan(&reason, &n); err != nil {
			return fault("uncounted requests", err)
		}
		sums[reason] = n
	}
	return rows.Err()
}
