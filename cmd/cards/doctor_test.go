package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"newsroom.example/cards/internal/app"
)

// TestDoctor: the exit status says whether the service can work; the rest is for people or, as JSON, for programs.
func TestDoctor(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	out, errs, status := ran(t, "doctor", "--data", data)
	if status != 0 || errs != "" || !strings.Contains(out, "ok    settings: ") || !strings.Contains(out, "note  database: ") || !strings.Contains(out, "\n      -> ") {
		t.Errorf("%d %s%s", status, out, errs)
	}
	out, errs, status = ran(t, "doctor", "--data", data, "--pictures", "file:///dev/null", "--json")
	var found []app.Finding
	if err := json.Unmarshal([]byte(out), &found); err != nil || status != 1 || !strings.Contains(errs, "marked bad") {
		t.Fatalf("%v %d %s", err, status, errs)
	}
	bad := 0
	for _, f := range found {
		if f.Degree == app.Bad {
			bad++
		}
	}
	if bad != 1 {
		t.Errorf("%s", out)
	}
	if _, errs, status := ran(t, "doctor", "--home-url", "x"); status != 2 || !strings.Contains(errs, "--home-url") {
		t.Errorf("%d %s", status, errs)
	}
}
