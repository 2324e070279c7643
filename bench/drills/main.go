// Command drills breaks the disk of a running service in many ways, under load, and checks what the service promises
// meanwhile and afterwards. It prints each promise, what was measured, and "kept" or "BROKEN". It uses only loopback.
// Run it from the repository's root:
//
//	drills disk    # a full disk: a small tmpfs, which needs the right to mount
//	drills faults  # everything else: failing fsync (strace), removed files, read-only folders, kill -9
//
// With -run TEXT only the drills whose name contains the text run. A drill that cannot run here is named SKIPPED. The
// exit status is 1 if a promise is broken or an error occurs.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"newsroom.example/cards/bench/internal/instance"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	only := flag.String("run", "", "run the drills whose name contains this")
	length := flag.Duration("length", 3*time.Second, "how long each fault lasts")
	flag.Parse()
	all := map[string][]drill{"disk": diskDrills, "faults": faultDrills}[flag.Arg(0)]
	if all == nil || flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: drills [-run TEXT] [-length 3s] disk|faults")
		os.Exit(2)
	}
	kept, err := run(ctx, all, *only, *length)
	if err != nil {
		fmt.Fprintln(os.Stderr, "drills:", err)
	}
	if err != nil || !kept {
		os.Exit(1)
	}
}

// drill is a fault and its end.
type drill struct {
	name string
	run  func(ctx context.Context, d *bench) error
}

// bench is where one drill runs.
type bench struct {
	*promises
	program string        // the service
	root    string        // a folder for the drill alone
	data    string        // the data folder in it, which does not exist yet
	length  time.Duration // of the fault
	pid     int           // of the service that was started last
}

// errSkipped says why a drill cannot run on this machine.
var errSkipped = errors.New("SKIPPED")

// run runs the drills and reports whether all promises are kept.
func run(ctx context.Context, all []drill, only string, length time.Duration) (kept bool, err error) {
	dir, err := os.MkdirTemp("", "cards-drills-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil { // one drill runs the service as another user
		return false, err
	}
	program, err := instance.Build(ctx, dir)
	if err != nil {
		return false, err
	}
	p := &promises{}
	for i, d := range all {
		if !strings.Contains(d.name, only) {
			continue
		}
		root := filepath.Join(dir, fmt.Sprint("drill-", i))
		if err := os.Mkdir(root, 0o755); err != nil {
			return false, err
		}
		fmt.Println(d.name)
		err := d.run(ctx, &bench{
			promises: p, program: program, root: root, data: filepath.Join(root, "data"), length: length,
		})
		switch {
		case errors.Is(err, errSkipped):
			fmt.Printf("  %v\n", err)
		case err != nil:
			return false, fmt.Errorf("%s: %w", d.name, err)
		}
	}
	return !p.broken, nil
}

// promises prints measurements. broken is set when a promise is not kept.
type promises struct{ broken bool }

// hold prints a promise, what was measured, and whether it is kept.
func (p *promises) hold(name string, kept bool, promised, format string, args ...any) {
	verdict := "kept"
	if !kept {
		verdict, p.broken = "BROKEN", true
	}
	fmt.Printf("  %-54s %-22s %s (promised: %s)\n", name, fmt.Sprintf(format, args...), verdict, promised)
}

// show prints a measurement without a promise.
func (p *promises) show(name, format string, args ...any) {
	fmt.Printf("  %-54s %s\n", name, fmt.Sprintf(format, args...))
}
