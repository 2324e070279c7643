package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
)

// themeSettings name the folder of a newsroom's own themes and templates.
type themeSettings struct {
	Themes string `placeholder:"DIR" help:"Folder of themes (NAME.toml) and templates (templates/NAME.toml); changes are taken up while running."`
}

// designs are the themes and templates as they are now.
type designs struct {
	dir      string // empty: the built-in ones alone
	builtin  *design.Set
	families []string
	seen     string // fingerprint of the folder when it was last read
	now      atomic.Pointer[design.Set]
}

func (c themeSettings) designs(set *fonts.Set) (*designs, error) {
	d, err := readDesigns(c.Themes, set)
	if err != nil {
		return nil, usagef("--themes: %s", oneLine(err))
	}
	return d, nil
}

// readDesigns reads the built-in designs and, where dir is not empty, those of the folder. The
// error has the faults of package design.
func readDesigns(dir string, set *fonts.Set) (*designs, error) {
	d := &designs{dir: dir, families: set.Families()}
	var err error
	if d.builtin, err = design.Builtin(d.families); err != nil {
		return nil, err
	}
	d.now.Store(d.builtin)
	if dir == "" {
		return d, nil
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, &design.Fault{File: dir, Problem: "is not a folder that can be read"}
	}
	return d, d.load()
}

func (d *designs) current() *design.Set { return d.now.Load() }

func (d *designs) load() error {
	d.seen = fingerprint(d.dir) // first, so that what changes while it is read is read again
	next, err := d.builtin.With(os.DirFS(d.dir), d.families)
	if err == nil {
		d.now.Store(next)
	}
	return err
}

// watchEvery is how often the folder is looked at. Looking costs a stat of each file.
const watchEvery = 2 * time.Second

// watch takes up what changes in the folder until ctx ends. A folder with a fault changes
// nothing: the faults are logged, and the last good designs stay.
func (d *designs) watch(ctx context.Context, log *slog.Logger) {
	if d.dir == "" {
		return
	}
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			d.look(ctx, log)
		}
	}
}

// look reads the folder anew where it has changed. One goroutine may call it.
func (d *designs) look(ctx context.Context, log *slog.Logger) {
	if fingerprint(d.dir) == d.seen {
		return
	}
	if err := d.load(); err != nil {
		for _, f := range design.Faults(err) {
			log.ErrorContext(ctx, "themes have a fault; the last good ones stay", "error", f.Error())
		}
		return
	}
	log.InfoContext(ctx, "themes read anew", "themes", d.current().Own())
}

// fingerprint changes when a file of the folder does.
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
