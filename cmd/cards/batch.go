package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"newsroom.example/cards/render"
)

// maxLine is the largest line of a batch, in bytes.
const maxLine = 1 << 20

// batch renders the cards of a file of JSON lines, on all processors.
type batch struct {
	studio *studio
	dir    string

	mu     sync.Mutex // of what follows
	std    stdio
	done   int
	failed int
}

// order is a line of the file.
type order struct {
	where string // FILE:LINE
	flags cardFlags
	err   error // of the line itself
}

// runBatch renders a card for each line. A line that is at fault is reported, and the others are rendered.
func (c renderCommand) runBatch(ctx context.Context, std stdio) error {
	if c.Plan || c.Checks || c.Out != "" {
		return usagef("--batch: cannot be used with --out, --plan or --checks")
	}
	in, name, err := opened(c.Batch)
	if err != nil {
		return fmt.Errorf("--batch: %w", err)
	}
	defer in.Close()
	if err := os.MkdirAll(c.OutDir, 0o755); err != nil {
		return fmt.Errorf("--out-dir: %w", err)
	}
	s, err := c.studio()
	if err != nil {
		return err
	}
	b := &batch{studio: s, dir: c.OutDir, std: std}
	orders := make(chan order)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for o := range orders {
				b.report(b.render(ctx, o))
			}
		})
	}
	err = readOrders(ctx, in, name, c.cardFlags, orders)
	close(orders)
	workers.Wait()
	fmt.Fprintf(std.err, "cards: %d rendered, %d failed\n", b.done, b.failed)
	if err == nil && b.failed > 0 {
		err = fmt.Errorf("%d of %d cards failed", b.failed, b.done+b.failed)
	}
	return err
}

// opened opens a file, or standard input if its name is "-".
func opened(file string) (in io.ReadCloser, name string, err error) {
	if file == "-" {
		return io.NopCloser(os.Stdin), "standard input", nil
	}
	in, err = os.Open(file)
	return in, file, err
}

// readOrders sends all lines, over defaults. Empty lines are skipped.
func readOrders(ctx context.Context, in io.Reader, name string, defaults cardFlags, to chan<- order) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	used := map[string]int{}
	n := 0
	for lines.Scan() {
		n++
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		o := order{where: fmt.Sprintf("%s:%d", name, n), flags: defaults}
		o.err = decodeOrder(line, &o.flags)
		if before := used[o.flags.Out]; o.err == nil && before > 0 {
			o.err = fmt.Errorf("out: line %d has the same file %q", before, o.flags.Out)
		}
		if o.err == nil {
			used[o.flags.Out] = n
		}
		select {
		case to <- o:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return fmt.Errorf("%s:%d: the line has more than %d bytes", name, n+1, maxLine)
	}
	return lines.Err()
}

// decodeOrder reads a line. Unknown fields are errors.
func decodeOrder(line []byte, flags *cardFlags) error {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(flags); err != nil {
		return errors.New(strings.TrimPrefix(err.Error(), "json: "))
	}
	switch {
	case d.More():
		return errors.New("more than one JSON value")
	case flags.Headline == "":
		return errors.New("headline: is required")
	case flags.Out == "":
		return errors.New("out: is required: the name of a file in the folder of --out-dir")
	case filepath.Base(flags.Out) != flags.Out || !filepath.IsLocal(flags.Out):
		return fmt.Errorf("out: %q must be the name of a file, without a folder", flags.Out)
	}
	return nil
}

// render renders a card into its file, which is complete or absent. said is what is to be printed about it.
func (b *batch) render(ctx context.Context, o order) (said string, err error) {
	var notes bytes.Buffer
	std := stdio{io.Discard, &notes}
	err = o.err
	if err == nil {
		var format render.Format
		if format, err = formatOf(o.flags.Out, ""); err == nil {
			err = b.studio.open(ctx, std, o.flags, func(c openedCard) error {
				data, err := b.studio.draw(ctx, std, c, format)
				if err != nil {
					return err
				}
				return replaceFile(filepath.Join(b.dir, o.flags.Out), data)
			})
		}
	}
	if err != nil {
		return fmt.Sprintf("cards: %s: %s\n", o.where, oneLine(err)), err
	}
	for line := range strings.Lines(notes.String()) {
		said += "cards: " + o.where + ": " + strings.TrimPrefix(line, "cards: ")
	}
	return said, nil
}

// report prints what was said of a card, and counts it.
func (b *batch) report(said string, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	fmt.Fprint(b.std.err, said)
	if err != nil {
		b.failed++
		return
	}
	b.done++
}

// replaceFile writes a file that is never seen in part.
func replaceFile(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".cards-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}
