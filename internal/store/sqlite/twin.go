package sqlite

import (
	"context"
	"database/sql"
	"errors"
)

// OtherWithURL implements store.Store.
func (db *DB) OtherWithURL(ctx context.Context, url, except string) (id string, err error) {
	err = db.read.QueryRowContext(ctx, `SELECT id FROM articles WHERE url = ? AND id <> ? AND NOT withdrawn
		ORDER BY updated DESC, id LIMIT 1`, url, except).Scan(&id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fault("find article", err)
	}
	return id, nil
}
