//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package clicks

import (
	"os"
	"syscall"
)

// lock locks an open file against other processes until it is closed, also by the end of the process. It does not
// wait: it returns an error if another process has the file locked.
func lock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) }
