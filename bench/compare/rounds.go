package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"
)

// work is one kind of work. In each round every entrant takes one turn.
type work struct {
	name     string
	unit     string
	value    func(turn) float64 // the value that is compared
	better   order
	job      job
	rounds   int
	entrants []entrant // the service is first
	goal     goal
	brief    bool // included in the short run
}

// order tells whether larger or smaller values are better.
type order bool

const (
	more order = true
	less order = false
)

func (o order) better(a, b float64) bool { return (a > b) == bool(o) }

// entrant is a tool in one or more modes. The first round tries all modes, and later rounds use the best one.
type entrant struct {
	name   string
	modes  []mode
	rounds int // 0: the rounds of the work
}

type mode struct {
	name string
	contender
}

// goal is a limit for the service. If against names rivals, the limit applies to the ratio of our value to the best
// rival's value. Otherwise it applies to our value. The limit is a minimum unless atMost is set.
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

// tally holds the results of an entrant so far.
type tally struct {
	values map[int]float64 // by round
	mode   int
	peak   int64
	err    error
}

// turnSlack is the time allowed in a turn for starting, warming up and stopping, in addition to the turn's seconds.
const turnSlack = 45 * time.Second

// measure runs all rounds of a work. An entrant that fails takes no further turns, and its row's note has the error.
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

// round runs one turn of an entrant: in all its modes in the first round, and then in the best.
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

// row returns the results of all rounds.
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

// reach compares the results with the goal and stores the verdict in r. There is none if a rival was not measured: it
// might be the best.
func (w work) reach(r *row, tallies []tally) {
	var rivals []tally
	for i, e := range w.entrants {
		if !slices.Contains(w.goal.against, e.name) {
			continue
		}
		if len(tallies[i].values) == 0 {
			return
		}
		rivals = append(rivals, tallies[i])
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

// ratios returns, for each round in which both have values, our value divided by the best rival's.
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
