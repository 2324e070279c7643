package design

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"sync/atomic"
	"time"
)

// Folder holds the built-in designs and those of a folder, which it can reload. Current is safe for
// concurrent use; Watch, Reload and Refresh must be called by one goroutine.
type Folder struct {
	dir         string // empty: only the built-in designs
	builtin     *Set
	families    []string
	fingerprint string // of the files when they were last read
	current     atomic.Pointer[Set]
}

// OpenFolder reads the built-in designs and, if dir is not empty, those of the folder. families are the
// font families that a theme may name. The error holds every Fault of the files; with it comes a Folder of the built-in
// designs, unless there is no folder to read.
func OpenFolder(dir string, families []string) (*Folder, error) {
	builtin, err := Builtin(families)
	if err != nil {
		return nil, err
	}
	f := &Folder{dir: dir, builtin: builtin, families: families}
	f.current.Store(builtin)
	if dir == "" {
		return f, nil
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, &Fault{File: dir, Problem: "is not a folder that can be read"}
	}
	return f, f.load()
}

// Current returns the designs that were last read without a fault.
func (f *Folder) Current() *Set { return f.current.Load() }

func (f *Folder) load() error {
	f.fingerprint = fingerprint(f.dir) // before reading: a file that changes meanwhile is read again
	next, err := f.builtin.With(os.DirFS(f.dir), f.families)
	if err == nil {
		f.current.Store(next)
	}
	return err
}

// watchInterval is how often Watch looks for changes. Looking costs a stat of each file.
const watchInterval = 2 * time.Second

// Watch reloads the folder whenever its files change, until ctx ends.
func (f *Folder) Watch(ctx context.Context, log *slog.Logger) {
	if f.dir == "" {
		return
	}
	tick := time.NewTicker(watchInterval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			f.Reload(ctx, log)
		}
	}
}

// Reload reads the folder again if its files have changed. If they have faults, it logs them and keeps the
// previous designs.
func (f *Folder) Reload(ctx context.Context, log *slog.Logger) {
	changed, err := f.Refresh()
	for _, fault := range Faults(err) {
		log.ErrorContext(ctx, "themes have errors; the previous ones stay in use", "error", fault.Error())
	}
	if changed && err == nil {
		log.InfoContext(ctx, "themes reloaded", "themes", f.Current().Own())
	}
}

// Refresh reads the folder again if its files have changed, and reports whether they have. If they have faults, which
// the error holds, the previous designs stay.
func (f *Folder) Refresh() (changed bool, err error) {
	if f.dir == "" || fingerprint(f.dir) == f.fingerprint {
		return false, nil
	}
	return true, f.load()
}

// fingerprint returns a value that changes when the name, modification time or mode of a file in the folder
// changes.
func fingerprint(dir string) string {
	var b strings.Builder
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil {
			b.WriteString(path + info.ModTime().String() + info.Mode().String() + "\n")
		}
		return err
	})
	if err != nil {
		return err.Error()
	}
	return b.String()
}
