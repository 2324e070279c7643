package main

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"text/template"
)

//go:embed page.md.tmpl
var pageSource string

// pageData is the data of the page's template.
type pageData struct {
	report
	Growth *growth // nil: not measured yet
}

// writePage writes docs/performance.md and its chart from the saved results.
func writePage() error {
	var d pageData
	if err := read(compareFile, &d.report); err != nil {
		return fmt.Errorf("there are no results yet; run `make compare`: %w", err)
	}
	var g growth
	switch err := read(growthFile, &g); {
	case err == nil:
		d.Growth = &g
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	var out bytes.Buffer
	if err := pageTemplate.Execute(&out, d); err != nil {
		return err
	}
	if err := os.WriteFile(chartFile, chart(d.report), 0o644); err != nil {
		return err
	}
	return os.WriteFile(pageFile, out.Bytes(), 0o644)
}

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"figure": showFigure, "ratio": showRatio, "peak": showPeak, "number": number, "count": count, "reached": showReach,
	"best": summary, "cell": cell,
}).Parse(pageSource))

// printReport writes the report as plain text.
func printReport(w io.Writer, r report) error {
	var b strings.Builder
	for _, row := range r.Rows {
		fmt.Fprintf(&b, "\n%s [%s]\n  %-36s %12s", row.Work, row.Unit, us, number(row.Ours.Median))
		if row.Goal != "" {
			fmt.Fprintf(&b, "   goal: %s; now %s: %s", row.Goal, number(row.Reach), row.Met)
		}
		fmt.Fprintln(&b, suffix(row.Note))
		for _, o := range row.Others {
			fmt.Fprintf(&b, "  %-36s %12s   ours is %s of it%s\n", o.Name, number(o.Value.Median), number(o.Ratio.Median),
				suffix(o.Note))
		}
	}
	fmt.Fprintf(&b, "\nThis was one short round, at a load of %s on %d cores: nothing to judge by.\n", r.Machine.Load,
		r.Machine.Cores)
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "note: %s\n", n)
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return err
	}
	return printCurves(w, r.Curves)
}

func suffix(note string) string {
	if note == "" {
		return ""
	}
	return "   (" + cell(note) + ")"
}

func printCurves(w io.Writer, curves []curve) error {
	for _, c := range curves {
		fmt.Fprintf(w, "\n%s [%s]: %s; now %s: %s\n", c.Name, c.YLabel, c.Goal, number(c.Value), c.Met)
		for _, p := range c.Points {
			if _, err := fmt.Fprintf(w, "  %12s %-14s %10s   p99 %s\n", count(p.X), c.XLabel, number(p.P50),
				number(p.P99)); err != nil {
				return err
			}
		}
	}
	return nil
}

// count formats a number that was chosen and not measured: exactly below 1,000, otherwise as an integer with commas.
func count(v float64) string {
	if v >= 1000 {
		return number(v)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// number formats a measured number with three significant digits, or as an integer with commas if it is at least 1,000.
// 0 gives "-".
func number(v float64) string {
	switch {
	case v == 0:
		return "-"
	case v >= 1000:
		s := fmt.Sprintf("%.0f", v)
		for i := len(s) - 3; i > 0; i -= 3 {
			s = s[:i] + "," + s[i:]
		}
		return s
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

// showFigure formats a median, with the range if there were several rounds.
func showFigure(f figure) string {
	if f.Rounds < 2 {
		return number(f.Median)
	}
	return fmt.Sprintf("%s (%s to %s)", number(f.Median), number(f.Low), number(f.High))
}

func showRatio(f figure) string {
	if f.Rounds == 0 {
		return "-"
	}
	return showFigure(f)
}

func showPeak(bytes int64) string {
	if bytes == 0 {
		return "-"
	}
	return number(float64(bytes) / mega)
}

// showReach formats the number that is compared with the goal: a ratio if the goal names rivals, otherwise the value.
func showReach(r row) string {
	if r.Met == unknown {
		return "-"
	}
	return number(r.Reach)
}

// summary lists the medians of the other tools for one cell of a table.
func summary(r row) string {
	var all []string
	for _, o := range r.Others {
		if o.Value.Rounds > 0 && !strings.HasPrefix(o.Name, us) {
			all = append(all, o.Name+" "+number(o.Value.Median))
		}
	}
	if len(all) == 0 {
		return "-"
	}
	return strings.Join(all, "; ")
}

// cell makes text fit a cell of a Markdown table: one line without bars, at most 160 characters before "...".
func cell(s string) string {
	s = strings.Join(strings.Fields(strings.ReplaceAll(s, "|", "/")), " ")
	if r := []rune(s); len(r) > 160 {
		s = string(r[:160]) + "..."
	}
	return s
}
