package postgres

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// DailyKey implements store.Store. The key is in one row, which the first process that asks on a new day overwrites.
func (db *DB) DailyKey(ctx context.Context, now time.Time) (key [32]byte, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, fastTime, errSlow)
	defer cancel()
	day := now.UTC().Format(time.DateOnly)
	var stored []byte
	read := func(row pgx.Row) error { return row.Scan(&stored) }
	err = db.row(ctx, read, "SELECT key FROM daily_key WHERE day >= $1", day)
	if errors.Is(err, pgx.ErrNoRows) {
		_, _ = rand.Read(key[:]) // never fails (crypto/rand)
		// If another process has stored a key of the day or a later one meanwhile, that stays, and is returned.
		err = db.row(ctx, read, `INSERT INTO daily_key AS old (one, day, key) VALUES (TRUE, $1, $2)
			ON CONFLICT (one) DO UPDATE SET key = CASE WHEN old.day < excluded.day THEN excluded.key ELSE old.key END,
				day = greatest(old.day, excluded.day)
			RETURNING key`, day, key[:])
	}
	if err != nil {
		return key, fault(ctx, "key of the day", err)
	}
	if copy(key[:], stored) != len(key) {
		return key, fmt.Errorf("key of the day: %d bytes are stored", len(stored))
	}
	return key, nil
}
