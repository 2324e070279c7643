package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"
)

// report is what a run found: what docs/performance.md is made of.
type report struct {
	Date     time.Time
	Short    bool
	Took     string
	Machine  machine
	Versions []version
	Photos   []photoNote
	Rows     []row
	Curves   []curve
	Profile  []string // lines of the processor's profile while photo cards are drawn
	Notes    []string // what went wrong
}

// photoNote describes a made-up photo.
type photoNote struct {
	Name                          string
	Width, Height, Bytes, Quality int
}

// row is one kind of work, and how ours stands beside the others.
type row struct {
	Work   string
	Unit   string // "cards/s", "ms", "MB"...
	Ours   figure
	Others []other
	Goal   string // in words; empty: none is set
	Reach  float64
	Met    verdict
	Peak   int64  // resident memory of ours, bytes; 0: not asked
	Note   string // what went wrong, or has to be known
}

type other struct {
	Name  string
	Value figure
	Ratio figure // ours divided by it, round by round
	Peak  int64
	Mode  string // how its processes and renders were the better
	Note  string
}

// figure is a median and the range of its rounds. The zero figure is none.
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

// verdict says whether a goal is reached.
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

// curve is how a cost grows with something.
type curve struct {
	Name, XLabel, YLabel string
	Points               []point
	Goal                 string
	Value                float64
	Met                  verdict
}

// point is a cost in milliseconds, its median and its 99th percentile, at X.
type point struct{ X, P50, P99 float64 }

// growth is what the growth command found.
type growth struct {
	Date     time.Time
	Articles int
	Cards    int
	Machine  machine
	Curves   []curve
}

// Many and Kept are how many there were of each.
func (g growth) Many() float64 { return float64(g.Articles) }
func (g growth) Kept() float64 { return float64(g.Cards) }

// Where the results are kept, and the page that is made of them.
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
