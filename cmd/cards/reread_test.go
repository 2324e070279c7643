package main

import (
	"bytes"
	"log/slog"
	"os"
	"strings"
	"testing"
)

// TestReread: a changed log level is applied, other changes are named, and a wrong file changes nothing.
func TestReread(t *testing.T) {
	path := settingsFile(t, "log-level = \"info\"\ndrain = \"1s\"\napi-token = \""+madeSecret+"\"")
	from := &origins{args: []string{"serve", "--config", path, "--lang", "ko"}}
	started, err := from.again(t.Context())
	if err != nil || started["lang"] != "ko" || started["drain"] != "1s" {
		t.Fatalf("%v %v", started, err)
	}
	level := new(slog.LevelVar)
	for _, tt := range []struct{ file, level, says, not string }{
		{"log-level = \"debug\"\ndrain = \"1s\"\napi-token = \"" + madeSecret + "\"", "DEBUG", "the settings were read again", "wait for the next start"},
		{"log-level = \"loud\"", "DEBUG", "those of before hold", "read again\"}"},
		{"log-level = \"warn\"\ndrain = \"2s\"\napi-token = \"" + madeSecret + "X1\"", "WARN", "wait for the next start", madeSecret},
		{"log-level = \"info\"\ndrain = \"1s\"\napi-token = \"" + madeSecret + "\"", "INFO", "read again", "wait for"},
	} {
		if err := os.WriteFile(path, []byte(tt.file), 0o600); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		applyChanges(t.Context(), from, started, level, newLogger(&out, slog.LevelDebug))
		if level.Level().String() != tt.level || !strings.Contains(out.String(), tt.says) || strings.Contains(out.String(), tt.not) {
			t.Errorf("%s: %s %s", tt.file, level.Level(), out.String())
		}
		if tt.level == "WARN" && (!strings.Contains(out.String(), "drain") || !strings.Contains(out.String(), "api-token")) {
			t.Error(out.String())
		}
	}
}
