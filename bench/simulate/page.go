package main

import (
	"fmt"
	"strconv"
	"strings"
)

// The parts of the page, by the commands that write them.
const (
	dayCommand  = "make simulate"
	planCommand = "go run ./bench/simulate -write plan"
)

// tableNames are the tables in the order of the page.
var tableNames = []string{
	"articles", "versions", "story_1h", "story_1d", "target_1h", "clicks", "uncounted_1h", "seen", "networks",
}

// dayText returns what was measured beside what the model says.
func dayText(all []result, machine string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n(%s.)\n", machine)
	for _, r := range all {
		fmt.Fprintf(&b, "\n**%s**: %s views of cards in a day of %s, of which the %d edges answered %.2f %%. The machine took"+
			" %.2f times the processor time of that of the constants for the same work. Memory of one process: %d MiB at most"+
			" (bound: %d MiB). Of the requests, %s were refused with 503 and sent again.\n\n", r.setup, number(float64(r.views)), r.took.Round(1e9), dayEdges, 100*r.hit, r.slower,
			r.peak>>20, mostMemory>>20, number(float64(r.refused)))
		fmt.Fprint(&b, "| reached the service |")
		for k := range kinds {
			fmt.Fprintf(&b, " %s |", k)
		}
		fmt.Fprint(&b, "\n|---|", strings.Repeat("---:|", int(kinds)), "\n| requests |")
		for _, n := range r.requests {
			fmt.Fprintf(&b, " %s |", number(n))
		}
		fmt.Fprint(&b, "\n\n| | model | measured | off by |\n|---|---:|---:|---:|\n")
		for _, c := range r.compared {
			verdict := ""
			if c.off() {
				verdict = fmt.Sprintf(" **more than %.0f %%**", 100*bound)
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %+.0f %%%s |\n", c.name, quantity(c.model, c.unit), quantity(c.measured, c.unit),
				100*(c.measured/c.model-1), verdict)
		}
	}
	return b.String() + "\n"
}

// plans are the days of the plan.
var plans = []traffic{
	day(1e6, 100, 20), day(1e7, 300, 50), day(1e8, 800, 100), day(1e9, 2000, 200),
}

// planText returns the tables of the plan.
func planText() string {
	var b strings.Builder
	fmt.Fprint(&b, "\n| views of cards a day |")
	all := make([]plan, len(plans))
	for i, t := range plans {
		all[i] = planFor(t)
		fmt.Fprintf(&b, " %s |", number(t.views))
	}
	fmt.Fprint(&b, "\n|---|", strings.Repeat("---:|", len(all)), "\n")
	row := func(name string, of func(p plan) string) {
		fmt.Fprintf(&b, "| %s |", name)
		for _, p := range all {
			fmt.Fprintf(&b, " %s |", of(p))
		}
		fmt.Fprintln(&b)
	}
	row("stories a day; edges of the CDN (assumed)", func(p plan) string {
		return number(p.t.stories) + "; " + number(p.t.edges)
	})
	row("the CDN answers", func(p plan) string { return fmt.Sprintf("%.2f %%", 100*p.t.hit()) })
	row("requests a second at the service, in the busiest minute", func(p plan) string { return quantity(p.perSecond, "") })
	row("of these taps on short links", func(p plan) string { return quantity(p.tapsASecond, "") })
	row("cores of the service, half used in that minute", func(p plan) string { return quantity(p.cores, "") })
	row("cores of PostgreSQL, the same", func(p plan) string { return quantity(p.databaseCores, "") })
	row("replicas of two cores and 512 MiB, one of which may be lost", func(p plan) string { return strconv.Itoa(p.replicas) })
	row("rows after a year, millions", func(p plan) string { return quantity(p.rows/1e6, "") })
	row("database after a year", func(p plan) string { return quantity(p.databaseGB, "GB") })
	row("bucket: photos of a year, cards of 30 days", func(p plan) string { return quantity(p.bucketGB, "GB") })
	row("the CDN sends in a month", func(p plan) string { return quantity(p.cdnTB, "TB") })
	fmt.Fprintf(&b, "| **dollars a month** (assumed prices of %d) |%s\n", pricesOf, strings.Repeat(" |", len(all)))
	row("machines of the service", func(p plan) string { return quantity(p.machines, "") })
	row("database", func(p plan) string { return quantity(p.database, "") })
	row("bucket", func(p plan) string { return quantity(p.bucket, "") })
	row("CDN", func(p plan) string { return quantity(p.cdn, "") })
	row("together", func(p plan) string { return quantity(p.money(), "") })
	costsText(&b)
	return b.String() + "\n"
}

// costsText writes what the model knows.
func costsText(b *strings.Builder) {
	fmt.Fprintf(b, "\nWhat one request takes, in milliseconds of a core: in the service alone, with SQLite and a folder; then in"+
		" the service, in PostgreSQL and in the S3 server, with these.\n\n")
	fmt.Fprint(b, "| request | alone | service | PostgreSQL | S3 |\n|---|---:|---:|---:|---:|\n")
	for k := range kinds {
		s := costs[shared][k]
		fmt.Fprintf(b, "| %s | %.2f | %.2f | %.2f | %.2f |\n", k, 1000*costs[alone][k].service.Seconds(),
			1000*s.service.Seconds(), 1000*s.database.Seconds(), 1000*s.objects.Seconds())
	}
	fmt.Fprint(b, "\nBytes of a row, with its indexes: ")
	for i, name := range tableNames {
		if i > 0 {
			fmt.Fprint(b, ", ")
		}
		fmt.Fprintf(b, "`%s` %s", name, number(rowBytes[name]))
	}
	fmt.Fprintf(b, ". A card of 1200x630 has %s kB on average, the photo of the simulation %s kB.\n", number(cardBytes/1000),
		number(photoBytes/1000))
}

// quantity writes a number with two or three digits, and its unit.
func quantity(x float64, unit string) string {
	var text string
	switch {
	case x >= 100:
		text = number(x)
	case x >= 10:
		text = fmt.Sprintf("%.0f", x)
	case x >= 1:
		text = fmt.Sprintf("%.1f", x)
	default:
		text = fmt.Sprintf("%.2f", x)
	}
	if unit != "" {
		text += " " + unit
	}
	return text
}

// number writes a whole number with commas.
func number(x float64) string {
	digits := strconv.FormatFloat(x, 'f', 0, 64)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
