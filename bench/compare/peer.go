package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"sync"

	"newsroom.example/cards/bench/internal/instance"
	"newsroom.example/cards/bench/internal/sample"
)

// peer is a Node tool that bench/peers/worker.mjs runs, with the given number of processes and of concurrent renders
// in each process.
type peer struct {
	b                  *bench
	tool               string // its name in worker.mjs: canvas, sharp, takumi...
	processes, renders int
}

// peerTurn is a line of JSON that the worker reads. peerAnswer is a line that it writes.
type peerTurn struct {
	Photo   string        `json:"photo,omitempty"`
	Texts   []sample.Text `json:"texts"`
	From    int           `json:"from"`
	Warm    float64       `json:"warm"`
	Seconds float64       `json:"seconds"`
}

type peerAnswer struct {
	Lanes []lane  `json:"lanes"`
	P50   float64 `json:"p50_ms"`
	Bytes int     `json:"bytes"`
}

func (p peer) turn(ctx context.Context, j job) (turn, error) {
	workers := make([]*worker, p.processes)
	for i := range workers {
		w, err := p.start(ctx)
		if err != nil {
			return turn{}, err
		}
		defer w.stop()
		workers[i] = w
	}
	answers := make([]peerAnswer, len(workers))
	errs := make([]error, len(workers))
	var wg sync.WaitGroup
	for i, w := range workers {
		wg.Go(func() { answers[i], errs[i] = w.ask(p.b.turnFor(j)) })
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return turn{}, err
	}
	t := turn{P50: answers[0].P50, Bytes: answers[0].Bytes}
	for i, w := range workers {
		t.Rate += rate(answers[i].Lanes)
		peak, err := instance.Peak(w.cmd.Process.Pid)
		errs[i] = errors.Join(errs[i], err)
		t.Peak += peak
	}
	return t, errors.Join(errs...)
}

func (b *bench) turnFor(j job) peerTurn {
	t := peerTurn{Texts: sample.Texts, From: b.numbers(1 << 20), Warm: j.warm, Seconds: j.seconds}
	if j.photo != nil {
		t.Photo = j.photo.file
	}
	return t
}

// worker is a process of a peer.
type worker struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
	errs bytes.Buffer
}

func (p peer) start(ctx context.Context) (*worker, error) {
	w := &worker{cmd: exec.CommandContext(ctx, "node", "bench/peers/worker.mjs", p.tool, p.b.fonts, strconv.Itoa(p.renders))}
	w.cmd.Stderr = &w.errs
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if w.in, err = w.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	w.out = bufio.NewReader(out)
	return w, w.cmd.Start()
}

func (w *worker) ask(t peerTurn) (peerAnswer, error) {
	var a peerAnswer
	if err := json.NewEncoder(w.in).Encode(t); err != nil {
		return a, w.why(err)
	}
	line, err := w.out.ReadBytes('\n')
	if err != nil {
		return a, w.why(err)
	}
	return a, json.Unmarshal(line, &a)
}

// why waits until the worker ends and adds up to 400 bytes of its error output to err.
func (w *worker) why(err error) error {
	_ = w.in.Close()
	_ = w.cmd.Wait()
	said := w.errs.String()
	if at := strings.Index(said, "Error: "); at >= 0 {
		said = said[at:]
	}
	return fmt.Errorf("%w: %s", err, said[:min(len(said), 400)])
}

// stop closes the worker's input, which makes it exit, and waits until it has.
func (w *worker) stop() {
	_ = w.in.Close()
	_ = w.cmd.Wait()
}

// floor measures libjpeg-turbo alone, with bench/turbo/floor.c.
type floor struct {
	b    *bench
	rows string // "rows": skip the rows outside the crop; "": decode all
}

func (f floor) turn(ctx context.Context, j job) (turn, error) {
	args := []string{j.photo.file, fmt.Sprint(j.seconds)}
	if f.rows != "" {
		args = append(args, f.rows)
	}
	out, err := exec.CommandContext(ctx, f.b.floor, args...).Output()
	if err != nil {
		return turn{}, err
	}
	var p50 float64
	var n int
	_, err = fmt.Sscan(string(out), &p50, &n)
	return turn{Rate: float64(n) / j.seconds, P50: p50}, err
}
