package sqlite

import (
	"fmt"
	"testing"
)

// TestKeptStatements: a statement of which rows are being read is not used for another query, and no more than so many are
// kept; the others work too.
func TestKeptStatements(t *testing.T) {
	db := opened(t)
	only, err := db.jobs.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer only.Close()
	const three = "SELECT value FROM json_each('[1,2,3]')"
	outer, err := only.QueryContext(t.Context(), three)
	if err != nil {
		t.Fatal(err)
	}
	defer outer.Close()
	pairs := 0
	for outer.Next() {
		func() {
			inner, err := only.QueryContext(t.Context(), three)
			if err != nil {
				t.Fatal(err)
			}
			defer inner.Close()
			for inner.Next() {
				pairs++
			}
			if err := inner.Err(); err != nil {
				t.Fatal(err)
			}
		}()
	}
	if pairs != 9 || outer.Err() != nil {
		t.Errorf("%d pairs, %v", pairs, outer.Err())
	}
	for n := range 3 * maxKept {
		var got int
		if err := only.QueryRowContext(t.Context(), fmt.Sprint("SELECT ", n)).Scan(&got); err != nil || got != n {
			t.Fatalf("%d: %d, %v", n, got, err)
		}
	}
	err = only.Raw(func(c any) error {
		if n := len(c.(*conn).keeper.kept); n != maxKept {
			t.Errorf("%d are kept", n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
