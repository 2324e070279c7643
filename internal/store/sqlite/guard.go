package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	sqlite "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"newsroom.example/cards/internal/store"
)

// files opens connections to the files of the database, and notices when the files are no longer those at its path.
type files struct {
	at      atomic.Pointer[place] // nil while all connections are being closed
	opening sync.RWMutex          // held for reading by Connect, for writing while no connection may be opened
}

// connector opens guarded connections.
type connector struct {
	driver.Connector
	files *files
	full  bool // commits must be on the disk
	keeps bool // statements stay prepared
}

// Connect implements driver.Connector. It never opens a file that is not the one of the other connections.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	c.files.opening.RLock()
	defer c.files.opening.RUnlock()
	at := c.files.at.Load()
	if err := at.check(); err != nil {
		return nil, err
	}
	opened, err := keptLog{c.Connector}.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if err := at.check(); err != nil {
		return nil, errors.Join(err, opened.Close())
	}
	at.conns.Add(1)
	guarded := &conn{driverConn: opened.(driverConn), files: c.files, at: at, full: c.full}
	if c.keeps {
		guarded.keeper = &keeper{guarded.driverConn, map[string]*keptStmt{}}
	}
	return guarded, nil
}

// keptLog opens connections that keep the write-ahead log and its index, empty, after the last of them is closed.
// Otherwise a start on a full disk would fail, because it could not create them; and a connection to a file that was
// replaced would remove the log of the new one, by its path.
type keptLog struct{ driver.Connector }

// Connect implements driver.Connector.
func (k keptLog) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	control, ok := c.(driverConn)
	if !ok {
		return nil, errors.Join(errors.New("the driver lacks an interface"), c.Close())
	}
	if _, err := control.FileControlPersistWAL("main", 1); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// driverConn is everything that a connection of the driver implements and that is used.
type driverConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
	sqlite.FileControl
}

// conn is a connection that acknowledges no change of a file that is not at its path. As the driver's, it is used by
// one goroutine at a time.
type conn struct {
	driverConn
	keeper *keeper // nil: none
	files  *files
	at     *place
	full   bool
	inTx   bool
}

// ResetSession implements driver.SessionResetter: a connection to files that were replaced is used no more.
func (c *conn) ResetSession(ctx context.Context) error {
	if c.files.at.Load() != c.at {
		return driver.ErrBadConn
	}
	return c.driverConn.ResetSession(ctx)
}

// IsValid implements driver.Validator. The driver would discard a connection whose query was canceled. If the files
// are gone, no other could be opened, so it is kept.
func (c *conn) IsValid() bool {
	if !c.driverConn.IsValid() && c.at.check() != nil {
		_, _ = c.driverConn.ExecContext(context.Background(), "SELECT 1", nil) // ends the interruption
	}
	return c.driverConn.IsValid()
}

// Close implements driver.Conn.
func (c *conn) Close() error {
	defer c.at.conns.Add(-1)
	c.keeper.close()
	return c.driverConn.Close()
}

// ExecContext implements driver.ExecerContext.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	return c.exec(ctx, func() (driver.Result, error) {
		s, err := c.keeper.statement(ctx, query)
		switch {
		case err != nil:
			return nil, err
		case s != nil:
			return s.ExecContext(ctx, args)
		}
		return c.driverConn.ExecContext(ctx, query, args)
	})
}

// QueryContext implements driver.QueryerContext.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.keeper.statement(ctx, query)
	switch {
	case err != nil:
		return nil, err
	case s != nil:
		return s.query(ctx, args)
	}
	return c.driverConn.QueryContext(ctx, query, args)
}

// exec calls run, which changes something. Outside a transaction that commits the change.
func (c *conn) exec(ctx context.Context, run func() (driver.Result, error)) (done driver.Result, err error) {
	if c.inTx {
		return run()
	}
	if err := c.trust(ctx); err != nil {
		return nil, err
	}
	err = c.write(func() error {
		done, err = run()
		return err
	})
	return done, err
}

// PrepareContext implements driver.ConnPrepareContext.
func (c *conn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	prepared, err := c.driverConn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return &stmt{prepared.(driverStmt), c}, nil
}

// driverStmt is everything that a statement of the driver implements and that is used.
type driverStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// stmt is a prepared statement of a conn.
type stmt struct {
	driverStmt
	conn *conn
}

// ExecContext implements driver.StmtExecContext.
func (s *stmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	return s.conn.exec(ctx, func() (driver.Result, error) { return s.driverStmt.ExecContext(ctx, args) })
}

// BeginTx implements driver.ConnBeginTx.
func (c *conn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	if err := c.trust(ctx); err != nil {
		return nil, err
	}
	begun, err := c.driverConn.BeginTx(ctx, o)
	if err != nil {
		return nil, err
	}
	c.inTx = true
	return &tx{begun, c}, nil
}

// tx is a transaction of a conn.
type tx struct {
	driver.Tx
	conn *conn
}

// Commit implements driver.Tx.
func (t *tx) Commit() error {
	t.conn.inTx = false
	committed := false
	err := t.conn.write(func() error { committed = true; return t.Tx.Commit() })
	if !committed {
		return errors.Join(err, t.Tx.Rollback())
	}
	return err
}

// Rollback implements driver.Tx.
func (t *tx) Rollback() error {
	t.conn.inTx = false
	return t.Tx.Rollback()
}

// write calls commit, which commits a change, if the files are in their place. It returns nil only if they are still
// there afterwards. Otherwise the change is stored if the same files come back, and lost if others do.
func (c *conn) write(commit func() error) error {
	if err := c.at.check(); err != nil {
		return err
	}
	if err := commit(); err != nil {
		if primary(err) == codes.SQLITE_IOERR {
			c.at.doubt.Store(true)
		}
		return err
	}
	if !c.full {
		c.at.fresh.Store(true)
	}
	return c.at.check()
}

// trust empties the log into the database file if a write has failed since the last time. After a failed fsync Linux
// drops the data that it could not write, and the next fsync succeeds. A log with such a gap ends there after a power
// cut, without all that was stored later.
func (c *conn) trust(ctx context.Context) (err error) {
	if !c.full || !c.at.doubt.CompareAndSwap(true, false) {
		return nil
	}
	defer func() {
		if err != nil {
			c.at.doubt.Store(true)
		}
	}()
	rows, err := c.driverConn.QueryContext(ctx, emptyLog, nil)
	if err != nil {
		return err
	}
	defer rows.Close()
	result := make([]driver.Value, len(rows.Columns()))
	if err := rows.Next(result); err != nil {
		return err
	}
	if result[0] != int64(0) {
		return errBusyLog
	}
	return nil
}

// emptyLog moves the content of the log into the database file and truncates the log. The first column of its row is
// 0 if it did.
const emptyLog = "PRAGMA wal_checkpoint(TRUNCATE)"

var errBusyLog = fmt.Errorf("the write-ahead log is being read: %w", store.ErrUnavailable)
