package web

import (
	"fmt"
	"strconv"
	"time"
)

// Stats are a story's clicks and shares in a window.
type Stats struct {
	Window  string // as in the address: 24h, 7d or 30d
	Windows []Option
	Daily   bool // the steps are days (UTC), not hours
	Rows    []StatsRow
	Steps   []StatsStep
	Total   int64
	Raw     int64 // all requests, also those that are not counted
}

// StatsRow is the sum of one target: the story itself, or a share target. Class says its colour in the chart.
type StatsRow struct {
	Label, Class string
	N            int64
}

// StatsStep is an hour or a day, with the numbers of the rows.
type StatsStep struct {
	At time.Time
	N  []int64
}

// Colours of the chart: the largest targets have one each, the others share the last.
const colours = 6

// Paint gives each row its colour. The rows are in the order in which they are stacked.
func (s *Stats) Paint() {
	for i := range s.Rows {
		s.Rows[i].Class = fmt.Sprintf("tone-%d", min(i, colours-1))
	}
}

// Label returns the time of a step.
func (s Stats) Label(step StatsStep) string {
	if s.Daily {
		return step.At.UTC().Format("2 Jan")
	}
	return step.At.In(time.Local).Format("15:04")
}

// Bar is a rectangle of the chart, in a box that is 10 units wide for each step and 100 high.
type Bar struct {
	Class      string
	X, Y, W, H string
}

// Column is a step of the chart.
type Column struct {
	Title string
	Bars  []Bar
}

// Width returns the width of the chart's box.
func (s Stats) Width() int { return 10 * max(1, len(s.Steps)) }

// Most returns the number at the top of the chart: a round one that no step exceeds.
func (s Stats) Most() int64 {
	most := int64(1)
	for _, step := range s.Steps {
		most = max(most, step.sum())
	}
	for unit := int64(1); ; unit *= 10 {
		for _, times := range []int64{1, 2, 5} {
			if unit*times >= most {
				return max(2, unit*times)
			}
		}
	}
}

// Half returns the number in the middle of the chart.
func (s Stats) Half() string {
	if most := s.Most(); most%2 == 0 {
		return strconv.FormatInt(most/2, 10)
	}
	return ""
}

func (s StatsStep) sum() (sum int64) {
	for _, n := range s.N {
		sum += n
	}
	return sum
}

// Columns returns the columns of the chart.
func (s Stats) Columns() []Column {
	most := float64(s.Most())
	all := make([]Column, 0, len(s.Steps))
	for i, step := range s.Steps {
		column := Column{Title: fmt.Sprintf("%s: %d", s.Label(step), step.sum())}
		foot := 100.0
		for row, n := range step.N {
			if n == 0 {
				continue
			}
			height := 100 * float64(n) / most
			foot -= height
			column.Bars = append(column.Bars, Bar{Class: s.Rows[row].Class, X: fmt.Sprintf("%.1f", 10*float64(i)+1),
				Y: fmt.Sprintf("%.2f", foot), W: "8", H: fmt.Sprintf("%.2f", height)})
		}
		all = append(all, column)
	}
	return all
}

// Ends returns the labels of the first step, the one in the middle and the last one.
func (s Stats) Ends() []string {
	if len(s.Steps) < 3 {
		return nil
	}
	return []string{s.Label(s.Steps[0]), s.Label(s.Steps[len(s.Steps)/2]), s.Label(s.Steps[len(s.Steps)-1])}
}

// Summary describes the chart for people who cannot see it.
func (s Stats) Summary() string {
	unit := "hour"
	if s.Daily {
		unit = "day"
	}
	text := fmt.Sprintf("Reads and shares by %s: %d in all.", unit, s.Total)
	best := -1
	for i, step := range s.Steps {
		if step.sum() > 0 && (best < 0 || step.sum() > s.Steps[best].sum()) {
			best = i
		}
	}
	if best >= 0 {
		text += fmt.Sprintf(" Most at %s: %d.", s.Label(s.Steps[best]), s.Steps[best].sum())
	}
	return text
}
