package sqlite

import (
	"context"
	"database/sql/driver"
)

// keeper keeps the statements of one connection prepared: to prepare one takes longer than to run it. As the
// connection, it is used by one goroutine at a time. A nil keeper keeps nothing.
type keeper struct {
	driverConn
	kept map[string]*keptStmt
}

// maxKept is the largest number of statements that are kept. Those that come later are prepared each time.
const maxKept = 64

type keptStmt struct {
	driverStmt
	busy bool // its rows are being read
}

// statement returns the statement of a query, nil if it cannot be kept now.
func (k *keeper) statement(ctx context.Context, query string) (*keptStmt, error) {
	if k == nil {
		return nil, nil //nolint:nilnil // there is none, which is no error
	}
	s := k.kept[query]
	switch {
	case s != nil && s.busy, s == nil && len(k.kept) >= maxKept:
		return nil, nil //nolint:nilnil // as above
	case s != nil:
		return s, nil
	}
	prepared, err := k.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	s = &keptStmt{driverStmt: prepared.(driverStmt)}
	k.kept[query] = s
	return s, nil
}

// query returns the rows of a kept statement.
func (s *keptStmt) query(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	rows, err := s.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	s.busy = true
	return keptRows{rows, s}, nil
}

// keptRows are rows whose statement can be used again when they are closed.
type keptRows struct {
	driver.Rows
	of *keptStmt
}

// Close implements driver.Rows.
func (r keptRows) Close() error {
	r.of.busy = false
	return r.Rows.Close()
}

// close closes the statements.
func (k *keeper) close() {
	if k == nil {
		return
	}
	for _, s := range k.kept {
		_ = s.Close() // the connection is closed next
	}
}
