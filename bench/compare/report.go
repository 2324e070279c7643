package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"
)

// report holds the results of a run, from which docs/performance.md is written.
type report struct {
	Date     time.Time
	Short    bool
	Took     string
	Machine  machine
	Versions []version
	Photos   []photoNote
	Rows     []row
	Curves   []curve
	Profile  []string // lines of the CPU profile while photo cards are drawn
	Notes    []string // failures
}

// photoNote describes a generated photo.
type photoNote struct {
	Name                          string
	Width, Height, Bytes, Quality int
}

// row compares the service with the other tools in one kind of work.
type row struct {
	Work   string
	Unit   string // "cards/s", "ms", "MB"...
	Ours   figure
	Others []other
	Goal   string // in words; empty: no goal
	Reach  float64
	Met    verdict
	Peak   int64  // our peak resident memory, in bytes; 0: not measured
	Note   string // a failure or an explanation
}

type other struct {
	Name  string
	Value figure
	Ratio figure // our value divided by this tool's, by round
	Peak  int64
	Mode  string // its faster mode of processes and renders
	Note  string
}

// figure is the median and the range of several rounds. The zero value means that nothing was measured.
type figure struct {
	Median, Low, High float64
	Rounds            int
}

func figureOf(values []float64) figure {
	if len(values) == 0 {
		return figure{}
	}
	m := median(values)
	return figure{Median: m, Low: values[0], High: values[len(values)-1], Rounds: len(values)}
}

// verdict is the result of comparing a value with a goal.
type verdict string

const (
	unknown verdict = ""
	met     verdict = "yes"
	missed  verdict = "no"
)

func judge(ok bool) verdict {
	if ok {
		return met
	}
	return missed
}

// curve shows how a time grows with a size X.
type curve struct {
	Name, XLabel, YLabel string
	Points               []point
	Goal                 string
	Value                float64
	Met                  verdict
}

// point holds the median and the 99th percentile of a time at X, in milliseconds.
type point struct{ X, P50, P99 float64 }

// growth holds the results of the growth command.
type growth struct {
	Date     time.Time
	Articles int
	Cards    int
	Clicks   int
	Machine  machine
	Curves   []curve
	Limits   []limit
}

// Many returns the number of articles, and Kept that of cached pictures, as the template needs them.
func (g growth) Many() float64 { return float64(g.Articles) }
func (g growth) Kept() float64 { return float64(g.Cards) }

// Taps returns the number of clicks, as the template needs it.
func (g growth) Taps() float64 { return float64(g.Clicks) }

// The files of the results, and the page and chart that are made from them.
const (
	compareFile = "bench/compare/results/compare.json"
	growthFile  = "bench/compare/results/growth.json"
	pageFile    = "docs/performance.md"
	chartFile   = "docs/performance.svg"
)

func save(path string, v any) error {
	raw, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, append(raw, '\n'), 0o644)
}

func read(path string, v any) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, v)
}
