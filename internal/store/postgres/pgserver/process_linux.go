package pgserver

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// attributes of the server's process: it runs as the owner, and ends when the program does, however that ends.
func attributes(owner *syscall.Credential) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: owner, Pdeathsig: syscall.SIGQUIT}
}

// killAll kills a server with its processes, and waits for these: while one of them lives, no other server can use the
// data. The caller waits for the server's own process.
func killAll(pid int) {
	_ = syscall.Kill(pid, syscall.SIGSTOP) // it makes no others meanwhile
	children, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	_ = syscall.Kill(pid, syscall.SIGKILL)
	for child := range strings.FieldsSeq(string(children)) {
		id, err := strconv.Atoi(child)
		if err != nil {
			continue
		}
		_ = syscall.Kill(id, syscall.SIGKILL)
		for began := time.Now(); !isGone(id) && time.Since(began) < startTime; time.Sleep(time.Millisecond) {
		}
	}
}

// isGone reports that a process has ended. One whose parent has not asked for its end yet holds nothing any more.
func isGone(pid int) bool {
	state, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, after, _ := strings.Cut(string(state), ") ")
	return err != nil || strings.HasPrefix(after, "Z")
}
