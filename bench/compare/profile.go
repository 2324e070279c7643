package main

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
)

// top records a CPU profile of the given seconds through the service's admin address. It returns pprof's table of the
// functions with the most CPU time of their own.
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
