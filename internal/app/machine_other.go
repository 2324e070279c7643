//go:build !linux

package app

// Elsewhere the limits of the machine are not looked at.

func freeOn(string) (bytes, files int64, ok bool) { return 0, 0, false }

func openFiles() (n uint64, ok bool) { return 0, false }

func memoryLimit() (bytes int64, ok bool) { return 0, false }
