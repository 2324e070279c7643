package blob

import (
	"io"
	"io/fs"
	"os"
	"time"
)

// FS is the file system of a Disk's folder. Names are relative to the folder, as in package io/fs. Tests use an FS
// that can fail (package blobtest).
type FS interface {
	OpenFile(name string, flag int, perm fs.FileMode) (File, error) // flag as in package os
	ReadFile(name string) ([]byte, error)
	Stat(name string) (fs.FileInfo, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	Mkdir(name string, perm fs.FileMode) error
	Link(oldname, newname string) error // returns fs.ErrExist if newname exists
	Rename(oldname, newname string) error
	Remove(name string) error
	Chtimes(name string, atime, mtime time.Time) error
	Close() error
}

// File is an open file or folder.
type File interface {
	io.ReadWriteCloser
	Sync() error // commits the file's data, or the folder's entries, to the disk
}

// folder is a folder of the operating system. Names cannot refer to files outside it.
type folder struct{ *os.Root }

// OpenFile implements FS.
func (f folder) OpenFile(name string, flag int, perm fs.FileMode) (File, error) {
	opened, err := f.Root.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err // a nil *os.File would make a File that is not nil
	}
	return opened, nil
}

// ReadDir implements FS.
func (f folder) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(f.FS(), name) }
