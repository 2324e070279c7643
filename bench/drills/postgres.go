package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/bench/internal/instance"
	"newsroom.example/cards/internal/store/postgres/pgserver"
)

// postgresDrills break PostgreSQL. A start is tried while it is away, too.
var postgresDrills = []drill{
	{"PostgreSQL is stopped, then started", stopped},
	{"PostgreSQL is killed (-9), then started", serverKilled},
	{"all connections are ended, again and again", backendsEnded},
	{"one of its processes is killed (-9): it restarts all", backendKilled},
	{"another client takes all connections", connectionsTaken},
	{"another client locks the table of articles", tableLocked},
	{"PostgreSQL hangs (SIGSTOP), then goes on", hanging},
	{"the disk of PostgreSQL is full, then has room again", databaseDiskFull},
	{"the service starts while PostgreSQL is stopped", func(ctx context.Context, b *bench) error {
		return b.startsWithout(ctx, func() error { b.database.Stop(); return nil }, b.restart)
	}},
	{"the service starts while PostgreSQL hangs (SIGSTOP)", func(ctx context.Context, b *bench) error {
		return b.startsWithout(ctx, b.hang, b.goOn)
	}},
}

// hangTime is how long PostgreSQL hangs: longer than any statement or batch may take.
const hangTime = 20 * time.Second

// clerk is a role without special rights, to which the limits of the server apply.
const clerk = "clerk"

// postgresOptions are the settings of the server, and a folder for the tables.
type postgresOptions struct{ settings, tables string }

// onPostgres runs f with a PostgreSQL server, whose URL is one of the service's flags.
func (b *bench) onPostgres(o postgresOptions, f func() error) (err error) {
	if _, err := pgserver.Programs(); err != nil {
		return fmt.Errorf("%w: PostgreSQL is not installed (scripts/deps): %w", errSkipped, err)
	}
	b.database, err = pgserver.Start(pgserver.Options{Sync: true, Settings: o.settings})
	if err != nil {
		return err
	}
	defer func() { b.database.Remove() }()
	make := "CREATE ROLE " + clerk + " LOGIN;\nCREATE DATABASE cards OWNER " + clerk + " TEMPLATE template0"
	if o.tables != "" {
		if err := b.database.Give(o.tables); err != nil {
			return err
		}
		make = "CREATE TABLESPACE small LOCATION '" + o.tables + "';\n" + make + " TABLESPACE small"
	}
	if err := b.database.Run("postgres", make); err != nil {
		return err
	}
	b.flags = append(b.flags, "--database", strings.Replace(b.database.URL("cards"), "user=cards", "user="+clerk, 1))
	return f()
}

// broken runs the usual drill on PostgreSQL.
func (b *bench) broken(ctx context.Context, o postgresOptions, f func() fault) error {
	return b.onPostgres(o, func() error { return b.during(ctx, f()) })
}

func stopped(ctx context.Context, b *bench) error {
	return b.broken(ctx, postgresOptions{}, func() fault {
		return fault{
			parts: []string{database}, lasts: b.away,
			begin: func() error { b.database.Stop(); return nil }, end: b.restart,
		}
	})
}

func serverKilled(ctx context.Context, b *bench) error {
	return b.broken(ctx, postgresOptions{}, func() fault {
		return fault{
			parts: []string{database}, begin: func() error { b.database.Kill(); return nil }, end: b.restart,
		}
	})
}

// endConnections ends those of the service.
const endConnections = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cards'"

func backendsEnded(ctx context.Context, b *bench) error {
	return b.broken(ctx, postgresOptions{}, func() fault {
		ending, stop := context.WithCancel(ctx)
		done := make(chan error, 1)
		return fault{
			begin: func() error {
				go func() {
					for ending.Err() == nil {
						if err := b.database.Run("postgres", endConnections); err != nil {
							done <- err
							return
						}
						time.Sleep(100 * time.Millisecond)
					}
					done <- nil
				}()
				return nil
			},
			end: func() error { stop(); return <-done },
		}
	})
}

// backendKilled kills a process that serves a connection. The server then ends all others and recovers by itself, as
// fast as its disk is.
func backendKilled(ctx context.Context, b *bench) error {
	return b.broken(ctx, postgresOptions{}, func() fault {
		return fault{
			begin: func() error {
				var pid int
				err := b.asks(ctx, func(conn *pgx.Conn) error {
					return conn.QueryRow(ctx, "SELECT pid FROM pg_stat_activity WHERE application_name = 'cards' LIMIT 1").Scan(&pid)
				})
				if err != nil {
					return err
				}
				return syscall.Kill(pid, syscall.SIGKILL)
			},
			lasts: time.Millisecond,
			end: func() (err error) {
				for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(10 * time.Millisecond) {
					if err = b.database.Run("postgres", "SELECT 1"); err == nil {
						return nil
					}
				}
				return err
			},
		}
	})
}

// asks runs f with a connection of an administrator.
func (b *bench) asks(ctx context.Context, f func(*pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, b.database.URL("cards"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	return f(conn)
}

func connectionsTaken(ctx context.Context, b *bench) error {
	return b.broken(ctx, postgresOptions{settings: "max_connections = 30"}, func() fault {
		var taken []*pgx.Conn
		return fault{
			parts: []string{database},
			begin: func() error {
				return b.asks(ctx, func(admin *pgx.Conn) error {
					for quiet := 0; quiet < 3; time.Sleep(50 * time.Millisecond) { // a connection that ends is free a moment later
						ended, err := admin.Exec(ctx, endConnections)
						if err != nil {
							return err
						}
						more := b.take(ctx)
						if taken = append(taken, more...); len(more) == 0 && ended.RowsAffected() == 0 {
							quiet++
						} else {
							quiet = 0
						}
					}
					return nil
				})
			},
			end: func() error {
				for _, conn := range taken {
					_ = conn.Close(ctx)
				}
				return nil
			},
		}
	})
}

// take opens connections until there are no more.
func (b *bench) take(ctx context.Context) (taken []*pgx.Conn) {
	url := strings.Replace(b.database.URL("cards"), "user=cards", "user="+clerk, 1)
	for {
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			return taken
		}
		taken = append(taken, conn)
	}
}

func tableLocked(ctx context.Context, b *bench) error {
	return b.broken(ctx, postgresOptions{}, func() fault {
		var holder *pgx.Conn
		return fault{
			lasts: hangTime,
			begin: func() (err error) {
				if holder, err = pgx.Connect(ctx, b.database.URL("cards")); err != nil {
					return err
				}
				_, err = holder.Exec(ctx, "BEGIN; LOCK TABLE articles IN ACCESS EXCLUSIVE MODE")
				return err
			},
			end: func() error { return holder.Close(ctx) },
		}
	})
}

func hanging(ctx context.Context, b *bench) error {
	return b.broken(ctx, postgresOptions{}, func() fault {
		return fault{parts: []string{database}, lasts: hangTime, begin: b.hang, end: b.goOn}
	})
}

// hang stops all processes of the server where they are.
func (b *bench) hang() error { return b.signalServer(syscall.SIGSTOP) }

// goOn lets them go on.
func (b *bench) goOn() error { return b.signalServer(syscall.SIGCONT) }

func (b *bench) signalServer(s syscall.Signal) error {
	pid := b.database.PID()
	if err := syscall.Kill(pid, s); err != nil { // first, so that it starts no others
		return err
	}
	for _, child := range instance.Processes(pid)[1:] {
		if err := syscall.Kill(child, s); err != nil && !errors.Is(err, syscall.ESRCH) {
			return err
		}
	}
	return nil
}

// databaseDiskFull fills the disk of the tables. The log of the server is on another one: with a full one the server
// ends, which is another drill.
func databaseDiskFull(ctx context.Context, b *bench) error {
	disk, err := os.MkdirTemp("/tmp", "cards-drill-tables-") // the server's user must find it
	if err != nil {
		return err
	}
	defer os.RemoveAll(disk)
	mount := exec.Command("mount", "-t", "tmpfs", "-o", "size=96m", "cards-drill", disk)
	if out, err := mount.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: a small disk cannot be mounted here: %s", errSkipped, out)
	}
	defer func() { _ = exec.Command("umount", "-l", disk).Run() }()
	tables := filepath.Join(disk, "tables")
	if err := errors.Join(os.Chmod(disk, 0o755), os.Mkdir(tables, 0o700)); err != nil {
		return err
	}
	filler := filepath.Join(disk, "filler")
	return b.broken(ctx, postgresOptions{tables: tables}, func() fault {
		return fault{
			begin: func() error { return fillDisk(filler) },
			end:   func() error { return os.Remove(filler) },
			lasts: 3 * b.length, // the pages that there are have room for a moment
			pace:  killPace,
			after: func(l *load, _ fault) {
				n := l.failed("article")
				b.hold("articles refused while the disk was full", n > 0, "some, or it was not full", "%d", n)
			},
		}
	})
}
