// Package instance builds the program like a release and runs `cards serve` on a loopback port, for programs that
// measure the service over HTTP.
package instance

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"newsroom.example/cards/card"
)

// Key is the key with which all instances sign picture addresses.
const Key = "a key for measuring on loopback that is no secret"

// The maximum times for starting and stopping.
const (
	startWait = 20 * time.Second
	stopWait  = 25 * time.Second // the service promises 20 s
)

// Build builds the program into dir and returns its path. It must run in the repository's root.
func Build(ctx context.Context, dir string) (string, error) {
	path := filepath.Join(dir, "cards")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", path, "./cmd/cards")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w: %s", err, out)
	}
	return path, nil
}

// Service is a running service. Its methods are safe for concurrent use. Only one call of Stop or Kill is allowed.
type Service struct {
	Base   string // http://127.0.0.1:PORT
	Token  string
	Client *http.Client // follows no redirect
	lines  lines        // connections of Fetch
	cmd    *exec.Cmd
	log    bytes.Buffer // error output; read only after the process has ended
	ended  chan error
}

// Start runs the program with the data folder and waits until it is ready. It returns an error if the program exits or
// is not ready within 20 seconds.
func Start(ctx context.Context, program, data string, flags ...string) (*Service, error) {
	return start(ctx, program, "/readyz", "127.0.0.1:0", data, flags)
}

// StartAt is like Start, but the service listens on the address, whatever public URL the flags give it.
func StartAt(ctx context.Context, program, addr, data string, flags ...string) (*Service, error) {
	return start(ctx, program, "/readyz", addr, data, flags)
}

// StartUnready is like Start, but waits only until the service answers: a part of it may fail.
func StartUnready(ctx context.Context, program, data string, flags ...string) (*Service, error) {
	return start(ctx, program, "/healthz", "127.0.0.1:0", data, flags)
}

// start runs the program and waits until it answers 200 for the path.
func start(ctx context.Context, program, path, addr, data string, flags []string) (*Service, error) {
	cmd := exec.CommandContext(ctx, program, Args(addr, data, flags...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	s := &Service{cmd: cmd, ended: make(chan error, 1), Client: client()}
	cmd.Stderr = &s.log
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	if err := s.greet(out); err != nil {
		_ = cmd.Process.Kill()
		return nil, errors.Join(err, cmd.Wait(), errors.New(s.Log()))
	}
	if !strings.HasSuffix(addr, ":0") {
		s.Base = "http://" + addr
	}
	go func() { s.ended <- cmd.Wait() }()
	if err := s.await(ctx, path); err != nil {
		_ = s.Kill()
		return nil, err
	}
	return s, nil
}

// Args returns the arguments of an instance, which reduce the log to warnings and errors.
func Args(addr, data string, flags ...string) []string {
	return append([]string{"serve", "--addr", addr, "--data", data, "--signing-key", Key, "--log-level", "warn"},
		flags...)
}

func client() *http.Client {
	return &http.Client{
		Timeout:       30 * time.Second,
		Transport:     &http.Transport{MaxIdleConnsPerHost: 1024, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// greet reads the address of the service and the file of its token from the lines that the service prints first.
func (s *Service) greet(out io.Reader) error {
	lines := bufio.NewScanner(out)
	for s.Token == "" && lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if at, ok := strings.CutPrefix(line, "studio "); ok {
			at, _, _ = strings.Cut(strings.TrimSpace(at), "?") // the key of the studio
			s.Base = strings.TrimSuffix(at, "/")
		}
		if path, ok := strings.CutPrefix(line, "API token  in "); ok {
			token, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			s.Token = strings.TrimSpace(string(token))
		}
	}
	if s.Base == "" || s.Token == "" {
		return errors.New("the service did not say where it is")
	}
	return nil
}

func (s *Service) await(ctx context.Context, path string) error {
	for end := time.Now().Add(startWait); time.Now().Before(end) && ctx.Err() == nil; time.Sleep(2 * time.Millisecond) {
		if _, _, err := s.Get(ctx, path); err == nil {
			return nil
		}
	}
	return errors.New("the service is not ready in time")
}

// PID returns the process ID of the service.
func (s *Service) PID() int { return s.cmd.Process.Pid }

// Stop sends SIGTERM to the service and waits until it ends. It returns an error if the exit status is not 0. If the
// service does not end within 25 seconds, Stop kills it and returns an error.
func (s *Service) Stop() error {
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case err := <-s.ended:
		return err
	case <-time.After(stopWait):
		return errors.Join(errors.New("the service does not end"), s.Kill())
	}
}

// Log returns the last 400 bytes of the service's error output. Call it only after the service has ended.
func (s *Service) Log() string {
	said := s.log.Bytes()
	return string(said[max(0, len(said)-400):])
}

// Said returns the service's whole error output. Call it only after the service has ended.
func (s *Service) Said() string { return s.log.String() }

// Kill kills the service and waits until it has ended.
func (s *Service) Kill() error {
	if err := s.cmd.Process.Kill(); err != nil {
		return err
	}
	<-s.ended
	return nil
}

// Sign returns the signed address (path and query) of a picture. It is valid for all instances and does not expire.
func Sign(path string, q url.Values) string {
	signer, err := card.NewSigner([]byte(Key))
	if err != nil {
		panic(err) // Key is long enough
	}
	return path + "?" + signer.Sign(path, q, time.Time{}).Encode()
}

// Get sends a GET request for the address (path and query) and returns the body and header of the response. For a
// status other than 200 or 201, the error is a *StatusError.
func (s *Service) Get(ctx context.Context, address string) ([]byte, http.Header, error) {
	return s.Do(ctx, http.MethodGet, address, nil)
}

// Do sends a request with the API token and returns the body and header of the response. For a status other than 200 or
// 201, the error is a *StatusError.
func (s *Service) Do(ctx context.Context, method, address string, body io.Reader) ([]byte, http.Header, error) {
	req, err := http.NewRequestWithContext(ctx, method, s.Base+address, body)
	if err != nil {
		return nil, nil, err
	}
	req.Header.Set("Authorization", "Bearer "+s.Token)
	resp, err := s.Client.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	data, err := bodyOf(resp)
	if err == nil && resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusCreated {
		err = &StatusError{Status: resp.StatusCode, Body: string(data)}
	}
	return data, resp.Header, err
}

// mostBody is the size in bytes up to which bodyOf reads a body into one buffer.
const mostBody = 16 << 20

// bodyOf reads the body of a response. If the length is known, it allocates the buffer once, so that the client uses
// little of the CPU time that the service needs.
func bodyOf(resp *http.Response) ([]byte, error) {
	if resp.ContentLength < 0 || resp.ContentLength > mostBody {
		return io.ReadAll(resp.Body)
	}
	data := make([]byte, resp.ContentLength)
	_, err := io.ReadFull(resp.Body, data)
	return data, err
}

// StatusError is the error for a response with an unexpected status.
type StatusError struct {
	Status int
	Body   string
}

func (e *StatusError) Error() string {
	return fmt.Sprintf("status %d: %.300s", e.Status, e.Body)
}
