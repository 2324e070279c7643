package sqlite

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// DailyKey implements store.Store. The key is in one row, which the first process that asks on a new day overwrites.
func (db *DB) DailyKey(ctx context.Context, now time.Time) (key [32]byte, err error) {
	day := now.UTC().Format(time.DateOnly)
	var stored []byte
	err = db.read.QueryRowContext(ctx, "SELECT key FROM daily_key WHERE day >= ?", day).Scan(&stored)
	if errors.Is(err, sql.ErrNoRows) {
		_, _ = rand.Read(key[:]) // never fails (crypto/rand)
		stored, err = db.putDailyKey(ctx, day, key[:])
	}
	if err != nil {
		return key, fault("key of the day", err)
	}
	if copy(key[:], stored) != len(key) {
		return key, fmt.Errorf("key of the day: %d bytes are stored", len(stored))
	}
	return key, nil
}

// putDailyKey stores the key, unless another process has stored one of the day or a later one meanwhile. It returns the
// key that is stored.
func (db *DB) putDailyKey(ctx context.Context, day string, key []byte) (stored []byte, err error) {
	err = db.clicks.QueryRowContext(ctx, `INSERT INTO daily_key (id, day, key) VALUES (1, ?, ?)
		ON CONFLICT (id) DO UPDATE SET
			key = CASE WHEN day < excluded.day THEN excluded.key ELSE key END, day = max(day, excluded.day)
		RETURNING key`, day, key).Scan(&stored)
	return stored, err
}
