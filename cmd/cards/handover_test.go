package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

var handovers = flag.Int("handovers", 5, "how often TestHandOver replaces the service")

// TestHandOver: with a listener that outlives the process, as a socket unit of systemd gives it, a service is replaced
// under load again and again, and no request fails: those in flight are finished, and those that come in between wait.
func TestHandOver(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: runs services: make full")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	socket, err := l.(*net.TCPListener).File()
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	data := filepath.Join(t.TempDir(), "data")
	base := "http://" + l.Addr().String()
	running := inherit(t, socket, data)
	token, err := os.ReadFile(filepath.Join(data, "api-token"))
	if err != nil {
		t.Fatal(err)
	}

	var answered, failed atomic.Int64
	stop := make(chan struct{})
	var load sync.WaitGroup
	for n := range 4 {
		load.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				if err := storeAndRead(base, strings.TrimSpace(string(token)), fmt.Sprintf("story-%d-%d", n, i%20)); err != nil {
					failed.Add(1)
					t.Error(err)
					return
				}
				answered.Add(1)
			}
		})
	}
	for range *handovers {
		before := answered.Load()
		for answered.Load() < before+8 && failed.Load() == 0 {
			time.Sleep(10 * time.Millisecond)
		}
		if err := running.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := running.Wait(); err != nil {
			t.Errorf("exit: %v", err)
		}
		running = inherit(t, socket, data)
	}
	close(stop)
	load.Wait()
	t.Logf("%d requests answered over %d changes, %d failed", 3*answered.Load(), *handovers, failed.Load())
	_ = running.Process.Signal(syscall.SIGTERM)
	if err := running.Wait(); err != nil {
		t.Error(err)
	}
}

// inherit starts a service with the listener, as systemd does, and waits until it is ready.
func inherit(t *testing.T, socket *os.File, data string) *exec.Cmd {
	t.Helper()
	own := program(t)
	cmd := exec.CommandContext(t.Context(), "sh", "-c", `LISTEN_PID=$$ exec "$0" "$@"`, own.Path, "serve", "--addr", "127.0.0.1:1",
		"--data", data, "--drain", "0s", "--log-level", "error")
	cmd.Env = append(own.Env, "LISTEN_FDS=1", "LISTEN_FDNAMES=cards.socket")
	cmd.ExtraFiles = []*os.File{socket} // descriptor 3
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.Contains(lines.Text(), "API token") {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return cmd
		}
	}
	t.Fatal("the service has not started")
	return nil
}

// storeAndRead stores a story, and asks for its picture and its page of links, each by a connection of its own.
func storeAndRead(base, token, id string) error {
	client := &http.Client{Timeout: time.Minute, Transport: &http.Transport{DisableKeepAlives: true}}
	for _, r := range []struct{ method, path, body string }{
		{"PUT", "/v1/articles/" + id, `{"url":"https://news.example/` + id + `","headline":"A service is replaced while it works"}`},
		{"GET", "/v1/articles/" + id, ""}, {"GET", "/v1/share-links?url=https://news.example/" + id + "&title=One", ""},
	} {
		req, err := http.NewRequest(r.method, base+r.path, strings.NewReader(r.body))
		if err != nil {
			return err
		}
		req.Header.Set("Authorization", "Bearer "+token)
		req.Header.Set("Content-Type", "application/json")
		resp, err := client.Do(req)
		if err != nil {
			return err
		}
		body, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil || resp.StatusCode >= 300 {
			return fmt.Errorf("%s %s: %s: %.200s %w", r.method, r.path, resp.Status, body, err)
		}
	}
	return nil
}
