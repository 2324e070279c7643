package blob

import (
	"io"
	"io/fs"
	"os"
	"time"
)

// FS is what a Disk does with its folder. Names are relative to the folder, as in package io/fs. Tests put one
// of their own in place of the operating system's, which fails when they say so (package blobtest).
type FS interface {
	OpenFile(name string, flag int, perm fs.FileMode) (File, error) // flag as in package os
	ReadFile(name string) ([]byte, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	Mkdir(name string, perm fs.FileMode) error
	Link(oldname, newname string) error // fs.ErrExist where newname exists
	Rename(oldname, newname string) error
	Remove(name string) error
	Chtimes(name string, atime, mtime time.Time) error
	Close() error
}

// File is a file or a folder that is open.
type File interface {
	io.WriteCloser
	Sync() error // returns when the disk has the file's bytes, or the folder's names
}

// folder is an FS of the operating system, which no name leaves.
type folder struct{ *os.Root }

// openFolder opens dir, made where it is missing with mode 0700.
func openFolder(dir string) (FS, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return folder{root}, nil
}

// OpenFile implements FS.
func (f folder) OpenFile(name string, flag int, perm fs.FileMode) (File, error) {
	opened, err := f.Root.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err // not a File that holds a nil *os.File
	}
	return opened, nil
}

// ReadDir implements FS.
func (f folder) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(f.FS(), name) }
