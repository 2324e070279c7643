package sqlite

import (
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	kinds "newsroom.example/cards/internal/fault" // fault is a function here
	"newsroom.example/cards/internal/store"
)

// errMoved says that the open files are no longer at the database's path. Linux goes on writing into a file that was
// removed, so nothing may be stored there.
var errMoved = fmt.Errorf("%w: %w", &kinds.Error{
	Kind: kinds.Unavailable, Err: kinds.ErrRemoved,
	Message: "the database file was removed or replaced; nothing can be stored until it is back",
}, store.ErrUnavailable)

// The files of a database, as indexes of place.files.
const (
	mainFile = iota
	logFile  // the write-ahead log
	indexFile
	fileCount
)

// suffixes are the endings of the paths of the files.
var suffixes = [fileCount]string{"", "-wal", "-shm"}

// place is the files of the database as they were opened. It is safe for concurrent use.
type place struct {
	paths [fileCount]string
	files [fileCount]os.FileInfo
	log   *os.File     // the write-ahead log, to see its size after it was removed; SQLite holds no locks on it
	conns atomic.Int32 // open connections
	doubt atomic.Bool  // a write failed, so that the log may not be on the disk; see conn.trust
	fresh atomic.Bool  // the log has commits that may be in memory only; see sync
}

// pathsOf returns the paths of the database's files. SQLite puts the log next to the file that a symbolic link names.
func pathsOf(path string) (paths [fileCount]string) {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		real = path
	}
	for i, suffix := range suffixes {
		paths[i] = real + suffix
	}
	paths[mainFile] = path
	return paths
}

// locate returns the place of the files that are at the path. A connection must be open, so that they exist.
//
// It opens only the log: closing another of the files would release the locks of the process on it.
func locate(path string) (*place, error) {
	p := &place{paths: pathsOf(path)}
	var err error
	for i, name := range p.paths {
		if p.files[i], err = os.Stat(name); err != nil {
			return nil, err
		}
	}
	// Some systems sync no file that was opened to be read.
	if p.log, err = os.OpenFile(p.paths[logFile], os.O_RDWR, 0); err != nil {
		return nil, err
	}
	return p, nil
}

// sync writes the commits of the log that may be in memory only to the disk. If that fails, the log is in doubt.
func (p *place) sync() error {
	if !p.fresh.CompareAndSwap(true, false) {
		return nil
	}
	err := p.log.Sync()
	if err != nil {
		p.fresh.Store(true)
		p.doubt.Store(true)
	}
	return err
}

// close closes what locate has opened.
func (p *place) close() error { return p.log.Close() }

// check returns nil if the open files are at their paths, and otherwise an error that wraps errMoved.
func (p *place) check() error {
	for i, path := range p.paths {
		now, err := os.Stat(path)
		if err != nil {
			return fmt.Errorf("%s: %w", err.Error(), errMoved) // not fs.ErrNotExist: that is another finding
		}
		if !os.SameFile(now, p.files[i]) {
			return fmt.Errorf("%s is another file: %w", path, errMoved)
		}
	}
	return nil
}

// has reports whether the open file is at its path.
func (p *place) has(file int) bool {
	now, err := os.Stat(p.paths[file])
	return err == nil && os.SameFile(now, p.files[file])
}

// otherIndex reports whether the open log is at its path, but with an index that this process does not have open:
// another process has emptied the log into the database file and uses it with a new index. This process must not write
// to the log with the old one.
func (p *place) otherIndex() bool {
	now, err := os.Stat(p.paths[indexFile])
	return err == nil && !os.SameFile(now, p.files[indexFile]) && p.has(logFile)
}

// logSize returns the size of the open log, wherever it is now.
func (p *place) logSize() (int64, error) {
	info, err := p.log.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// leave makes way for another database file, with which the log and the index of the old one must not be used. It
// removes the index, which holds no data, and an empty log. It renames any other log, and returns its new path.
func (p *place) leave() (kept string, err error) {
	if p.has(indexFile) {
		if err := os.Remove(p.paths[indexFile]); err != nil {
			return "", err
		}
	}
	if !p.has(logFile) {
		return "", nil
	}
	if size, err := p.logSize(); err == nil && size == 0 {
		return "", os.Remove(p.paths[logFile])
	}
	kept = asideOf(p.paths[logFile])
	return kept, os.Rename(p.paths[logFile], kept)
}

// asideOf returns a path for a file that is put aside.
func asideOf(path string) string {
	return path + ".of-" + time.Now().UTC().Format("20060102T150405.000")
}
