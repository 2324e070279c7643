package blobtest

import (
	"io/fs"
	"strings"
	"sync"
	"time"

	"newsroom.example/cards/internal/blob"
)

// FS is a file system that records calls and can be made to fail. Pass its Wrap method to blob.NewDisk. It is safe for
// concurrent use.
type FS struct {
	under blob.FS

	mu     sync.Mutex
	calls  []string
	fails  map[string]error
	before map[string]func()
}

// Wrap is a value for blob.DiskOptions.Wrap.
func (f *FS) Wrap(under blob.FS) blob.FS {
	f.under, f.fails, f.before = under, map[string]error{}, map[string]func(){}
	return f
}

// Fail makes every later call that begins with the words in call fail with err; a nil err ends that. A call is written
// as in Calls: "sync" or "sync temp".
func (f *FS) Fail(call string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fails[call] = err
}

// Before runs do before the next call that begins with the words in call.
func (f *FS) Before(call string, do func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.before[call] = do
}

// Calls returns the calls since it was last called, in order. Each is the name of the operation and its files;
// "temp" stands for a temporary file, and "damaged" for one that was put aside. The names: open, write, sync, close,
// read, stat, readdir, mkdir, link, rename, remove, chtimes.
func (f *FS) Calls() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	calls := f.calls
	f.calls = nil
	return calls
}

// call records a call, and returns the error with which it must fail, or nil.
func (f *FS) call(words ...string) error {
	for i, w := range words {
		if strings.HasPrefix(w, ".") && len(w) > 1 {
			words[i] = "temp"
		}
		if strings.HasPrefix(w, "damaged") {
			words[i] = "damaged"
		}
	}
	call := strings.Join(words, " ")
	do, err := f.record(call)
	if do != nil {
		do()
	}
	return err
}

func (f *FS) record(call string) (before func(), err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, call)
	for words, do := range f.before {
		if strings.HasPrefix(call, words) {
			before = do
			delete(f.before, words)
		}
	}
	for words, fails := range f.fails {
		if strings.HasPrefix(call, words) && fails != nil {
			err = fails
		}
	}
	return before, err
}

// file is an open file of an FS.
type file struct {
	blob.File
	fs   *FS
	name string
}

// OpenFile implements blob.FS.
func (f *FS) OpenFile(name string, flag int, perm fs.FileMode) (blob.File, error) {
	if err := f.call("open", name); err != nil {
		return nil, err
	}
	opened, err := f.under.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	return &file{opened, f, name}, nil
}

// Write implements blob.File. If it fails, it writes half of the data, as a full disk may do.
func (f *file) Write(data []byte) (int, error) {
	if err := f.fs.call("write", f.name); err != nil {
		n, _ := f.File.Write(data[:len(data)/2])
		return n, err
	}
	return f.File.Write(data)
}

// Sync implements blob.File.
func (f *file) Sync() error {
	if err := f.fs.call("sync", f.name); err != nil {
		return err
	}
	return f.File.Sync()
}

// Close implements blob.File. It closes the file even if it is made to fail.
func (f *file) Close() error {
	failed := f.fs.call("close", f.name)
	if err := f.File.Close(); err != nil {
		return err
	}
	return failed
}

// ReadFile implements blob.FS.
func (f *FS) ReadFile(name string) ([]byte, error) {
	if err := f.call("read", name); err != nil {
		return nil, err
	}
	return f.under.ReadFile(name)
}

// Stat implements blob.FS.
func (f *FS) Stat(name string) (fs.FileInfo, error) {
	if err := f.call("stat", name); err != nil {
		return nil, err
	}
	return f.under.Stat(name)
}

// ReadDir implements blob.FS.
func (f *FS) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := f.call("readdir", name); err != nil {
		return nil, err
	}
	return f.under.ReadDir(name)
}

// Mkdir implements blob.FS.
func (f *FS) Mkdir(name string, perm fs.FileMode) error {
	if err := f.call("mkdir", name); err != nil {
		return err
	}
	return f.under.Mkdir(name, perm)
}

// Link implements blob.FS.
func (f *FS) Link(oldname, newname string) error {
	if err := f.call("link", oldname, newname); err != nil {
		return err
	}
	return f.under.Link(oldname, newname)
}

// Rename implements blob.FS.
func (f *FS) Rename(oldname, newname string) error {
	if err := f.call("rename", oldname, newname); err != nil {
		return err
	}
	return f.under.Rename(oldname, newname)
}

// Remove implements blob.FS.
func (f *FS) Remove(name string) error {
	if err := f.call("remove", name); err != nil {
		return err
	}
	return f.under.Remove(name)
}

// Chtimes implements blob.FS.
func (f *FS) Chtimes(name string, atime, mtime time.Time) error {
	if err := f.call("chtimes", name); err != nil {
		return err
	}
	return f.under.Chtimes(name, atime, mtime)
}

// Close implements blob.FS.
func (f *FS) Close() error { return f.under.Close() }
