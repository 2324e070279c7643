package studio

import (
	"cmp"
	"context"
	"slices"
	"time"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/web"
	"newsroom.example/cards/share"
)

// spans are the windows of the statistics, the first one that without a choice.
var spans = []struct {
	name, label  string
	window, step time.Duration
}{
	{"24h", "24 hours", 24 * time.Hour, store.LongBucket}, {"7d", "7 days", 7 * 24 * time.Hour, 24 * time.Hour},
	{"30d", "30 days", store.ClickLife, 24 * time.Hour},
}

// statsOf returns the statistics of a story in the named window. A withdrawn story has none.
func (h *Handlers) statsOf(ctx context.Context, o *opened, name string) (s web.Stats, err error) {
	chosen := spans[0]
	for _, span := range spans {
		s.Windows = append(s.Windows, web.Option{Value: span.name, Label: span.label})
		if span.name == name {
			chosen = span
		}
	}
	s.Window, s.Daily = chosen.name, chosen.step > store.LongBucket
	if o.Withdrawn {
		return s, nil
	}
	since := h.Now().Add(-chosen.window)
	sums, err := h.Clicks.Stats(ctx, o.Article.ID, since)
	if err != nil {
		return s, err
	}
	points, err := h.Clicks.Series(ctx, o.Article.ID, since, chosen.step)
	if err != nil {
		return s, err
	}
	s.Raw = sums.Raw()
	addRows(&s, sums)
	s.Steps = stepsOf(points, since, h.Now(), chosen.step, targetsOf(sums))
	return s, nil
}

// targetsOf returns the targets of a story, the story itself first, then those that were used most.
func targetsOf(sums store.Stats) []string {
	targets := []string{}
	for target := range sums.By {
		targets = append(targets, target)
	}
	slices.SortFunc(targets, func(a, b string) int {
		return cmp.Or(cmp.Compare(sums.By[b], sums.By[a]), cmp.Compare(a, b))
	})
	return append([]string{""}, targets...)
}

// addRows adds a row for each target.
func addRows(s *web.Stats, sums store.Stats) {
	for _, target := range targetsOf(sums) {
		row := web.StatsRow{Label: "Reads", N: sums.Clicks}
		if target != "" {
			row = web.StatsRow{Label: labelOf(target), N: sums.By[target]}
		}
		s.Total += row.N
		s.Rows = append(s.Rows, row)
	}
	s.Paint()
}

// labelOf returns the name of a share target.
func labelOf(target string) string {
	if t, ok := share.Lookup(target); ok {
		return t.Label("en") // as the rest of the page
	}
	return target
}

// stepsOf returns all steps from since until now, also those without clicks.
func stepsOf(points []store.Point, since, now time.Time, step time.Duration, targets []string) (all []web.StatsStep) {
	for at := since.Truncate(step).UTC(); !at.After(now); at = at.Add(step) {
		one := web.StatsStep{At: at, N: make([]int64, len(targets))}
		for _, p := range points {
			if i := slices.Index(targets, p.Target); p.At.Equal(at) && i >= 0 {
				one.N[i] += p.N
			}
		}
		all = append(all, one)
	}
	return all
}
