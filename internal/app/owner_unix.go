//go:build unix

package app

import (
	"os"
	"syscall"
)

// giveTo gives a file that root has made to the owner of the data folder, who must be able to read it: operators run
// commands as root, and services as users of their own.
func giveTo(data, file string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	info, err := os.Stat(data)
	if err != nil {
		return err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return nil
	}
	return os.Chown(file, int(owner.Uid), int(owner.Gid))
}
