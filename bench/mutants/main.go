// Command mutants tests the tests. It changes one operator, constant, call or result of a package at a time and runs
// the package's tests. If they pass, the mutant has survived and a test is missing. It prints the percentage of killed
// mutants of each package and the survivors. It fails if the total percentage is below the flag -least.
//
// It does not change source files: the go command reads each mutant through an overlay.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// target is a package whose tests are checked.
type target struct {
	dir   string
	files []string // names of the files that are mutated; empty: all
	run   string   // pattern of the tests; empty: all, with -short
	most  int      // maximum number of mutants, unless -all is set
}

// targets lists the packages whose errors would do the most harm: those for signing, sharing, cleaning, counting,
// storing and fetching.
var targets = []target{
	{dir: "card", most: 100},
	{dir: "share", most: 100},
	{dir: "internal/clean", most: 100},
	{dir: "internal/audience", most: 120},
	{dir: "internal/store/sqlite", most: 60},
	{dir: "internal/fetch", files: []string{"guard.go"}, most: 60},
}

// patience is the maximum time for the tests of a mutant. A mutant whose tests take longer counts as killed.
const patience = 2 * time.Minute

var (
	least   = flag.Float64("least", 90, "percent of all mutants to be killed")
	all     = flag.Bool("all", false, "try every mutant, not a sample")
	seed    = flag.Uint64("seed", 1, "of the sample")
	workers = flag.Int("workers", 2, "mutants tried at a time")
)

func main() {
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, flag.Args())
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

// run tests the mutants of the named packages, or of all targets if only is empty.
func run(ctx context.Context, only []string) error {
	for _, dir := range only {
		if !slices.ContainsFunc(targets, func(t target) bool { return t.dir == dir }) {
			return fmt.Errorf("%s is no target", dir)
		}
	}
	var killed, tried int
	for _, t := range targets {
		if len(only) > 0 && !slices.Contains(only, t.dir) {
			continue
		}
		k, n, err := t.try(ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", t.dir, err)
		}
		killed, tried = killed+k, tried+n
	}
	if tried == 0 {
		return errors.New("no mutants")
	}
	share := 100 * float64(killed) / float64(tried)
	fmt.Printf("in all %.1f %% of %d\n", share, tried)
	if share < *least {
		return fmt.Errorf("%.1f %% are killed, of %.0f %% at least", share, *least)
	}
	return nil
}

// try tests the mutants of a target and prints the survivors. It returns the numbers of killed and of tested mutants.
func (t target) try(ctx context.Context) (killed, tried int, err error) {
	sample, err := t.sample()
	if err != nil {
		return 0, 0, err
	}
	if len(sample) == 0 {
		return 0, 0, errors.New("nothing to mutate: its files have other names")
	}
	if out, err := t.test(ctx, ""); err != nil {
		return 0, 0, fmt.Errorf("the tests fail without a mutant: %w\n%s", err, out)
	}
	fates, err := t.fates(ctx, sample)
	if err != nil {
		return 0, 0, err
	}
	var report strings.Builder
	for i, f := range fates {
		switch {
		case f == unbuilt:
			continue
		case f == dead:
			killed++
		default:
			m := sample[i]
			fmt.Fprintf(&report, "  %s:%d %s: %s   in: %s\n", m.file, m.line, m.kind, m.text, m.source)
		}
		tried++
	}
	fmt.Printf("%-24s %5.1f %% of %d\n%s", t.dir, 100*float64(killed)/float64(max(tried, 1)), tried, report.String())
	return killed, tried, nil
}

// sample returns a random sample of the target's mutants, without those in equivalents.
func (t target) sample() ([]mutant, error) {
	files, err := filepath.Glob(filepath.Join(t.dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var found []mutant
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || len(t.files) > 0 && !slices.Contains(t.files, filepath.Base(file)) {
			continue
		}
		some, err := mutants(file)
		if err != nil {
			return nil, err
		}
		found = append(found, some...)
	}
	found = slices.DeleteFunc(found, mutant.equivalent)
	random := rand.New(rand.NewPCG(*seed, 0))
	random.Shuffle(len(found), func(i, k int) { found[i], found[k] = found[k], found[i] })
	if !*all && len(found) > t.most {
		found = found[:t.most]
	}
	return found, nil
}

// fate is the result of testing a mutant.
type fate int

const (
	alive fate = iota
	dead
	unbuilt // it does not compile
)

func (t target) fates(ctx context.Context, sample []mutant) ([]fate, error) {
	fates := make([]fate, len(sample))
	errs := make([]error, len(sample))
	slots := make(chan struct{}, max(1, *workers))
	var wait sync.WaitGroup
	for i, m := range sample {
		slots <- struct{}{}
		wait.Go(func() {
			fates[i], errs[i] = t.fate(ctx, m)
			<-slots
		})
	}
	wait.Wait()
	return fates, errors.Join(append(errs, ctx.Err())...)
}

func (t target) fate(ctx context.Context, m mutant) (fate, error) {
	dir, err := os.MkdirTemp("", "mutant-")
	if err != nil {
		return alive, err
	}
	defer os.RemoveAll(dir)
	overlay, err := m.overlay(dir)
	if err != nil {
		return alive, err
	}
	out, err := t.test(ctx, overlay)
	switch {
	case err == nil:
		return alive, nil
	case strings.Contains(out, "[build failed]"), strings.Contains(out, "[setup failed]"):
		return unbuilt, nil
	}
	return dead, nil
}

// overlay writes the mutant and an overlay file for the go command to dir. It returns the path of the overlay file.
func (m mutant) overlay(dir string) (string, error) {
	src, err := os.ReadFile(m.file)
	if err != nil {
		return "", err
	}
	original, err := filepath.Abs(m.file)
	if err != nil {
		return "", err
	}
	changed := filepath.Join(dir, filepath.Base(m.file))
	text := string(src[:m.start]) + m.text + string(src[m.end:])
	if err := os.WriteFile(changed, []byte(text), 0o600); err != nil {
		return "", err
	}
	raw, err := json.Marshal(map[string]map[string]string{"Replace": {original: changed}})
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "overlay.json")
	return path, os.WriteFile(path, raw, 0o600)
}

// test runs the target's tests, with an overlay file unless that is empty, and returns their output.
func (t target) test(ctx context.Context, overlay string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	args := []string{"test", "-short", "-vet=off", "-failfast", "-timeout", patience.String()}
	if overlay != "" {
		args = append(args, "-overlay", overlay)
	}
	if t.run != "" {
		args = append(args, "-run", t.run)
	}
	cmd := exec.CommandContext(ctx, "go", append(args, "./"+t.dir)...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}
