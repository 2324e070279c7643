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
	addClicks    *sql.Stmt
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
		{&s.addClicks, `INSERT INTO clicks (bucket, id, target, n) VALUES (?, ?, ?, ?)
			ON CONFLICT (bucket, id, target) DO UPDATE SET n = n + excluded.n`},
		{&s.addUncounted, `INSERT INTO uncounted (bucket, id, reason, n) VALUES (?, ?, ?, ?)
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
