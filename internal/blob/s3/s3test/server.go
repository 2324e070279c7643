// Package s3test starts a real S3 server for tests: versitygw, which scripts/deps builds. Without it the tests are
// skipped, and say so; with CARDS_REQUIRE=1 they fail.
package s3test

import (
	_ "embed"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
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

// Server is an S3 server on this machine with one bucket in a temporary folder. It ends with the test.
type Server struct {
	Addr string // HOST:PORT, which stays the same when it is started again
	Dir  string // of the bucket: an object is a file with its name

	program, root, sidecar string
	running                *exec.Cmd
}

// New returns a server that does not run yet. It sets the credentials in the environment of the test.
func New(t testing.TB) *Server {
	t.Helper()
	Credentials(t, SecretKey)
	s := &Server{program: program(t), Addr: freeAddr(t), root: t.TempDir(), sidecar: t.TempDir()}
	s.Dir = filepath.Join(s.root, Bucket)
	if err := os.Mkdir(s.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Stop(t) })
	return s
}

// Start returns a server that runs.
func Start(t testing.TB) *Server {
	t.Helper()
	s := New(t)
	s.Start(t)
	return s
}

// Credentials sets the credentials in the environment of the test.
func Credentials(t testing.TB, secret string) {
	t.Helper()
	for name, value := range map[string]string{
		"AWS_ACCESS_KEY_ID": AccessKey, "AWS_SECRET_ACCESS_KEY": secret, "AWS_SESSION_TOKEN": "",
		"AWS_SHARED_CREDENTIALS_FILE": filepath.Join(t.TempDir(), "none"),
	} {
		t.Setenv(name, value)
	}
}

// program returns the path of versitygw. Short runs start no server.
func program(t testing.TB) string {
	t.Helper()
	if testing.Short() {
		t.Skip("starts an S3 server")
	}
	cache, err := os.UserCacheDir()
	path := filepath.Join(cache, "cards-tools", "versitygw-"+strings.TrimSpace(version), "versitygw")
	if err == nil {
		_, err = os.Stat(path)
	}
	if err != nil && os.Getenv("CARDS_REQUIRE") == "1" {
		t.Fatal("versitygw is missing, which CARDS_REQUIRE asks for: scripts/deps builds it: ", err)
	}
	if err != nil {
		t.Skip("there is no S3 server to test with: scripts/deps builds versitygw: ", err)
	}
	return path
}

// freeAddr returns an address on which nothing listens.
func freeAddr(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// URL returns the URL of the bucket as --pictures takes it.
func (s *Server) URL() string { return URL(s.Addr) }

// URL returns the URL of the bucket of a server, or of a proxy before it.
func URL(addr string) string {
	return "s3://" + Bucket + "/news?endpoint=http://" + addr + "&region=eu-test-1"
}

// Start starts the server and waits until it answers.
func (s *Server) Start(t testing.TB) {
	t.Helper()
	//nolint:noctx // Stop ends it
	s.running = exec.Command(s.program, "--port", s.Addr, "--region", Region, "--quiet",
		"posix", "--sidecar", s.sidecar, s.root)
	s.running.Env = []string{"ROOT_ACCESS_KEY=" + AccessKey, "ROOT_SECRET_KEY=" + SecretKey, "HOME=" + s.sidecar}
	if err := s.running.Start(); err != nil {
		t.Fatal(err)
	}
	var dialer net.Dialer
	for range 3000 {
		if conn, err := dialer.DialContext(t.Context(), "tcp", s.Addr); err == nil {
			_ = conn.Close()
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("versitygw does not listen on ", s.Addr)
}

// Stop kills the server, if it runs. Its objects stay.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	if s.running == nil {
		return
	}
	_ = s.running.Process.Kill()
	if err := s.running.Wait(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		t.Error(err)
	}
	s.running = nil
}
