package instance

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
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

// Processes returns the process and its descendants.
func Processes(pid int) []int {
	all := []int{pid}
	for _, child := range children(pid) {
		all = append(all, Processes(child)...)
	}
	return all
}

// clockTick is the unit of the times in /proc: Linux has a hundred a second on every machine (proc(5), sysconf(3)).
const clockTick = time.Second / 100

// CPU returns the processor time of the process and of its descendants, also of those that have ended if their parent
// knows it.
func CPU(pid int) (used time.Duration, err error) {
	for i, p := range Processes(pid) {
		raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p))
		if err != nil && i > 0 { // it has ended
			continue
		}
		if err != nil {
			return 0, err
		}
		_, rest, _ := bytes.Cut(raw, []byte(") ")) // the name may have spaces
		fields := strings.Fields(string(rest))
		for _, text := range fields[11:15] { // utime, stime, cutime, cstime
			ticks, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return 0, err
			}
			used += time.Duration(ticks) * clockTick
		}
	}
	return used, nil
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
