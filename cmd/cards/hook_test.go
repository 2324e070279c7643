package main

import (
	"bytes"
	"testing"
)

func TestHookGhostSettings(t *testing.T) {
	for name, args := range map[string][]string{
		"no secret":      {"hook", "ghost", "--ghost", "https://paper.example", "--admin-key", "a:00ff", "--api-token", "t"},
		"no key":         {"hook", "ghost", "--ghost", "https://paper.example", "--secret", "s", "--api-token", "t"},
		"key not hex":    {"hook", "ghost", "--ghost", "https://paper.example", "--admin-key", "a:zz", "--secret", "s", "--api-token", "t"},
		"no address":     {"hook", "ghost", "--ghost", "paper.example", "--admin-key", "a:00ff", "--secret", "s", "--api-token", "t"},
		"listen without": {"hook", "ghost", "--listen", "--ghost", "https://paper.example"},
	} {
		var out, errs bytes.Buffer
		if code := run(t.Context(), args, stdio{&out, &errs}); code != exitUsage || errs.Len() == 0 {
			t.Errorf("%s: exit status %d, %q", name, code, errs.String())
		}
	}
}
