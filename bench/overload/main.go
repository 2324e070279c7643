// Command overload checks the guarantees of the service under overload, and prints the measurements and the limits. It
// sends ten times the requests that the service can draw, waits for recovery, and stops the service by SIGTERM while
// requests are in flight. It uses only loopback. Run it from the repository's root:
//
//	overload [-seconds 10]
//
// It takes at most a minute and the given seconds. The exit status is 1 if a limit is exceeded or an error occurs.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"newsroom.example/cards/bench/internal/instance"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	seconds := flag.Float64("seconds", 10, "length of the overload")
	flag.Parse()
	kept, err := run(ctx, time.Duration(*seconds*float64(time.Second)))
	if err != nil {
		fmt.Fprintln(os.Stderr, "overload:", err)
	}
	if err != nil || !kept {
		os.Exit(1)
	}
}

// run prints all measurements and reports whether all limits are met.
func run(ctx context.Context, length time.Duration) (kept bool, err error) {
	dir, err := os.MkdirTemp("", "cards-overload-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	program, err := instance.Build(ctx, dir)
	if err != nil {
		return false, err
	}
	ctx, cancel := context.WithTimeout(ctx, length+time.Minute)
	defer cancel()
	s, err := instance.Start(ctx, program, filepath.Join(dir, "data"))
	if err != nil {
		return false, err
	}
	p := &promises{out: os.Stdout}
	c, err := newCrowd(ctx, s)
	if err == nil {
		err = overload(ctx, c, p, length)
	}
	if err == nil {
		err = p.memory(s)
	}
	if err != nil {
		return false, errors.Join(err, s.Kill())
	}
	terminate(ctx, c, p)
	return !p.broken, nil
}

// promises prints measurements. broken is set when one does not meet its limit.
type promises struct {
	out    io.Writer
	broken bool
}

// show prints a measurement that has no limit.
func (p *promises) show(name, format string, args ...any) {
	fmt.Fprintf(p.out, "  %-52s %s\n", name, fmt.Sprintf(format, args...))
}

// hold prints a measurement, the promised limit, and whether it is kept.
func (p *promises) hold(name string, kept bool, promised, format string, args ...any) {
	verdict := "kept"
	if !kept {
		verdict, p.broken = "NOT KEPT", true
	}
	fmt.Fprintf(p.out, "  %-52s %-22s %s (promised: %s)\n", name, fmt.Sprintf(format, args...), verdict, promised)
}

// mostMemory is the maximum resident memory of the service with any input, in bytes.
const mostMemory = 512 << 20

func (p *promises) memory(s *instance.Service) error {
	peak, err := instance.Peak(s.PID())
	p.hold("peak of resident memory", peak > 0 && peak <= mostMemory, "512 MiB at most", "%d MiB", peak>>20)
	return err
}
