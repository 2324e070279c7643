// Package check reads the files of the folder above with the parsers of the programs that they are for, and holds them to
// what docs/deploy.md says of them. It is a module of its own, so that the service depends on none of these.
package check

import (
	"os"
	"testing"
)

// read returns a file of the folder above.
func read(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile("../" + name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
