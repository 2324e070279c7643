package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// terminal opens a pseudo-terminal: what is written to slave is read from master.
func terminal(t *testing.T) (master, slave *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { master.Close() })
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { slave.Close() })
	return master, slave
}

// TestTokenIsShownToTerminalsAlone: what is printed elsewhere, as to a service manager, is stored for years.
func TestTokenIsShownToTerminalsAlone(t *testing.T) {
	for _, c := range []struct {
		name     string
		terminal bool
		flags    []string
		want     string
	}{
		{"a terminal", true, nil, "TOKEN"},
		{"a terminal, one's own token", true, []string{"--api-token", "sixteen_letters_"}, "sixteen_letters_"},
		{"a pipe", false, nil, "in PATH"},
		{"a pipe, one's own token", false, []string{"--api-token", "sixteen_letters_"}, "as --api-token sets it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := t.TempDir()
			cmd := program(t, append([]string{"serve", "--addr", "127.0.0.1:0", "--data", data}, c.flags...)...)
			out := startReading(t, c.terminal, func(w *os.File) error { cmd.Stdout = w; return cmd.Start() })
			t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
			path := filepath.Join(data, "api-token")
			token, _ := os.ReadFile(path) // there is none with one's own
			want := strings.NewReplacer("TOKEN", strings.TrimSpace(string(token)), "PATH", path).Replace(c.want)
			if out != want {
				t.Errorf("printed %q, want %q", out, want)
			}
		})
	}
}

// startReading starts a program that writes to a terminal or a pipe, and returns what it prints of the token.
func startReading(t *testing.T, toTerminal bool, start func(*os.File) error) string {
	t.Helper()
	var r, w *os.File
	if toTerminal {
		r, w = terminal(t)
	} else {
		var err error
		if r, w, err = os.Pipe(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { r.Close(); w.Close() })
	}
	if err := start(w); err != nil {
		t.Fatal(err)
	}
	if !toTerminal {
		w.Close() // the program's end is the last: reading ends with it
	}
	return tokenPrinted(t, r)
}

func tokenPrinted(t *testing.T, r io.Reader) string {
	t.Helper()
	for lines := bufio.NewScanner(r); lines.Scan(); {
		if said, ok := strings.CutPrefix(strings.TrimSpace(lines.Text()), "API token"); ok {
			return strings.TrimSpace(said)
		}
	}
	t.Fatal("nothing was printed of the token")
	return ""
}
