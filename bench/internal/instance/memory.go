package instance

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// Peak returns the sum, in bytes, of the peak resident sizes (VmHWM, proc(5)) of the process and of its descendants
// that still run.
func Peak(pid int) (int64, error) {
	kb, err := status(pid, "VmHWM:")
	if err != nil {
		return 0, err
	}
	sum := kb << 10
	for _, child := range children(pid) {
		if n, err := Peak(child); err == nil { // otherwise it has ended
			sum += n
		}
	}
	return sum, nil
}

func status(pid int, field string) (int64, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(raw)) {
		if rest, ok := strings.CutPrefix(line, field); ok {
			return strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
		}
	}
	return 0, fmt.Errorf("process %d has no %s", pid, field)
}

// children returns the IDs of the child processes that any thread of the process started.
func children(pid int) []int {
	var all []int
	tasks, _ := os.ReadDir(fmt.Sprintf("/proc/%d/task", pid))
	for _, t := range tasks {
		raw, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%s/children", pid, t.Name()))
		for f := range bytes.FieldsSeq(raw) {
			if n, err := strconv.Atoi(string(f)); err == nil {
				all = append(all, n)
			}
		}
	}
	return all
}
