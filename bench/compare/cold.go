package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"newsroom.example/cards/bench/internal/instance"
	"newsroom.example/cards/bench/internal/sample"
)

// coldWork returns the work that measures the time from the start of a process to its first text card.
func (b *bench) coldWork() work {
	w := work{
		name: "cold start to the first card", unit: "ms", value: timeOf, better: less, rounds: 7, brief: true,
		entrants: []entrant{
			{name: us, modes: []mode{{contender: cold{b, false}}}},
			{name: "cards, data folder known", modes: []mode{{contender: cold{b, true}}}},
			{name: "cards render, the whole process", modes: []mode{{contender: coldRender{b}}}},
		},
		goal: goal{words: "at most 80 ms", limit: 80, atMost: true},
	}
	if b.short {
		return w
	}
	for _, name := range []string{skia, vips, takumi, satori, vercel, chromium} {
		w.entrants = append(w.entrants,
			entrant{name: name, modes: []mode{{contender: coldPeer{peer{b, tools[name], 1, 1}}}}, rounds: 3})
	}
	return w
}

// cold starts the service and requests a signed text card until it receives one.
type cold struct {
	b     *bench
	known bool // the data folder has been used before
}

func (c cold) turn(ctx context.Context, _ job) (turn, error) {
	data, err := os.MkdirTemp(c.b.dir, "cold-")
	if err != nil {
		return turn{}, err
	}
	defer os.RemoveAll(data)
	if c.known {
		if _, err := c.start(ctx, data); err != nil {
			return turn{}, err
		}
	}
	took, err := c.start(ctx, data)
	return turn{P50: ms(took)}, err
}

func (c cold) start(ctx context.Context, data string) (time.Duration, error) {
	addr, err := freeAddress()
	if err != nil {
		return 0, err
	}
	address := "http://" + addr + instance.Sign("/v1/card.png", sample.Card(c.b.number()))
	cmd := exec.CommandContext(ctx, c.b.program, instance.Args(addr, filepath.Join(data, "data"))...)
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	defer func() { _ = cmd.Process.Signal(syscall.SIGTERM); _ = cmd.Wait() }()
	for ctx.Err() == nil && time.Since(began) < 20*time.Second {
		if fetched(address) {
			return time.Since(began), nil
		}
		time.Sleep(500 * time.Microsecond)
	}
	return 0, errors.New("no card came in time")
}

// freeAddress returns a loopback address with a port that is currently unused.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

func fetched(address string) bool {
	resp, err := http.Get(address)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	n, err := io.Copy(io.Discard, resp.Body)
	return err == nil && n > 0 && resp.StatusCode == http.StatusOK
}

// coldRender measures a complete run of `cards render`.
type coldRender struct{ b *bench }

func (c coldRender) turn(ctx context.Context, _ job) (turn, error) {
	q := sample.Card(c.b.number())
	cmd := exec.CommandContext(ctx, c.b.program, "render", "--headline", q.Get("headline"), "--lang", q.Get("lang"),
		"--out", filepath.Join(c.b.dir, "cold.png"))
	began := time.Now()
	out, err := cmd.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("cards render: %w: %s", err, out)
	}
	return turn{P50: ms(time.Since(began))}, err
}

// coldPeer measures the time from the start of a peer's process to its first text card.
type coldPeer struct{ peer }

func (c coldPeer) turn(ctx context.Context, _ job) (turn, error) {
	began := time.Now()
	w, err := c.start(ctx)
	if err != nil {
		return turn{}, err
	}
	defer w.stop()
	_, err = w.ask(c.b.turnFor(job{}))
	return turn{P50: ms(time.Since(began))}, err
}
