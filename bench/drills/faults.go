package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// Parts of the service, as /readyz names them.
const (
	database = "database"
	pictures = "pictures"
)

// faultDrills break everything but the disk's room.
var faultDrills = []drill{
	{"fsync fails (EIO)", injected("fsync,fdatasync", "EIO", database, pictures)},
	{"writes to files fail (EIO)", injected("pwrite64,ftruncate,renameat,renameat2", "EIO", database)},
	{"the file system is read-only (EROFS)",
		injected("pwrite64,ftruncate,fallocate,mkdirat,renameat,renameat2,fsync,fdatasync", "EROFS", database, pictures)},
	{"no file can be opened (EMFILE)", injected("openat", "EMFILE", pictures)},
	{"the folder of pictures is read-only", readOnlyFolder},
	{"the database file is moved away and put back", moved("cards.db", database)},
	{"the folder of the database is moved away and put back", moved("", database, pictures)},
	{"the folder of pictures is moved away and put back", moved("pictures", pictures)},
	{"the write-ahead log and its index are removed", logRemoved},
	{"the database is removed, and a backup put in its place", databaseReplaced},
	{"the folder of pictures is removed, and a new one made", picturesRemoved},
}

// removedLine is in the line of the log that says that files are gone.
const removedLine = "the files were removed or replaced"

// moved moves a file, with its log and index, or a folder, away and back. An empty name is the data folder.
func moved(name string, parts ...string) func(context.Context, *bench) error {
	return func(ctx context.Context, b *bench) error {
		here, there := filepath.Join(b.data, name), filepath.Join(b.root, "aside")
		said := removedLine
		if name == "" {
			said = "" // both parts say it
		}
		return b.during(ctx, fault{
			parts: parts, said: said,
			begin: func() error { return move(here, there) },
			end:   func() error { return move(there, here) },
		})
	}
}

// move renames a file, and those beside it that begin with its name and a hyphen.
func move(from, to string) error {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(from+suffix, to+suffix); err != nil && !(suffix != "" && errors.Is(err, fs.ErrNotExist)) {
			return err
		}
	}
	return nil
}

func logRemoved(ctx context.Context, b *bench) error {
	path := filepath.Join(b.data, "cards.db")
	return b.during(ctx, fault{begin: func() error {
		return errors.Join(os.Remove(path+"-wal"), os.Remove(path+"-shm"))
	}})
}

// databaseReplaced restores the backup that was taken when only the first article was registered.
func databaseReplaced(ctx context.Context, b *bench) error {
	path, backup := filepath.Join(b.data, "cards.db"), filepath.Join(b.root, "backup")
	s, _, err := b.startLoaded(ctx)
	if err != nil {
		return err
	}
	if err := s.Stop(); err != nil {
		return err
	}
	if err := os.CopyFS(backup, os.DirFS(b.data)); err != nil {
		return err
	}
	return b.during(ctx, fault{
		parts: []string{database}, said: removedLine, replaced: true,
		begin: func() error {
			return errors.Join(os.Remove(path), os.Remove(path+"-wal"), os.Remove(path+"-shm"))
		},
		end: func() error { return move(filepath.Join(backup, "cards.db"), path) },
	})
}

func picturesRemoved(ctx context.Context, b *bench) error {
	dir := filepath.Join(b.data, "pictures")
	return b.during(ctx, fault{
		parts: []string{pictures}, said: removedLine, replaced: true,
		begin: func() (err error) {
			for range 100 { // the service may write into it meanwhile
				if err = os.RemoveAll(dir); err == nil {
					break
				}
			}
			return err
		},
		end: func() error { return os.Mkdir(dir, 0o700) },
	})
}

// readOnlyFolder takes away the right to write in the folder.
func readOnlyFolder(ctx context.Context, b *bench) error {
	if os.Geteuid() == 0 { // who may write anywhere
		if err := b.asNobody(); err != nil {
			return err
		}
	}
	dir := filepath.Join(b.data, "pictures")
	return b.during(ctx, fault{
		parts: []string{pictures},
		begin: func() error { return os.Chmod(dir, 0o500) },
		end:   func() error { return os.Chmod(dir, 0o700) },
	})
}

// asNobody makes the service run as a user without rights.
func (b *bench) asNobody() error {
	const nobody = 65534
	if _, err := exec.LookPath("setpriv"); err != nil {
		return fmt.Errorf("%w: setpriv is not installed (Debian: util-linux)", errSkipped)
	}
	script := fmt.Sprintf("#!/bin/sh\nexec setpriv --reuid=%d --regid=%d --clear-groups %s \"$@\"\n", nobody, nobody,
		b.program)
	b.program = filepath.Join(b.root, "as-nobody")
	return errors.Join(os.WriteFile(b.program, []byte(script), 0o755), os.Mkdir(b.data, 0o700),
		os.Chown(b.data, nobody, nobody))
}

// injected makes the calls fail, in the running service.
func injected(calls, cause string, parts ...string) func(context.Context, *bench) error {
	return func(ctx context.Context, b *bench) error {
		if _, err := exec.LookPath("strace"); err != nil {
			return fmt.Errorf("%w: strace is not installed (Debian: strace)", errSkipped)
		}
		var tracer *exec.Cmd
		return b.during(ctx, fault{
			parts: parts,
			begin: func() (err error) {
				tracer, err = inject(ctx, b.pid, calls, cause)
				return err
			},
			end: func() error {
				_ = tracer.Process.Signal(syscall.SIGTERM) // it lets the service go
				_ = tracer.Wait()                          // its status is that of the signal
				return nil
			},
		})
	}
}

// inject lets strace make the calls of a process fail until it is ended.
func inject(ctx context.Context, pid int, calls, cause string) (*exec.Cmd, error) {
	cmd := exec.CommandContext(ctx, "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace="+calls,
		"-e", "inject="+calls+":error="+cause, "-p", strconv.Itoa(pid))
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	for range 100 { // until it has attached
		time.Sleep(20 * time.Millisecond)
		if traced(pid) {
			return cmd, nil
		}
	}
	return nil, errors.Join(fmt.Errorf("%w: strace may not attach to the service here", errSkipped), cmd.Process.Kill(), cmd.Wait())
}

// traced reports whether a process is traced (proc(5)).
func traced(pid int) bool {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	return err == nil && tracerLine.Match(raw)
}
