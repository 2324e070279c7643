package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// outcome is what a drill has measured, for the page.
type outcome struct {
	named, again                   time.Duration // until /readyz named the part, and until it was ready again
	articles, clicks, photos, lost int           // acknowledged, and lost of these
	row                            []string      // without the name of the drill
}

// faultHead is the head of the table of most drills.
var faultHead = []string{
	"fault", "lasts", "redirects, all served: number, 99 %, slowest", "pictures, all served: number, slowest",
	"refused: articles, photos", "`/readyz` names the part after", "ready again after",
	"acknowledged and kept: articles, clicks, photos",
}

// row returns what the table says of a drill.
func (b *bench) row(l *load, f fault) []string {
	pictures, slowest := 0, time.Duration(0)
	for _, what := range pictureKinds {
		pictures += len(l.times[what])
		slowest = max(slowest, l.slowest(what, time.Time{}, time.Now()))
	}
	named := "-"
	if len(f.parts) > 0 {
		named = seconds(b.out.named)
	}
	lasts := "-"
	if f.end != nil {
		lasts = fmt.Sprintf("%.0f s", f.ended.Sub(f.began).Seconds())
	}
	return []string{
		lasts,
		fmt.Sprintf("%s, %s, %s", thousands(len(l.clicks)), milliseconds(l.percentile("redirect", 99)),
			milliseconds(l.slowest("redirect", time.Time{}, time.Now()))),
		fmt.Sprintf("%s, %s", thousands(pictures), milliseconds(slowest)),
		fmt.Sprintf("%d, %d", l.failed("article"), l.failed("photo")),
		named, seconds(b.out.again), b.lost(),
	}
}

// lost says what was acknowledged and is there.
func (b *bench) lost() string {
	text := fmt.Sprintf("%s, %s, %s", thousands(b.out.articles), thousands(b.out.clicks), thousands(b.out.photos))
	if b.out.lost > 0 {
		text += fmt.Sprintf(" (%d **lost**)", b.out.lost)
	}
	return text
}

// table is a table of the page.
type table struct {
	head    []string
	rows    [][]string
	skipped []string
}

func newTable(head []string) *table { return &table{head: head} }

func (t *table) add(name string, row []string) {
	t.rows = append(t.rows, append([]string{name}, row...))
}

func (t *table) skip(name string, why error) {
	t.skipped = append(t.skipped, fmt.Sprintf("Not run: %s (%v).", name, why))
}

// text returns the table, with the machine.
func (t *table) text(machine string, took time.Duration) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n(%s; %s.)\n\n", machine, took.Round(time.Second))
	line := func(cells []string) { fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | ")) }
	line(t.head)
	fmt.Fprintf(&b, "|%s\n", strings.Repeat("---|", len(t.head)))
	for _, row := range t.rows {
		line(row)
	}
	for _, s := range t.skipped {
		fmt.Fprintf(&b, "\n%s\n", s)
	}
	return b.String() + "\n"
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

func milliseconds(d time.Duration) string {
	if d >= time.Second {
		return seconds(d)
	}
	return fmt.Sprintf("%.0f ms", float64(d)/float64(time.Millisecond))
}

func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
