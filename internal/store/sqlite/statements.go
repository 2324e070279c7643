package sqlite

import (
	"context"
	"database/sql"
)

// statements are those that run for each click. They are prepared once, on the connection that counts clicks.
type statements struct {
	see          *sql.Stmt // remembers a visitor; changes no row if the visitor was seen after the given time
	networks     *sql.Stmt
	putNetworks  *sql.Stmt
	addClicks    *sql.Stmt // unless the sum is older than those that are kept
	addHour      *sql.Stmt
	addDay       *sql.Stmt
	addTarget    *sql.Stmt
	addUncounted *sql.Stmt
	spool        *sql.Stmt
	putSpool     *sql.Stmt
}

func prepare(ctx context.Context, clicks *sql.DB) (s statements, err error) {
	for _, one := range []struct {
		statement **sql.Stmt
		query     string
	}{
		{&s.see, `INSERT INTO seen (visitor, id, target, at) VALUES (?, ?, ?, ?)
			ON CONFLICT (visitor, id, target) DO UPDATE SET at = excluded.at WHERE at <= ?`},
		{&s.networks, "SELECT counts FROM networks WHERE hour = ? AND id = ? AND shared = ?"},
		{&s.putNetworks, `INSERT INTO networks (hour, id, shared, counts) VALUES (?, ?, ?, ?)
			ON CONFLICT (hour, id, shared) DO UPDATE SET counts = excluded.counts`},
		{&s.addClicks, `INSERT INTO clicks (bucket, id, target, n) SELECT ?1, ?2, ?3, ?4 WHERE ?1 >= (SELECT since FROM recent)
			ON CONFLICT (bucket, id, target) DO UPDATE SET n = n + excluded.n`},
		{&s.addHour, `INSERT INTO story_1h (bucket, id, opened, shared) VALUES (?, ?, ?, ?) ON CONFLICT (bucket, id)
			DO UPDATE SET opened = opened + excluded.opened, shared = shared + excluded.shared`},
		{&s.addDay, `INSERT INTO story_1d (bucket, id, opened, shared) VALUES (?, ?, ?, ?) ON CONFLICT (bucket, id)
			DO UPDATE SET opened = opened + excluded.opened, shared = shared + excluded.shared`},
		{&s.addTarget, `INSERT INTO target_1h (bucket, id, target, n) VALUES (?, ?, ?, ?)
			ON CONFLICT (id, bucket, target) DO UPDATE SET n = n + excluded.n`},
		{&s.addUncounted, `INSERT INTO uncounted_1h (bucket, id, reason, n) VALUES (?, ?, ?, ?)
			ON CONFLICT (id, bucket, reason) DO UPDATE SET n = n + excluded.n`},
		{&s.spool, "SELECT counted FROM spools WHERE id = ?"},
		{&s.putSpool, `INSERT INTO spools (id, counted, used) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE
			SET counted = excluded.counted, used = max(used, excluded.used)`},
	} {
		*one.statement, err = clicks.PrepareContext(ctx, one.query) //nolint:sqlclosecheck // closed with the pool
		if err != nil {
			return s, err
		}
	}
	return s, nil
}
