package main

import (
	"context"
	"fmt"
	"os"
	"runtime"

	"newsroom.example/cards/bench/internal/instance"
)

// mega is the number of bytes in a megabyte (not a mebibyte).
const mega = 1e6

// memory measures the peak memory of the service in two rows: under a load of photo cards with default settings, and
// per additional card in flight with a memory cache of only 1 MiB.
func (b *bench) memory(ctx context.Context) []row {
	peak := row{Work: "memory, peak under photo cards from 2400x1600", Unit: "MB", Goal: "at most 150 MB"}
	detailed := job{photo: b.photos.photos["E"], warm: 1, seconds: b.scaled(12)}
	loaded, err := ours{b: b, lanes: requests}.turn(ctx, detailed)
	settle(&peak, float64(loaded.Peak)/mega, 150, err)

	each := row{Work: "memory, for each card in flight", Unit: "MB", Goal: "at most 12 MB",
		Note: "peak while as many photo cards are drawn at a time as there are processors, and as many more wait, less the peak while there is one, over the cards that are drawn more"}
	few := []string{"--memory-cache", "1048576"}
	detailed.seconds = b.scaled(6)
	alone, err := ours{b: b, lanes: 1, flags: few}.turn(ctx, detailed)
	if err == nil {
		loaded, err = ours{b: b, lanes: 2 * runtime.NumCPU(), flags: few}.turn(ctx, detailed)
	}
	settle(&each, float64(loaded.Peak-alone.Peak)/mega/float64(max(1, runtime.NumCPU()-1)), 12, err)
	return []row{peak, each}
}

// mostSize is what the program's file may have, in megabytes: one file that a machine loads in an instant.
const mostSize = 60

// size measures the size of the program file.
func (b *bench) size() row {
	r := row{Work: "size of the program", Unit: "MB", Goal: fmt.Sprintf("at most %d MB", mostSize)}
	info, err := os.Stat(b.program)
	if err == nil {
		settle(&r, float64(info.Size())/mega, mostSize, nil)
	} else {
		settle(&r, 0, mostSize, err)
	}
	return r
}

// settle stores a single value in a row whose goal is at most limit, or the error in its note.
func settle(r *row, value, limit float64, err error) {
	if err != nil {
		r.Note = err.Error()
		return
	}
	r.Ours, r.Reach, r.Met = figureOf([]float64{value}), value, judge(value <= limit)
}

// scaled returns the given number of seconds in the full run and a sixth of it in the short run.
func (b *bench) scaled(seconds float64) float64 {
	if b.short {
		return seconds / 6
	}
	return seconds
}

// profile returns the lines of pprof's table of CPU time by function while photo cards are drawn.
func (b *bench) profile(ctx context.Context) ([]string, error) {
	admin, err := freeAddress()
	if err != nil {
		return nil, err
	}
	var lines []string
	err = b.withService(ctx, []string{"--admin-addr", admin}, func(s *instance.Service) error {
		j := job{photo: b.photos.photos["E"], warm: 1, seconds: b.scaled(6) + 1}
		done := make(chan error, 1)
		go func() {
			_, err := ours{b: b, lanes: requests}.on(ctx, s, j)
			done <- err
		}()
		lines, err = top(ctx, b.program, admin, int(b.scaled(6)))
		if drawn := <-done; drawn != nil {
			return drawn
		}
		return err
	})
	return lines, err
}
