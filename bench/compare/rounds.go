package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"
)

// work is one kind of work, which ours and the others do in turns: round after round, each once.
type work struct {
	name     string
	unit     string
	value    func(turn) float64 // what is compared
	better   order
	job      job
	rounds   int
	entrants []entrant // ours first
	goal     goal
	brief    bool // part of the short form
}

// order says which of two values is the better.
type order bool

const (
	more order = true
	less order = false
)

func (o order) better(a, b float64) bool { return (a > b) == bool(o) }

// entrant is a contender, in each of the modes it can work in. The first round tries all of them; the
// better one goes on.
type entrant struct {
	name   string
	modes  []mode
	rounds int // 0: as many as the work has
}

type mode struct {
	name string
	contender
}

// goal is what is wanted of ours: at least (or at most) so many times the best of those named, or,
// where none is named, so much.
type goal struct {
	words   string
	against []string
	limit   float64
	atMost  bool
}

func (g goal) reached(v float64) bool {
	if g.atMost {
		return v <= g.limit
	}
	return v >= g.limit
}

// tally is what an entrant has done so far.
type tally struct {
	values map[int]float64 // by round
	mode   int
	peak   int64
	err    error
}

// turnSlack is what starting, warming a photo and stopping may take beside a turn's own seconds.
const turnSlack = 45 * time.Second

// measure has all rounds of a work done. What fails is noted and takes no further turn.
func (b *bench) measure(ctx context.Context, w work) row {
	tallies := make([]tally, len(w.entrants))
	for round := range w.rounds {
		for i, e := range w.entrants {
			t := &tallies[i]
			if t.err == nil && (e.rounds == 0 || round < e.rounds) && ctx.Err() == nil {
				b.round(ctx, w, e, t, round)
			}
		}
	}
	return w.row(tallies)
}

// round lets an entrant take its turn, in all its modes the first time.
func (b *bench) round(ctx context.Context, w work, e entrant, t *tally, round int) {
	if t.values == nil {
		t.values = map[int]float64{}
	}
	for i, m := range e.modes {
		if round > 0 && i != t.mode {
			continue
		}
		limit := turnSlack + time.Duration((w.job.warm+w.job.seconds)*float64(time.Second))
		inTime, cancel := context.WithTimeout(ctx, limit)
		got, err := m.turn(inTime, w.job)
		cancel()
		if err != nil {
			t.err = err
			fmt.Fprintf(os.Stderr, "%s: %s: %v\n", w.name, e.name, err)
			return
		}
		v := w.value(got)
		fmt.Fprintf(os.Stderr, "%-44s %d  %-34s %10.2f %s\n", w.name, round+1, join(e.name, m.name), v, w.unit)
		t.peak = max(t.peak, got.Peak)
		if old, ok := t.values[round]; !ok || w.better.better(v, old) {
			t.values[round], t.mode = v, i
		}
	}
}

func join(name, mode string) string {
	if mode == "" {
		return name
	}
	return name + ", " + mode
}

// row sums the rounds up.
func (w work) row(tallies []tally) row {
	us := tallies[0]
	r := row{Work: w.name, Unit: w.unit, Ours: figureOf(list(us.values)), Goal: w.goal.words, Peak: us.peak,
		Note: note(us.err)}
	for i, t := range tallies[1:] {
		e := w.entrants[i+1]
		r.Others = append(r.Others, other{
			Name: e.name, Value: figureOf(list(t.values)), Ratio: figureOf(ratios(us, []tally{t}, w.better)),
			Peak: t.peak, Mode: e.modes[t.mode].name, Note: note(t.err),
		})
	}
	w.reach(&r, tallies)
	return r
}

// reach judges the goal.
func (w work) reach(r *row, tallies []tally) {
	var rivals []tally
	for i, e := range w.entrants {
		if slices.Contains(w.goal.against, e.name) {
			rivals = append(rivals, tallies[i])
		}
	}
	values := ratios(tallies[0], rivals, w.better)
	if len(w.goal.against) == 0 {
		values = list(tallies[0].values)
	}
	if w.goal.words == "" || len(values) == 0 {
		return
	}
	r.Reach = median(values)
	r.Met = judge(w.goal.reached(r.Reach))
}

// ratios divides ours by the best of the rivals, in each round that both were in.
func ratios(us tally, rivals []tally, o order) []float64 {
	var all []float64
	for round, v := range us.values {
		best := 0.0
		for _, t := range rivals {
			if theirs, ok := t.values[round]; ok && (best == 0 || o.better(theirs, best)) {
				best = theirs
			}
		}
		if best > 0 {
			all = append(all, v/best)
		}
	}
	return all
}

func list(values map[int]float64) []float64 {
	all := make([]float64, 0, len(values))
	for _, v := range values {
		all = append(all, v)
	}
	return all
}

func note(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
