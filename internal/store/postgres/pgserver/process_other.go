//go:build unix && !linux

package pgserver

import "syscall"

// attributes of the server's process: it runs as the owner.
func attributes(owner *syscall.Credential) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: owner}
}
