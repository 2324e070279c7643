package main

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
)

// top asks the service's admin address for a profile of so many seconds and has pprof list the
// functions that take the most, each on its own.
func top(ctx context.Context, program, admin string, seconds int) ([]string, error) {
	address := fmt.Sprintf("http://%s/debug/pprof/profile?seconds=%d", admin, max(1, seconds))
	out, err := exec.CommandContext(ctx, "go", "tool", "pprof", "-top", "-nodecount=24", "-symbolize=none", program,
		address).Output()
	if err != nil {
		return nil, fmt.Errorf("pprof: %w", err)
	}
	var lines []string
	for line := range strings.Lines(string(out)) {
		if line = strings.TrimRight(line, "\n"); len(lines) > 0 || strings.Contains(line, "flat%") {
			lines = append(lines, line)
		}
	}
	return lines, nil
}
