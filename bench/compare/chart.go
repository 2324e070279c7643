package main

import (
	"bytes"
	"fmt"
	"html"
	"strings"
)

// Geometry of the chart, in pixels.
const (
	chartWidth = 860
	barHeight  = 18
	barGap     = 5
	labelWidth = 250
	barWidth   = 480
	headHeight = 34
)

type bar struct {
	name string
	f    figure
}

// chart returns an SVG bar chart that compares our rates with those of the other tools, for all work measured in cards
// a second. Each kind of work has its own group and scale. A line shows the range of the rounds.
func chart(r report) []byte {
	var body strings.Builder
	y := 0
	for _, row := range r.Rows {
		if row.Unit != "cards/s" || row.Ours.Rounds == 0 {
			continue
		}
		y += headHeight
		fmt.Fprintf(&body, `<text class="head" x="16" y="%d">%s (%s)</text>`+"\n", y-8, html.EscapeString(row.Work),
			html.EscapeString(row.Unit))
		y = group(&body, bars(row), y)
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" `+
		`role="img" aria-label="Cards a second, beside other tools">`+"\n", chartWidth, y+16)
	out.WriteString(chartStyle)
	out.WriteString(body.String())
	out.WriteString("</svg>\n")
	return out.Bytes()
}

const chartStyle = `<style>
text{font:13px sans-serif;fill:#16181d}.head{font-weight:bold}.name{text-anchor:end}
.ours{fill:#0b6e4f}.theirs{fill:#9aa3ad}.range{stroke:#16181d;stroke-width:1.5}.ground{fill:#fff}
</style>
<rect class="ground" width="100%" height="100%"/>
`

// bars returns our bar and then those of the other tools that were measured, in the order of the row.
func bars(r row) []bar {
	all := []bar{{us, r.Ours}}
	for _, o := range r.Others {
		if o.Value.Rounds > 0 {
			all = append(all, bar{o.Name, o.Value})
		}
	}
	return all
}

// group draws the bars downward from y and returns the y at their end, in pixels.
func group(w *strings.Builder, all []bar, y int) int {
	most := 0.0
	for _, b := range all {
		most = max(most, b.f.High)
	}
	x := func(v float64) int { return labelWidth + int(v/most*barWidth) }
	for _, b := range all {
		class := "theirs"
		if strings.HasPrefix(b.name, us) {
			class = "ours"
		}
		middle := y + barHeight/2
		fmt.Fprintf(w, `<text class="name" x="%d" y="%d">%s</text>`, labelWidth-8, middle+5, html.EscapeString(b.name))
		fmt.Fprintf(w, `<rect class="%s" x="%d" y="%d" width="%d" height="%d"/>`, class, labelWidth, y,
			max(1, x(b.f.Median)-labelWidth), barHeight)
		fmt.Fprintf(w, `<line class="range" x1="%d" y1="%d" x2="%d" y2="%d"/>`, x(b.f.Low), middle, x(b.f.High), middle)
		fmt.Fprintf(w, `<text x="%d" y="%d">%s</text>`+"\n", x(b.f.High)+8, middle+5, number(b.f.Median))
		y += barHeight + barGap
	}
	return y
}
