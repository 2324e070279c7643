package handlers

import (
	"os"
	"strings"
	"testing"
)

// TestScopesAreTheGuides: the table of docs/access.md has each route of the API in the row of the scope that it
// needs.
func TestScopesAreTheGuides(t *testing.T) {
	raw, err := os.ReadFile("../docs/access.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for line := range strings.Lines(string(raw)) {
		if name, row, ok := strings.Cut(strings.TrimPrefix(line, "| `"), "` |"); ok {
			rows[name] = strings.NewReplacer("`, `", " ", "`", " ", ",", " ").Replace(row)
		}
	}
	for route, who := range registered(t, newHouse(t)) {
		if _, ok := who.scope(); !ok {
			continue
		}
		_, path, _ := strings.Cut(route, " ")
		path = " " + documented(path) + " "
		method, _, _ := strings.Cut(route, " ")
		if method == "HEAD" {
			continue
		}
		if row := rows[string(who)]; !strings.Contains(row, path) || !strings.Contains(row, method+" ") {
			t.Errorf("%s is not in the row of %s: %s", route, who, row)
		}
	}
}
