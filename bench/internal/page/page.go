// Package page writes what programs have measured between marks of a page of docs, and names the machine.
package page

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"time"
)

// endMark is where a part that a program writes ends.
const endMark = "<!-- end -->\n"

// beginMark is where the part begins that the command writes.
func beginMark(command string) string { return "<!-- begin: " + command + " -->\n" }

// Write replaces the part of the file that the command writes.
func Write(file, command, text string) error {
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	changed, err := replaced(string(old), command, text)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return os.WriteFile(file, []byte(changed), 0o644)
}

func replaced(text, command, part string) (string, error) {
	head, rest, found := strings.Cut(text, beginMark(command))
	_, tail, ended := strings.Cut(rest, endMark)
	if !found || !ended {
		return "", fmt.Errorf("there is no part of %q", command)
	}
	return head + beginMark(command) + strings.TrimRight(part, "\n") + "\n" + endMark + tail, nil
}

// Machine describes when, on what and beside which load something is measured, in one line. Call it before.
func Machine() string {
	return fmt.Sprintf("%s, commit %s, %s with %d cores, load before the run %s, Go %s",
		time.Now().UTC().Format("2006-01-02 15:04 UTC"), commit(), field("/proc/cpuinfo", `(?m)^model name\s*:\s*(.+)$`),
		runtime.NumCPU(), field("/proc/loadavg", `^(\S+)`), strings.TrimPrefix(runtime.Version(), "go"))
}

func commit() string {
	out, err := exec.Command("git", "describe", "--always", "--dirty").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}

// field returns the text that the expression's first group matches in the file, or "unknown" if there is no match.
func field(file, expression string) string {
	raw, err := os.ReadFile(file)
	if found := regexp.MustCompile(expression).FindSubmatch(raw); err == nil && found != nil {
		return string(found[1])
	}
	return "unknown"
}
