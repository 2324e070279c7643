package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"time"
)

// anotherLook is when a damaged log is read again: another process may have been writing to it.
const anotherLook = 200 * time.Millisecond

// reportLog logs what is lost with a damaged log, before SQLite opens it and drops that silently. It keeps a copy of
// the log. It reports whether the log is damaged.
func (db *DB) reportLog() bool {
	path := pathsOf(db.path)[logFile]
	state, err := readLogFile(path)
	if err == nil && state.lost > 0 {
		time.Sleep(anotherLook)
		again, againErr := readLogFile(path)
		if err = againErr; again != state {
			return false
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		db.log.Error("the write-ahead log of the database cannot be read", "file", path, "error", err)
	case state.lost > 0:
		db.logDamage(path, state)
		return true
	}
	return false
}

// logDamage logs the damage, and keeps a copy of the log.
func (db *DB) logDamage(path string, state logState) {
	kept, err := keepLog(path)
	if err != nil {
		kept = "none: " + err.Error()
	}
	level, message := slog.LevelError, "the write-ahead log of the database is damaged; "+
		"changes that were not yet in the database file are lost"
	if state.commits == 0 {
		level, message = slog.LevelWarn, "the write-ahead log of the database ends with a damaged change; "+
			"no stored change is known to be lost"
	}
	db.log.Log(context.Background(), level, message, "file", path, "frames", state.usable+state.lost,
		"lost_frames", state.lost, "lost_changes", state.commits, "lost_bytes", state.bytes, "copy", kept)
}

func readLogFile(path string) (logState, error) {
	f, err := os.Open(path)
	if err != nil {
		return logState{}, err
	}
	defer f.Close()
	return readLog(f)
}

// keepLog copies a damaged log to a file whose name tells when the log was last written. It leaves an earlier copy
// alone.
func keepLog(path string) (kept string, err error) {
	in, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return "", err
	}
	kept = fmt.Sprintf("%s.damaged-%s", path, info.ModTime().UTC().Format("20060102T150405.000"))
	out, err := os.OpenFile(kept, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return kept, nil
	}
	if err != nil {
		return "", err
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		return "", errors.Join(err, os.Remove(kept))
	}
	return kept, nil
}
