package postgres

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"

	"github.com/jackc/pgx/v5/pgconn"

	"newsroom.example/cards/internal/store"
)

// SQLSTATE codes (PostgreSQL's documentation, Appendix A).
const (
	uniqueViolation   = "23505"
	queryCanceled     = "57014" // by statement_timeout
	badCharacter      = "22021" // a byte that no text can have
	untranslatable    = "22P05"
	stalePlan         = "0A000" // a prepared statement of a table that was changed
	wrongPassword     = "28P01"
	wrongRole         = "28000"
	unknownDatabase   = "3D000"
	insufficientRight = "42501"
)

// passing are the codes, or their first two characters, of errors that may pass without a change of the program.
var passing = map[string]bool{
	"08":    true,                               // the connection
	"53":    true,                               // no space, memory or connection is left
	"57":    true,                               // shut down, crashed, starting
	"58":    true,                               // the disk
	"XX":    true,                               // damage
	"40001": true,                               // serialization
	"40P01": true,                               // a deadlock
	"25006": true,                               // a server that takes no writes, such as a standby
	"55P03": true,                               // a lock
	"42":    true, "3F000": true, "0A000": true, // rights, tables and columns: the schema is of another release
}

var (
	errSlow = fmt.Errorf("the database does not answer in time: %w", store.ErrUnavailable)
	errLong = fmt.Errorf("takes too long: %w", context.DeadlineExceeded)
)

// fault adds to an error what was being done. If the server or the way to it is the cause, which may be temporary, the
// error also wraps store.ErrUnavailable. The end of ctx is reported with its own cause.
func fault(ctx context.Context, doing string, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", doing, context.Cause(ctx))
	}
	_, connecting := errors.AsType[*pgconn.ConnectError](err)
	switch code := codeOf(err); {
	case connecting:
		return fmt.Errorf("%s: %w: %w", doing, store.ErrUnavailable, err)
	case code == queryCanceled:
		return fmt.Errorf("%s: %w: %w", doing, errLong, err)
	case code != "" && !passing[code] && !passing[code[:2]]:
		return fmt.Errorf("%s: %w", doing, err)
	case code != "", isConnection(err):
		return fmt.Errorf("%s: %w: %w", doing, store.ErrUnavailable, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// codeOf returns the SQLSTATE of an error of the server, and "" for other errors.
func codeOf(err error) string {
	if failure, ok := errors.AsType[*pgconn.PgError](err); ok && len(failure.Code) == 5 {
		return failure.Code
	}
	return ""
}

// isConnection reports whether an error is one of the connection, and not of the statement.
func isConnection(err error) bool {
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || pgconn.SafeToRetry(err)
}

// isBroken reports whether a connection that was open has ended: another one may work. The result of the statement is
// unknown.
func isBroken(err error) bool {
	if _, connecting := errors.AsType[*pgconn.ConnectError](err); connecting {
		return false
	}
	switch code := codeOf(err); code {
	case "57P01", "57P02", "57P05", "25P03": // ended by an administrator, after a crash, because it was idle
		return true
	case "":
		return isConnection(err)
	}
	return false
}

// isLasting reports whether no later attempt to connect can succeed, unless somebody changes something.
func isLasting(err error) bool {
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return true
	}
	switch codeOf(err) {
	case wrongPassword, wrongRole, unknownDatabase, insufficientRight:
		return true
	}
	return !errors.Is(err, store.ErrUnavailable)
}
