// Package s3test starts a real S3 server for tests: see package s3server. Without it the tests are skipped, and say so;
// with CARDS_REQUIRE=1 they fail.
package s3test

import (
	"errors"
	"os"
	"testing"

	"newsroom.example/cards/internal/blob/s3/s3server"
)

// The credentials of every server, its region, and its only bucket.
const (
	AccessKey = s3server.AccessKey
	SecretKey = s3server.SecretKey
	Region    = s3server.Region
	Bucket    = s3server.Bucket
)

// Server is a server that ends with the test.
type Server struct{ *s3server.Server }

// New returns a server that does not run yet. It sets the credentials in the environment of the test. Short runs start
// no server.
func New(t testing.TB) *Server {
	t.Helper()
	if testing.Short() {
		t.Skip("starts an S3 server")
	}
	Credentials(t, SecretKey)
	s, err := s3server.New(t.TempDir())
	switch {
	case errors.Is(err, os.ErrNotExist) && os.Getenv("CARDS_REQUIRE") != "1":
		t.Skip("there is no S3 server to test with: scripts/deps builds versitygw: ", err)
	case err != nil:
		t.Fatal("the S3 server, which scripts/deps builds: ", err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	return &Server{s}
}

// Start returns a server that runs.
func Start(t testing.TB) *Server {
	t.Helper()
	s := New(t)
	s.Start(t)
	return s
}

// Start starts the server and waits until it answers.
func (s *Server) Start(t testing.TB) {
	t.Helper()
	if err := s.Server.Start(); err != nil {
		t.Fatal(err)
	}
}

// Stop kills the server, if it runs. Its objects stay.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	if err := s.Server.Stop(); err != nil {
		t.Error(err)
	}
}

// URL returns the URL of the bucket of a server, or of a proxy before it.
func URL(addr string) string { return s3server.URL(addr) }

// Credentials sets the credentials in the environment of the test.
func Credentials(t testing.TB, secret string) {
	t.Helper()
	for name, value := range s3server.Environment(secret) {
		t.Setenv(name, value)
	}
}

// NewProxy returns a proxy that passes everything on. It ends with the test.
func NewProxy(t testing.TB, addr string) *s3server.Proxy {
	t.Helper()
	p := s3server.NewProxy(addr)
	t.Cleanup(p.Close)
	return p
}
