package pgserver

import "syscall"

// attributes of the server's process: it runs as the owner, and ends when the program does, however that ends.
func attributes(owner *syscall.Credential) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: owner, Pdeathsig: syscall.SIGQUIT}
}
