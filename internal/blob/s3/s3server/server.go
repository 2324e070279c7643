// Package s3server starts a real S3 server on this machine, versitygw, which scripts/deps builds: for tests (package
// s3test) and for programs that break it.
package s3server

import (
	_ "embed"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// The credentials of every server, its region, and its only bucket.
const (
	AccessKey = "cards-test-access"
	SecretKey = "cards-test-secret-key"
	Region    = "eu-test-1"
	Bucket    = "pictures"
)

//go:embed versitygw.version
var version string

// Server is an S3 server with one bucket.
type Server struct {
	Addr string // HOST:PORT, which stays the same when it is started again
	Dir  string // of the bucket: an object is a file with its name

	program, root, sidecar string
	running                *exec.Cmd
}

// New returns a server that does not run yet, with its files in the folder dir, which must exist. The error wraps
// os.ErrNotExist if versitygw is not installed.
func New(dir string) (*Server, error) {
	s := &Server{root: filepath.Join(dir, "buckets"), sidecar: filepath.Join(dir, "attributes")}
	s.Dir = filepath.Join(s.root, Bucket)
	var err error
	if s.program, err = program(); err != nil {
		return nil, err
	}
	if s.Addr, err = freeAddr(); err != nil {
		return nil, err
	}
	return s, errors.Join(os.MkdirAll(s.Dir, 0o700), os.MkdirAll(s.sidecar, 0o700))
}

// program returns the path of versitygw.
func program() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	path := filepath.Join(cache, "cards-tools", "versitygw-"+strings.TrimSpace(version), "versitygw")
	_, err = os.Stat(path)
	return path, err
}

// freeAddr returns an address on which nothing listens.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// Environment returns the variables of a process that uses the server, with another secret than the server's if it is
// not SecretKey. No file of credentials is read.
func Environment(secret string) map[string]string {
	return map[string]string{
		"AWS_ACCESS_KEY_ID": AccessKey, "AWS_SECRET_ACCESS_KEY": secret, "AWS_SESSION_TOKEN": "",
		"AWS_SHARED_CREDENTIALS_FILE": os.DevNull,
	}
}

// URL returns the URL of the bucket as --pictures takes it.
func (s *Server) URL() string { return URL(s.Addr) }

// URL returns the URL of the bucket of a server, or of a proxy before it.
func URL(addr string) string {
	return "s3://" + Bucket + "/news?endpoint=http://" + addr + "&region=" + Region
}

// startTime is how long a server may take to start.
const startTime = 30 * time.Second

// Start starts the server and waits until it answers.
func (s *Server) Start() error { return s.StartWith(SecretKey) }

// StartWith is like Start, with another secret key.
func (s *Server) StartWith(secret string) error {
	//nolint:noctx // Stop ends it
	s.running = exec.Command(s.program, "--port", s.Addr, "--region", Region, "--quiet",
		"posix", "--sidecar", s.sidecar, s.root)
	s.running.Env = []string{"ROOT_ACCESS_KEY=" + AccessKey, "ROOT_SECRET_KEY=" + secret, "HOME=" + s.sidecar}
	if err := s.running.Start(); err != nil {
		s.running = nil
		return err
	}
	for began := time.Now(); time.Since(began) < startTime; time.Sleep(10 * time.Millisecond) {
		if conn, err := net.Dial("tcp", s.Addr); err == nil { //nolint:noctx // it answers at once, or not at all
			return conn.Close()
		}
	}
	return errors.Join(fmt.Errorf("versitygw does not listen on %s", s.Addr), s.Stop())
}

// PID returns the process ID of the server, which must run.
func (s *Server) PID() int { return s.running.Process.Pid }

// Stop kills the server, if it runs. Its objects stay.
func (s *Server) Stop() error {
	if s.running == nil {
		return nil
	}
	_ = s.running.Process.Kill()
	err := s.running.Wait()
	s.running = nil
	if errors.As(err, new(*exec.ExitError)) { // it was killed
		return nil
	}
	return err
}
