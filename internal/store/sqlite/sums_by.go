package sqlite

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"

	sqlite "modernc.org/sqlite"
)

// summable makes sums(key, n) an SQL aggregate: a JSON object of the sum of n for each key. GROUP BY key would sort all
// rows first, which takes half of the time of a long window of a story: a month of 20 targets takes 8.3 ms with it, and
// 3.9 ms with this.
var summable = sqlite.RegisterFunction("sums", &sqlite.FunctionImpl{
	NArgs: 2, Deterministic: true, VolatileArgs: true, // Step keeps copies
	MakeAggregate: func(sqlite.FunctionContext) (sqlite.AggregateFunction, error) { return sumsBy{}, nil },
})

// sumsBy are the sums by key. They are pointers because storing a value in a map may store the key again, which is
// valid only until Step returns.
type sumsBy map[string]*int64

// Step implements sqlite.AggregateFunction.
func (s sumsBy) Step(_ *sqlite.FunctionContext, row []driver.Value) error {
	return s.add(row, 1)
}

// WindowInverse implements sqlite.AggregateFunction.
func (s sumsBy) WindowInverse(_ *sqlite.FunctionContext, row []driver.Value) error {
	return s.add(row, -1)
}

func (s sumsBy) add(row []driver.Value, sign int64) error {
	key, isText := row[0].(string)
	n, isNumber := row[1].(int64)
	if !isText || !isNumber {
		return fmt.Errorf("sums: %T and %T are no text and number", row[0], row[1])
	}
	sum := s[key]
	if sum == nil {
		sum = new(int64)
		s[strings.Clone(key)] = sum
	}
	*sum += sign * n
	return nil
}

// WindowValue implements sqlite.AggregateFunction.
func (s sumsBy) WindowValue(*sqlite.FunctionContext) (driver.Value, error) {
	raw, err := json.Marshal(s)
	return string(raw), err
}

// Final implements sqlite.AggregateFunction.
func (s sumsBy) Final(*sqlite.FunctionContext) {}
