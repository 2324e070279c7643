//go:build unix

// Package pgtest starts PostgreSQL for tests: one server for a test binary, on a socket in a temporary folder, with a
// database for each test. Without PostgreSQL the tests are skipped, and say so; with CARDS_REQUIRE=1 they fail.
package pgtest

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"newsroom.example/cards/internal/store/postgres/pgserver"
)

// Server is a server for tests.
type Server struct{ *pgserver.Server }

// Options of a server.
type Options = pgserver.Options

// Guarded is a role, and its password, that the server asks for the password. It has no rights.
const (
	Guarded         = pgserver.Guarded
	GuardedPassword = pgserver.GuardedPassword
)

// shared is the server of the test binary. The first test that needs it starts it.
var shared struct {
	once   sync.Once
	server *Server
	err    error
}

// Run runs the tests of a package and then stops the server, if a test needed one. Call it in TestMain, and end with
// the status that it returns.
func Run(m *testing.M) (status int) {
	status = m.Run()
	if shared.server != nil {
		shared.server.Remove()
	}
	return status
}

// Shared returns the server of the test binary. The test must not stop it. The server does not write to the disk what
// it acknowledges.
func Shared(t testing.TB) *Server {
	t.Helper()
	need(t)
	shared.once.Do(func() { shared.server, shared.err = start(Options{}) })
	if shared.err != nil {
		t.Fatal("PostgreSQL does not start: ", shared.err)
	}
	return shared.server
}

// New starts a server for one test, which may stop it.
func New(t testing.TB, o Options) *Server {
	t.Helper()
	need(t)
	s, err := start(o)
	if err != nil {
		t.Fatal("PostgreSQL does not start: ", err)
	}
	t.Cleanup(s.Remove)
	return s
}

func start(o Options) (*Server, error) {
	s, err := pgserver.Start(o)
	if err != nil {
		return nil, err
	}
	return &Server{s}, nil
}

// need skips the test, or fails it, if PostgreSQL is not installed. Short runs start no server.
func need(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("starts PostgreSQL")
	}
	_, err := pgserver.Programs()
	switch {
	case err == nil:
	case os.Getenv("CARDS_REQUIRE") == "1":
		t.Fatal("PostgreSQL is missing, which CARDS_REQUIRE asks for: scripts/deps installs it: ", err)
	default:
		t.Skip("PostgreSQL is not installed: scripts/deps installs it: ", err)
	}
}

var databases atomic.Int64

// Database creates an empty database, and returns its URL. It ends with the server: to drop it would take
// the time of a checkpoint.
func (s *Server) Database(t testing.TB) (url string) {
	t.Helper()
	return s.copyOf(t, "template0")
}

// Template creates a database that prepare fills. Other databases can be made as copies of it.
func (s *Server) Template(prepare func(url string) error) (*Template, error) {
	name := fmt.Sprint("template_", databases.Add(1))
	url, err := s.Create(name, "template0")
	if err == nil {
		err = prepare(url)
	}
	if err != nil {
		return nil, err
	}
	return &Template{s, name}, nil
}

// Template is a database that others are copies of. Nothing may be connected to it.
type Template struct {
	server *Server
	name   string
}

// Database creates a copy and returns its URL.
func (m *Template) Database(t testing.TB) (url string) {
	t.Helper()
	return m.server.copyOf(t, m.name)
}

func (s *Server) copyOf(t testing.TB, template string) (url string) {
	t.Helper()
	url, err := s.Create(fmt.Sprint("test_", databases.Add(1)), template)
	if err != nil {
		t.Fatal(err)
	}
	return url
}
