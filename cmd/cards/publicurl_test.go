package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
)

// TestServedAddressIsWarnedOf: a service that listens everywhere does not know its own address, and
// says what its links will hold until it is given one.
func TestServedAddressIsWarnedOf(t *testing.T) {
	for _, tt := range []struct {
		args []string
		warn bool
	}{
		{[]string{"--addr", "0.0.0.0:0"}, true},
		{[]string{"--addr", "[::]:0"}, true},
		{[]string{"--addr", ":0"}, true},
		{[]string{"--addr", "0.0.0.0:0", "--public-url", "https://cards.example"}, false},
		{[]string{"--addr", "127.0.0.1:0"}, false},
	} {
		var out bytes.Buffer
		s := assembledWith(t, slog.New(slog.NewJSONHandler(&out, nil)), tt.args...)
		got := out.String()
		if !tt.warn {
			if got != "" {
				t.Errorf("%v: %s", tt.args, got)
			}
			continue
		}
		if strings.Count(got, "\n") != 1 || !strings.Contains(got, `"level":"WARN"`) || !strings.Contains(got, s.URL+",") ||
			!strings.HasPrefix(s.URL, "http://localhost:") || !strings.Contains(got, "--public-url") {
			t.Errorf("%v: %s", tt.args, got)
		}
	}
}
