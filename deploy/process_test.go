package deploy

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// program is the path of the command cards, which the first test that needs it builds as the Containerfile does.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "cards-deploy-")
	if err != nil {
		return "", err
	}
	built = dir
	path := filepath.Join(dir, "cards")
	cmd := exec.CommandContext(context.Background(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, "../cmd/cards")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
})

var built string // folder of the program, to be removed

func TestMain(m *testing.M) {
	code := m.Run()
	if built != "" {
		_ = os.RemoveAll(built)
	}
	os.Exit(code)
}

// cards returns the path of the program.
func cards(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("SKIPPED: builds the program: make full")
	}
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// lacking skips the test because something is not installed, or fails it if everything is required.
func lacking(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CARDS_REQUIRE") == "1" {
		t.Fatal(what + " is missing, which CARDS_REQUIRE asks for: scripts/deps installs it")
	}
	t.Skip("SKIPPED: " + what + " is not installed: scripts/deps installs it")
}

// process is a program that runs until the test ends, or until it is ended before.
type process struct {
	cmd   *exec.Cmd
	ended chan struct{} // closed when it has ended
	err   error         // of Wait; read it after ended
	out   bytes.Buffer  // what it printed; read it after ended
}

// start starts a program.
func start(t *testing.T, name string, args ...string) *process {
	t.Helper()
	p := &process{cmd: exec.CommandContext(context.Background(), name, args...), ended: make(chan struct{})}
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.out
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() {
		_ = p.end(syscall.SIGTERM)
		if t.Failed() {
			t.Logf("%s said:\n%.4000s", filepath.Base(name), p.out.String())
		}
	})
	return p
}

// patience is after which a test gives up; what is promised about times is tested elsewhere.
const patience = time.Minute

// end sends the signal, and waits for the end. It returns the error of a process that does not exit with status 0.
func (p *process) end(s os.Signal) error {
	if err := p.cmd.Process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-p.ended:
		return p.err
	case <-time.After(patience):
		_ = p.cmd.Process.Kill()
		<-p.ended
		return errors.New("it did not end")
	}
}

// until waits for the condition. It fails the test if the process ends before.
func (p *process) until(t *testing.T, condition func() bool) {
	t.Helper()
	ready := eventually(func() bool {
		select {
		case <-p.ended:
			t.Fatalf("it has ended: %v\n%s", p.err, p.out.String())
		default:
		}
		return condition()
	})
	if !ready {
		t.Fatal("it is not ready")
	}
}

// eventually tries the condition again and again, and reports whether it came true.
func eventually(condition func() bool) bool {
	for end := time.Now().Add(patience); !condition(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			return false
		}
	}
	return true
}

// freeAddr returns an address of this machine where nothing listens.
func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// Secrets of the replicas.
const (
	token = "a token that only this test knows"
	key   = "a signing key that only this test knows"
)

// startCards starts a replica and waits until its own health command says that it is ready.
func startCards(t *testing.T, addr, data, publicURL string) *process {
	t.Helper()
	p := start(t, cards(t), "serve", "--addr", addr, "--data", data, "--public-url", publicURL, "--api-token", token,
		"--signing-key", key, "--trusted-proxy", "127.0.0.1", "--drain", "1s", "--log-level", "debug")
	p.until(t, func() bool {
		return exec.CommandContext(t.Context(), cards(t), "health", "--addr", addr).Run() == nil
	})
	return p
}

// replacements are what the head of nginx.conf says that may be replaced.
func replacements(listen, dir string, replicas [2]string) []string {
	return []string{
		"cards-1:8080", replicas[0], "cards-2:8080", replicas[1], "listen 8080", "listen " + listen,
		"/var/cache/nginx", filepath.Join(dir, "cache"), "/tmp", dir,
	}
}

// startNginx starts nginx with the settings of this folder, and waits until it listens.
func startNginx(t *testing.T, listen string, replicas [2]string) *process {
	t.Helper()
	nginx, err := exec.LookPath("nginx")
	if err != nil {
		if nginx, err = exec.LookPath("/usr/sbin/nginx"); err != nil {
			lacking(t, "nginx")
		}
	}
	raw, err := os.ReadFile("nginx.conf")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	pairs := replacements(listen, dir, replicas)
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(string(raw), pairs[i]) {
			t.Fatalf("nginx.conf has no %s", pairs[i])
		}
	}
	conf := filepath.Join(dir, "nginx.conf")
	if err := errors.Join(os.Mkdir(filepath.Join(dir, "cache"), 0o700),
		os.WriteFile(conf, []byte(strings.NewReplacer(pairs...).Replace(string(raw))), 0o600)); err != nil {
		t.Fatal(err)
	}
	global := "daemon off;"
	if os.Geteuid() == 0 { // its workers would be a user who cannot open the folders of the test
		global += " user root;"
	}
	p := start(t, nginx, "-p", dir, "-c", conf, "-g", global)
	p.until(t, func() bool {
		c, err := net.Dial("tcp", listen)
		if err != nil {
			return false
		}
		return c.Close() == nil
	})
	return p
}
