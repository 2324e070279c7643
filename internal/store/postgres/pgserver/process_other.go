//go:build unix && !linux

package pgserver

import "syscall"

// attributes of the server's process: it runs as the owner.
func attributes(owner *syscall.Credential) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: owner}
}

// killAll kills a server. Its processes end when they see that it has.
func killAll(pid int) { _ = syscall.Kill(pid, syscall.SIGKILL) }
