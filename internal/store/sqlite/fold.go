package sqlite

import (
	"database/sql/driver"
	"fmt"

	sqlite "modernc.org/sqlite"

	"newsroom.example/cards/internal/store"
)

// foldable makes store.Fold the SQL function fold, for migrations: SQLite's lower knows ASCII alone.
var foldable = sqlite.RegisterDeterministicScalarFunction("fold", 1,
	func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		text, ok := args[0].(string)
		if !ok {
			return nil, fmt.Errorf("fold: %T is no text", args[0])
		}
		return store.Fold(text), nil
	})
