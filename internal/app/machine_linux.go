package app

import (
	"os"
	"strconv"
	"strings"
	"syscall"
)

// freeOn returns the bytes and files for which there is room on the disk of a folder. File systems without a fixed
// number of files say 0 of 0; they have room.
func freeOn(dir string) (bytes, files int64, ok bool) {
	var s syscall.Statfs_t
	if syscall.Statfs(dir, &s) != nil {
		return 0, 0, false
	}
	files = int64(s.Ffree)
	if s.Files == 0 {
		files = int64(^uint64(0) >> 1)
	}
	return int64(s.Bavail) * s.Bsize, files, true
}

// openFiles returns how many files the process may have open at once.
func openFiles() (n uint64, ok bool) {
	var limit syscall.Rlimit
	err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit)
	return limit.Max, err == nil // Go raises the limit to the maximum
}

// memoryLimit returns the limit of the process's control group, if it has one.
func memoryLimit() (bytes int64, ok bool) {
	raw, err := os.ReadFile("/sys/fs/cgroup/memory.max")
	if err != nil {
		return 0, false
	}
	bytes, err = strconv.ParseInt(strings.TrimSpace(string(raw)), 10, 64)
	return bytes, err == nil // "max" is no number
}
