package render

import (
	"encoding/json"
	"math"
	"strings"
)

// The public form of a plan, printed by cards render --plan.
type (
	planJSON struct {
		Width    int          `json:"width"`
		Height   int          `json:"height"`
		Crop     [4]int       `json:"crop"`               // x, y, w, h
		Portrait []int        `json:"portrait,omitempty"` // likewise, of the portrait
		Focus    string       `json:"focus,omitempty"`
		Way      string       `json:"way,omitempty"`
		Costs    []costJSON   `json:"costs,omitempty"`
		Contrast contrastJSON `json:"contrast"`
		Texts    []textJSON   `json:"texts"`
		LeftOut  []string     `json:"left_out,omitempty"`
		Warnings []string     `json:"warnings,omitempty"`
	}
	costJSON struct {
		Cost
		Total int `json:"total"`
	}
	contrastJSON struct {
		Headline float64  `json:"headline"`
		Caption  *float64 `json:"caption"`
	}
	textJSON struct {
		Role      string     `json:"role"`
		FontPx    float64    `json:"font_px"`
		Truncated bool       `json:"truncated"`
		Dir       string     `json:"dir"`
		Lines     []lineJSON `json:"lines"`
	}
	lineJSON struct {
		Text   string  `json:"text"`
		X      float64 `json:"x"`
		Y      float64 `json:"y"`
		Width  float64 `json:"width"`
		Height float64 `json:"height"`
	}
)

// MarshalJSON encodes the plan as `cards render --plan` prints it. A line's box extends from its ascenders to its
// descenders.
func (p Plan) MarshalJSON() ([]byte, error) {
	out := planJSON{
		Width: p.Width, Height: p.Height,
		Crop: [4]int{p.Crop.Min.X, p.Crop.Min.Y, p.Crop.Dx(), p.Crop.Dy()}, Focus: p.Focus, Way: p.Way,
		Contrast: contrastJSON{Headline: round2(p.Contrast.Headline)},
		Texts:    []textJSON{}, LeftOut: p.LeftOut, Warnings: p.Warnings,
	}
	if p.Contrast.Caption > 0 {
		c := round2(p.Contrast.Caption)
		out.Contrast.Caption = &c
	}
	if face := p.PortraitCrop; !face.Empty() {
		out.Portrait = []int{face.Min.X, face.Min.Y, face.Dx(), face.Dy()}
	}
	for _, c := range p.Costs {
		out.Costs = append(out.Costs, costJSON{c, c.Total()})
	}
	for _, op := range p.Ops {
		if run, ok := op.(Run); ok && run.Role != "mark" {
			out.Texts = append(out.Texts, run.texts()...)
		}
	}
	return json.Marshal(out)
}

// texts returns the run's texts by role; a caption with its credit has two.
func (r Run) texts() []textJSON {
	body := textJSON{
		Role: r.Role, FontPx: round2(r.Block.SizePx), Truncated: r.Block.Truncated, Dir: r.Block.Dir.String(),
	}
	tail := textJSON{Role: "credit", FontPx: body.FontPx, Dir: body.Dir}
	for i, l := range r.Block.Lines {
		x, _ := r.line(i)
		box := r.box(i)
		for _, f := range l.Fragments {
			line := lineJSON{
				Text: strings.TrimSpace(f.Text), X: round2(x + f.XPx), Y: float64(box.Min.Y),
				Width: round2(f.WidthPx), Height: float64(box.Dy()),
			}
			if f.Tail {
				tail.Lines = append(tail.Lines, line)
			} else {
				body.Lines = append(body.Lines, line)
			}
		}
	}
	var all []textJSON
	if len(body.Lines) > 0 {
		all = append(all, body)
	}
	if len(tail.Lines) > 0 {
		all = append(all, tail)
	}
	return all
}

func round2(v float64) float64 { return math.Floor(v*100) / 100 }
