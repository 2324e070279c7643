// Command drills breaks a running service, and what it stores in, in many ways, under load, and checks what the service
// promises meanwhile and afterwards. It prints each promise, what was measured, and "kept" or "BROKEN". It uses only
// loopback. Run it from the repository's root:
//
//	drills disk      # a full disk: a small tmpfs, which needs the right to mount
//	drills faults    # failing fsync (strace), removed files, read-only folders
//	drills kill      # kill -9 of the service, and of PostgreSQL, again and again
//	drills postgres  # PostgreSQL stopped, killed, hanging, full, without connections
//	drills s3        # the S3 server stopped, slow, with other credentials, with answers that break off
//	drills replicas  # two replicas behind nginx, of which one is killed again and again
//
// With -run TEXT only the drills whose name contains the text run. With -write the figures are written to
// docs/reliability.md, if all drills of the group have run and no promise is broken. A drill that cannot run here is
// named SKIPPED. The exit status is 1 if a promise is broken or an error occurs.
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
	"newsroom.example/cards/bench/internal/page"
	"newsroom.example/cards/internal/blob/s3/s3server"
	"newsroom.example/cards/internal/store/postgres/pgserver"
)

// options of all drills.
type options struct {
	only   string
	length time.Duration // of a fault
	away   time.Duration // of the database
	rounds int           // of kills
	write  bool
}

// group is drills that run together, and the head of their table in the page.
type group struct {
	drills []drill
	head   []string
}

// groups are the drills by the command's argument.
var groups = map[string]group{
	"disk":     {diskDrills, faultHead},
	"faults":   {faultDrills, faultHead},
	"kill":     {killDrills, killHead},
	"postgres": {postgresDrills, faultHead},
	"s3":       {s3Drills, faultHead},
	"replicas": {replicaDrills, replicaHead},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var o options
	flag.StringVar(&o.only, "run", "", "run the drills whose name contains this")
	flag.DurationVar(&o.length, "length", 3*time.Second, "how long each fault lasts")
	flag.DurationVar(&o.away, "away", time.Minute, "how long PostgreSQL is stopped")
	flag.IntVar(&o.rounds, "rounds", 200, "how often the service is killed on each database")
	flag.BoolVar(&o.write, "write", false, "write the figures to docs/reliability.md")
	flag.Parse()
	chosen, ok := groups[flag.Arg(0)]
	if !ok || flag.NArg() != 1 || o.rounds < 1 {
		fmt.Fprintln(os.Stderr, "usage: drills [flags] disk|faults|kill|postgres|s3|replicas")
		flag.PrintDefaults()
		os.Exit(2)
	}
	kept, err := run(ctx, flag.Arg(0), chosen, o)
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
	options
	program string // the service
	root    string // a folder for the drill alone
	data    string // the data folder in it, which does not exist yet
	flags   []string
	pid     int // of the service that was started last
	out     outcome

	database *pgserver.Server // nil: a file
	bucket   *s3server.Server // nil: a folder
	ends     []func()
}

// atEnd calls f when the drill has ended.
func (b *bench) atEnd(f func()) { b.ends = append(b.ends, f) }

// errSkipped says why a drill cannot run on this machine.
var errSkipped = errors.New("SKIPPED")

// run runs the drills of a group and reports whether all promises are kept.
func run(ctx context.Context, name string, g group, o options) (kept bool, err error) {
	machine, began := page.Machine(), time.Now()
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
	p, t := &promises{}, newTable(g.head)
	for i, d := range g.drills {
		if !strings.Contains(d.name, o.only) {
			continue
		}
		b := &bench{promises: p, options: o, program: program, root: filepath.Join(dir, fmt.Sprint("drill-", i))}
		b.data = filepath.Join(b.root, "data")
		if err := os.Mkdir(b.root, 0o755); err != nil {
			return false, err
		}
		fmt.Println(d.name)
		err := d.run(ctx, b)
		for _, end := range b.ends {
			end()
		}
		switch {
		case errors.Is(err, errSkipped):
			fmt.Printf("  %v\n", err)
			t.skip(d.name, err)
		case err != nil:
			return false, fmt.Errorf("%s: %w", d.name, err)
		default:
			t.add(d.name, b.out.row)
		}
	}
	fmt.Print(t.text(machine, time.Since(began)))
	if o.write && o.only == "" && !p.broken {
		err = page.Write("docs/reliability.md", "make drill-"+name, t.text(machine, time.Since(began)))
	}
	return !p.broken, err
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
