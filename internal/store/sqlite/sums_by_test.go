package sqlite

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"testing"
)

// TestSums: the aggregate is what GROUP BY is, keys outlive their rows, and what is no text and number is an error.
func TestSums(t *testing.T) {
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "cards.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for values, want := range map[string]map[string]int64{
		"('', 1), ('a', 2), ('b', 3), ('a', 40), ('', 5)": {"": 6, "a": 42, "b": 3},
		`('"서', 7), ('"서', -9)`:                           {`"서`: -2},
		"('a', 0)":                                        {}, // left out
	} {
		var raw []byte
		query := "SELECT sums(column1, column2) FROM (VALUES " + values + ") WHERE column2 <> 0"
		got := map[string]int64{}
		if err := db.lists.QueryRowContext(t.Context(), query).Scan(&raw); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(raw, &got); err != nil || !maps.Equal(got, want) {
			t.Errorf("%s: %s, %v", values, raw, err)
		}
	}
	for _, values := range []string{"('a', 'b')", "(1, 1)", "('a', NULL)"} {
		var raw []byte
		if err := db.lists.QueryRowContext(t.Context(), "SELECT sums(column1, column2) FROM (VALUES "+values+")").Scan(&raw); err == nil {
			t.Errorf("%s: %s", values, raw)
		}
	}
}
