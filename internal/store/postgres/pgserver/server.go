//go:build unix

// Package pgserver starts PostgreSQL servers of its own on this machine, in a temporary folder and on a socket there:
// for tests (package pgtest) and for programs that break them.
package pgserver

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Options of a server. The zero value is a server that is fast and forgets all when the machine fails.
type Options struct {
	Sync     bool   // it writes to the disk what it acknowledges
	Settings string // lines of postgresql.conf
}

// Server is a PostgreSQL server of its own. Its superuser is cards, without a password; Guarded has one.
type Server struct {
	dir     string // data, sock and log
	bin     string
	process *exec.Cmd
	ended   chan struct{}
}

// Guarded is a role, and its password, that the server asks for the password. It has no rights.
const (
	Guarded         = "guarded"
	GuardedPassword = "correct-horse-battery"
)

// startTime is how long a server may take to start. Recovery after a kill is part of it.
const startTime = time.Minute

// Programs returns the folder of the programs of the newest PostgreSQL that is installed.
func Programs() (dir string, err error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // Debian's place
	if err != nil || len(found) == 0 {
		return "", errors.New("there is no initdb")
	}
	major := func(path string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
		return n
	}
	return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return major(a) - major(b) })), nil
}

// Start creates a cluster and starts its server. Remove ends it.
func Start(o Options) (s *Server, err error) {
	s = &Server{}
	if s.bin, err = Programs(); err != nil {
		return nil, err
	}
	// The path of a socket has at most 107 bytes, and the server's user must be able to search its parents.
	if s.dir, err = os.MkdirTemp("/tmp", "cards-pg-"); err != nil {
		return nil, err
	}
	if err := errors.Join(s.create(o), s.Start()); err != nil {
		s.Remove()
		return nil, err
	}
	if err := s.Run("postgres", fmt.Sprintf("CREATE ROLE %s LOGIN PASSWORD '%s'", Guarded, GuardedPassword)); err != nil {
		s.Remove()
		return nil, err
	}
	return s, nil
}

// create makes the folders and the cluster. Its texts are ordered as in English by default, unlike Go's.
func (s *Server) create(o Options) error {
	owner, err := unprivileged()
	if err != nil {
		return err
	}
	if err := os.Chmod(s.dir, 0o755); err != nil { //nolint:gosec // the socket is found through it
		return err
	}
	for _, sub := range []string{"data", "sock"} {
		path := filepath.Join(s.dir, sub)
		if err := os.Mkdir(path, 0o700); err != nil {
			return err
		}
		if err := s.Give(path); err != nil {
			return err
		}
	}
	if err := os.Chmod(filepath.Join(s.dir, "sock"), 0o755); err != nil { //nolint:gosec // as above
		return err
	}
	//nolint:noctx // it ends by itself
	init := exec.Command(filepath.Join(s.bin, "initdb"), "-D", s.data(), "-U", "cards", "-A", "trust", "-E", "UTF8",
		"--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US", "--no-sync")
	init.Dir, init.SysProcAttr = s.dir, attributes(owner)
	if out, err := init.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	sync := "off"
	if o.Sync {
		sync = "on"
	}
	settings := fmt.Sprintf("listen_addresses=''\nunix_socket_directories='%s'\nunix_socket_permissions=0777\n"+
		"shared_buffers=64MB\nmax_wal_size=1GB\nfsync=%s\nlogging_collector=off\n%s\n", s.socket(), sync, o.Settings)
	if err := appendTo(filepath.Join(s.data(), "postgresql.conf"), settings); err != nil {
		return err
	}
	rules, err := os.ReadFile(filepath.Join(s.data(), "pg_hba.conf"))
	if err != nil {
		return err
	}
	rules = slices.Concat([]byte("local all "+Guarded+" scram-sha-256\n"), rules)
	return os.WriteFile(filepath.Join(s.data(), "pg_hba.conf"), rules, 0o600) // it keeps its owner
}

func appendTo(path, text string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

func (s *Server) data() string   { return filepath.Join(s.dir, "data") }
func (s *Server) socket() string { return filepath.Join(s.dir, "sock") }

// Folder returns the server's data folder.
func (s *Server) Folder() string { return s.data() }

// PID returns the process ID of the server, whose other processes are its children.
func (s *Server) PID() int { return s.process.Process.Pid }

// Give makes a folder that of the server's user.
func (s *Server) Give(folder string) error {
	owner, err := unprivileged()
	if err != nil || owner == nil {
		return err
	}
	return os.Chown(folder, int(owner.Uid), int(owner.Gid))
}

// unprivileged returns whom the server runs as: it refuses root. Nil: as the user of the program.
func unprivileged() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

// Start starts the server again, which must not run, and waits until it answers.
func (s *Server) Start() error {
	owner, err := unprivileged()
	if err != nil {
		return err
	}
	log, err := os.OpenFile(filepath.Join(s.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	s.process = exec.Command(filepath.Join(s.bin, "postgres"), "-D", s.data()) //nolint:noctx // Remove ends it
	s.process.Dir, s.process.SysProcAttr = s.dir, attributes(owner)
	s.process.Stdout, s.process.Stderr = log, log
	begun, ended := make(chan error), make(chan struct{})
	go func() {
		runtime.LockOSThread() // the server ends with this thread; see attributes
		defer close(ended)
		err := s.process.Start()
		begun <- err
		if err == nil {
			_ = s.process.Wait()
		}
	}()
	s.ended = ended
	if err := <-begun; err != nil {
		return err
	}
	return s.await()
}

// await waits until the server answers.
func (s *Server) await() error {
	for began := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		err := s.Run("postgres", "SELECT 1")
		if err == nil {
			return nil
		}
		select {
		case <-s.ended:
		default:
			if time.Since(began) < startTime {
				continue
			}
		}
		text, _ := os.ReadFile(filepath.Join(s.dir, "log"))
		lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
		return fmt.Errorf("%w\n%s", err, bytes.Join(lines[max(0, len(lines)-20):], []byte("\n")))
	}
}

// Stop ends the server at once, with all connections, as an administrator would.
func (s *Server) Stop() { s.signal(syscall.SIGINT) }

// Kill ends all processes of the server without letting them do anything, as the end of its machine would.
func (s *Server) Kill() {
	killAll(s.PID())
	<-s.ended
}

func (s *Server) signal(how syscall.Signal) {
	if s.process == nil || s.process.Process == nil {
		return
	}
	_ = s.process.Process.Signal(how)
	<-s.ended
}

// URL returns the URL of a database of the server.
func (s *Server) URL(database string) string {
	return "postgres:///" + database + "?" + url.Values{"host": {s.socket()}, "user": {"cards"}}.Encode()
}

// Create creates a database as a copy of another one, and returns its URL. Nothing may be connected to that.
func (s *Server) Create(name, template string) (url string, err error) {
	if err := s.Run("postgres", "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		return "", err
	}
	return s.URL(name), nil
}

// Run runs SQL in a database.
func (s *Server) Run(database, sql string) error {
	ctx, cancel := context.WithTimeout(context.Background(), startTime)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.URL(database))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	for one := range strings.SplitSeq(sql, ";\n") {
		if _, err := conn.Exec(ctx, one); err != nil {
			return err
		}
	}
	return nil
}

// Remove ends the server and removes its files.
func (s *Server) Remove() {
	s.signal(syscall.SIGQUIT)
	_ = os.RemoveAll(s.dir)
}
