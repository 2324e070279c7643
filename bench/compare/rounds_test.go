package main

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"time"
)

// scripted is a contender that returns the given values in order, and then an error.
type scripted struct {
	rates []float64
	turns *int
}

func script(rates ...float64) scripted { return scripted{rates, new(int)} }

func (s scripted) turn(context.Context, job) (turn, error) {
	n := *s.turns
	*s.turns++
	if n >= len(s.rates) {
		return turn{}, errors.New("no more")
	}
	return turn{Rate: s.rates[n], P50: s.rates[n], Peak: int64(n)}, nil
}

func one(c contender) []mode { return []mode{{contender: c}} }

func TestOursIsHeldToTheBestOfTheOthersInEachRound(t *testing.T) {
	rivals := func() []entrant {
		return []entrant{
			{name: us, modes: one(script(30, 60, 50))},
			{name: "a", modes: one(script(10, 30, 10))},
			{name: "b", modes: one(script(20, 20, 40))},
		}
	}
	for _, c := range []struct {
		name    string
		order   order
		against []string
		limit   float64
		atMost  bool
		reach   float64
		met     verdict
	}{
		{"one rival", more, []string{"a"}, 3, false, 3, met},
		{"one rival, not enough", more, []string{"a"}, 3.1, false, 3, missed},
		{"the better of two: 1.5, 2, 1.25", more, []string{"a", "b"}, 1.5, false, 1.5, met},
		{"less is better: 3, 3, 5", less, []string{"a", "b"}, 2.9, true, 3, missed},
		{"no rival", more, nil, 51, true, 50, met},
	} {
		w := work{name: "w", value: rateOf, better: c.order, rounds: 3, entrants: rivals(),
			goal: goal{words: "a goal", against: c.against, limit: c.limit, atMost: c.atMost}}
		r := (&bench{}).measure(t.Context(), w)
		if r.Reach != c.reach || r.Met != c.met {
			t.Errorf("%s: reached %v, met %q", c.name, r.Reach, r.Met)
		}
		if got := r.Others[0].Ratio; c.order == more && got != (figure{3, 2, 5, 3}) {
			t.Errorf("%s: ratio %+v", c.name, got)
		}
	}
}

func TestTheBetterModeGoesOn(t *testing.T) {
	slow, fast := script(1, 100, 100), script(2, 3, 4)
	w := work{name: "w", value: rateOf, better: more, rounds: 3, entrants: []entrant{
		{name: us, modes: one(script(6, 6, 6))},
		{name: "a", modes: []mode{{"slow", slow}, {"fast", fast}}},
	}}
	r := (&bench{}).measure(t.Context(), w)
	if *slow.turns != 1 || *fast.turns != 3 || r.Others[0].Mode != "fast" || r.Others[0].Value != (figure{3, 2, 4, 3}) {
		t.Errorf("%d and %d turns, %+v", *slow.turns, *fast.turns, r.Others[0])
	}
}

func TestWhatFailsIsNotedAndTheRestGoesOn(t *testing.T) {
	broken := script(5)
	w := work{name: "w", value: rateOf, better: more, rounds: 3, entrants: []entrant{
		{name: us, modes: one(script(10, 10, 10))},
		{name: "a", modes: one(broken)},
		{name: "b", modes: one(script(5, 5, 5)), rounds: 2},
	}, goal: goal{words: "a goal", against: []string{"a"}, limit: 2}}
	r := (&bench{}).measure(t.Context(), w)
	if *broken.turns != 2 || r.Others[0].Note == "" || r.Others[0].Value.Rounds != 1 || r.Met != met {
		t.Errorf("%d turns, %+v, met %q", *broken.turns, r.Others[0], r.Met)
	}
	if r.Others[1].Value.Rounds != 2 || r.Others[1].Note != "" {
		t.Errorf("two rounds were asked for: %+v", r.Others[1])
	}
	nothing := (&bench{}).measure(t.Context(), work{name: "w", value: rateOf, rounds: 1, entrants: []entrant{{name: us, modes: one(script())}},
		goal: goal{words: "a goal", limit: 1}})
	if nothing.Met != unknown || nothing.Note == "" {
		t.Errorf("what was not measured is judged: %+v", nothing)
	}
	alone := (&bench{}).measure(t.Context(), work{name: "w", value: rateOf, better: more, rounds: 1, entrants: []entrant{
		{name: us, modes: one(script(10))}, {name: "a", modes: one(script(1))}, {name: "b", modes: one(script())},
	}, goal: goal{words: "a goal", against: []string{"a", "b"}, limit: 2}})
	if alone.Met != unknown {
		t.Errorf("judged without a rival: %+v", alone)
	}
}

func TestLoadKeepsItsLanesBusy(t *testing.T) {
	release := make(chan struct{})
	begun := make(chan struct{}, 8)
	go func() {
		for range 3 {
			<-begun
		}
		close(release) // only when three lanes draw at the same time
	}()
	got, err := load(t.Context(), 3, 0, func(context.Context) (int, error) {
		begun <- struct{}{}
		<-release
		return 7, nil
	})
	if err != nil || got.Bytes != 7 || got.Rate <= 0 || got.P50 <= 0 {
		t.Errorf("%+v, %v", got, err)
	}
	refused := errors.New("refused")
	if _, err := load(t.Context(), 2, 3600, func(context.Context) (int, error) { return 0, refused }); !errors.Is(err, refused) {
		t.Errorf("error %v", err)
	}
}

func TestExponentIsThePower(t *testing.T) {
	for _, power := range []float64{0, 0.5, 1, 2} {
		var points []point
		for _, x := range []float64{1, 2, 4, 8, 16} {
			points = append(points, point{X: x, P50: 3 * math.Pow(x, power)})
		}
		points[0].P50 = 1000 // not among the last four points
		if got := exponent(points, 4); math.Abs(got-power) > 1e-9 {
			t.Errorf("power %v is told as %v", power, got)
		}
	}
}

func TestQuantiles(t *testing.T) {
	values := []float64{5, 1, 4, 2, 3}
	for q, want := range map[float64]float64{0: 1, 0.5: 3, 0.99: 5, 1: 5} {
		if got := quantile(values, q); got != want {
			t.Errorf("%v: %v, want %v", q, got, want)
		}
	}
	if got := median(nil); got != 0 {
		t.Errorf("of nothing: %v", got)
	}
	if ms(1500*time.Microsecond) != 1.5 {
		t.Error("1500 microseconds are not 1.5 ms")
	}
}

func TestEveryGoalNamesAnEntrant(t *testing.T) {
	b := &bench{photos: &photoServer{photos: map[string]*photo{"E": {}, "E6": {}, "S": {}}}}
	for _, w := range b.works() {
		var names []string
		for _, e := range w.entrants {
			names = append(names, e.name)
		}
		all := strings.Join(names, "\n") + "\n"
		for _, against := range w.goal.against {
			if !strings.Contains(all, against+"\n") {
				t.Errorf("%s: %q takes no part", w.name, against)
			}
		}
	}
}
