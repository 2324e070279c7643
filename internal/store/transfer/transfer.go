// Package transfer copies a newsroom from one database to another, also while the service uses the first one: all
// articles with their versions and codes, withdrawals, clicks and confirmed shares, and the key of the day.
//
// A copy goes through the tables in the order of their keys, some rows at a time, and makes each range of keys in the
// target what it is in the source. It may be ended at any time and begun again: what is the same already is only read.
package transfer

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Table is a table that is copied, as both engines have it.
type Table struct {
	Name string
	// Key are the columns whose values identify a row, in the order in which rows are read.
	Key     []Column
	Columns []Column // the others
	Sum     string   // whose sum is compared at the end: a column, or an expression; empty: nothing
	Initial bool     // it has a row in an empty database
}

// Column is a column of a Table.
type Column struct {
	Name string
	Kind Kind
}

// Kind is the kind of the values of a column.
type Kind uint8

// The kinds, with the types of their values.
const (
	Number  Kind = iota // int64
	Text                // string
	Bytes               // []byte
	Boolean             // bool
)

func numbers(names ...string) []Column { return of(Number, names...) }
func texts(names ...string) []Column   { return of(Text, names...) }

func of(kind Kind, names ...string) (all []Column) {
	for _, name := range names {
		all = append(all, Column{name, kind})
	}
	return all
}

// Tables are the tables that are copied. Visitors who were seen within the last minutes are not, nor how many clicks of
// each network were counted in this hour: the first tap of such a visitor counts again.
var Tables = []Table{
	{Name: "articles", Key: texts("id"), Columns: slices.Concat(
		texts("code", "version", "url", "site", "kind", "searched"), numbers("embargo", "created", "updated", "revision",
			"withdrawals"), of(Boolean, "withdrawn")), Sum: "revision"},
	{Name: "versions", Key: texts("id", "version"), Columns: slices.Concat(
		texts("content", "photo_id", "warnings"), numbers("updated"))},
	{Name: "history", Key: slices.Concat(texts("id"), numbers("revision")), Columns: slices.Concat(texts("version"),
		of(Boolean, "withdrawn"), numbers("at")), Sum: "at"},
	{Name: "withdrawn_photos", Key: numbers("seq"), Columns: slices.Concat(texts("photo_id"), numbers("at"))},
	{Name: "clicks", Key: slices.Concat(numbers("bucket"), texts("id", "target")), Columns: numbers("n"), Sum: "n"},
	{Name: "recent", Key: numbers("since"), Initial: true},
	{Name: "target_1h", Key: slices.Concat(texts("id"), numbers("bucket"), texts("target")), Columns: numbers("n"),
		Sum: "n"},
	{Name: "story_1h", Key: slices.Concat(numbers("bucket"), texts("id")), Columns: numbers("opened", "shared"),
		Sum: "opened + shared"},
	{Name: "story_1d", Key: slices.Concat(numbers("bucket"), texts("id")), Columns: numbers("opened", "shared"),
		Sum: "opened + shared"},
	{Name: "uncounted_1h", Key: slices.Concat(texts("id"), numbers("bucket"), texts("reason")), Columns: numbers("n"),
		Sum: "n"},
	{Name: "confirmed", Key: slices.Concat(texts("id", "target"), numbers("bucket")), Columns: numbers("n"), Sum: "n"},
	{Name: "receipts", Key: of(Bytes, "receipt"), Columns: numbers("at")},
	{Name: "spools", Key: texts("id"), Columns: numbers("counted", "used"), Sum: "counted"},
	{Name: "journal", Key: numbers("seq"), Columns: slices.Concat(numbers("at"), texts("who", "action", "article",
		"version"), numbers("revision"), texts("detail")), Sum: "revision"},
	{Name: "editors", Key: texts("name"), Columns: slices.Concat(texts("role"), numbers("added"), texts("link"),
		numbers("link_ends")), Sum: "added"},
	{Name: "sessions", Key: texts("session"), Columns: slices.Concat(texts("account", "name", "mark", "role", "way",
		"bound"), numbers("began", "seen", "rests", "ends")), Sum: "began"},
	{Name: "tokens", Key: texts("id"), Columns: slices.Concat(texts("name", "hash", "scopes", "site"), numbers("made",
		"ends", "used", "revoked")), Sum: "made"},
	{Name: "daily_key", Key: texts("day"), Columns: of(Bytes, "key")},
}

// All returns all columns, those of the key first.
func (t Table) All() []Column { return slices.Concat(t.Key, t.Columns) }

// Row has the values of all columns of a Table.
type Row []any

// Range is a part of a table: the rows whose key is above After and at most Through. Nil has no limit.
type Range struct{ After, Through Row }

// Totals are what is compared when a table was copied.
type Totals struct{ Rows, Sum int64 }

// Source is a database that is copied.
type Source interface {
	// Name identifies the database for as long as it exists. It has no secrets.
	Name(ctx context.Context) (string, error)
	// Rows returns the first rows of a range, in the order of their keys, at most limit.
	Rows(ctx context.Context, t Table, in Range, limit int) ([]Row, error)
	Totals(ctx context.Context, t Table) (Totals, error)
}

// Target is a database that a copy is made in.
type Target interface {
	Source
	// Claim marks the target as a copy of the source, which the next start of a service on it ends. It returns false if
	// the target has rows or a service was started on it, unless it is a copy of the source.
	Claim(ctx context.Context, source string) (ok bool, err error)
	// Replace removes the rows of a range and stores others in their place, in one transaction. The target must be
	// claimed for the source: otherwise it returns ErrInUse.
	Replace(ctx context.Context, source string, t Table, in Range, rows []Row) error
}

// Errors of Copy.
var (
	ErrNotEmpty = errors.New("the target is in use: it has rows, or a service was started on it, and it is no copy of this source that was begun before")
	ErrInUse    = errors.New("a service uses the target: what it stores would be overwritten")
	ErrDiffers  = errors.New("the copy differs from the source, which has changed: stop its service and copy again")
)

// chunk is the number of rows that are read and written at a time. A version has at most some 100 KB.
const chunk = 500

// ByService is stored in the place of a source in a database that a service uses or has used: it may run, so that what
// it stores is not to be replaced.
const ByService = ""

// Copied says what was done with a table.
type Copied struct {
	Table
	Totals         // of the target
	Of      Totals // of the source
	Changed int64  // rows that were written, or would have been the same otherwise
}

// Copy makes the target a copy of the source, and compares their counts and sums. report is called after each table. If
// the source has changed meanwhile, Copy returns ErrDiffers after all tables.
func Copy(ctx context.Context, from Source, to Target, report func(Copied)) error {
	name, err := from.Name(ctx)
	if err != nil {
		return fmt.Errorf("source: %w", err)
	}
	switch ok, err := to.Claim(ctx, name); {
	case err != nil:
		return fmt.Errorf("target: %w", err)
	case !ok:
		return ErrNotEmpty
	}
	same := true
	for _, t := range Tables {
		done := Copied{Table: t}
		if done.Changed, err = copyTable(ctx, from, to, name, t); err != nil {
			return fmt.Errorf("%s: %w", t.Name, err)
		}
		if done.Of, err = from.Totals(ctx, t); err != nil {
			return fmt.Errorf("source: %s: %w", t.Name, err)
		}
		if done.Totals, err = to.Totals(ctx, t); err != nil {
			return fmt.Errorf("target: %s: %w", t.Name, err)
		}
		same = same && done.Totals == done.Of
		report(done)
	}
	if !same {
		return ErrDiffers
	}
	return nil
}

// copyTable makes the table of the target what it is in the source, range by range.
func copyTable(ctx context.Context, from Source, to Target, name string, t Table) (changed int64, err error) {
	for after := Row(nil); ; {
		in := Range{After: after}
		rows, err := from.Rows(ctx, t, in, chunk)
		if err != nil {
			return changed, fmt.Errorf("source: %w", err)
		}
		if len(rows) == chunk {
			in.Through = rows[chunk-1][:len(t.Key)]
		}
		// One row more than there should be says that there are others.
		old, err := to.Rows(ctx, t, in, len(rows)+1)
		if err != nil {
			return changed, fmt.Errorf("target: %w", err)
		}
		if !slices.EqualFunc(rows, old, equal) {
			if err := to.Replace(ctx, name, t, in, rows); err != nil {
				return changed, fmt.Errorf("target: %w", err)
			}
			changed += int64(len(rows))
		}
		if after = in.Through; after == nil {
			return changed, nil
		}
	}
}

// equal reports whether two rows have the same values.
func equal(a, b Row) bool {
	return slices.EqualFunc(a, b, func(x, y any) bool {
		if raw, ok := x.([]byte); ok {
			other, ok := y.([]byte)
			return ok && slices.Equal(raw, other)
		}
		return x == y
	})
}
