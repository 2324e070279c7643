package main

import (
	"fmt"
	"text/tabwriter"

	"newsroom.example/cards/internal/advice"
	"newsroom.example/cards/internal/audit"
	"newsroom.example/cards/internal/fault"
)

// auditOutput prints the reports of an audit: as lines while they come, or as JSON at the end.
type auditOutput struct {
	std     stdio
	json    bool
	hints   bool
	answer  auditAnswer
	warning int // stories with warnings, or that could not be checked
}

// auditAnswer is the JSON output.
type auditAnswer struct {
	Checked    int           `json:"checked"`
	Clean      int           `json:"clean"`
	NotChecked int           `json:"not_checked"`
	Stories    []auditResult `json:"stories"`
}

type auditResult struct {
	Story  string      `json:"story"`
	Error  string      `json:"error,omitempty"` // why it could not be checked
	Checks []checkLine `json:"checks"`
}

type checkLine struct {
	Level   string `json:"level"` // fault, note or hint
	Code    string `json:"code"`
	Field   string `json:"field,omitempty"`
	Size    string `json:"size,omitempty"`
	Message string `json:"message"`
}

func newAuditOutput(std stdio, json, hints bool) *auditOutput {
	return &auditOutput{std: std, json: json, hints: hints, answer: auditAnswer{Stories: []auditResult{}}}
}

// add takes the report of the next story.
func (o *auditOutput) add(r audit.Report) {
	o.answer.Checked++
	if r.IsClean() {
		o.answer.Clean++
	} else {
		o.warning++
	}
	result := auditResult{Story: r.Story, Checks: []checkLine{}}
	if r.Err != nil {
		result.Error = reasonOf(r.Err)
	}
	for _, c := range r.Checks {
		if !c.Hint || o.hints {
			result.Checks = append(result.Checks, lineOf(c))
		}
	}
	if o.json {
		o.answer.Stories = append(o.answer.Stories, result)
		return
	}
	o.print(result)
}

// reasonOf returns why a story could not be checked, as clients of the API learn it.
func reasonOf(err error) string {
	if kind := fault.KindOf(err); kind.OfPhoto() {
		return fault.MessageOf(err)
	}
	return oneLine(err)
}

func lineOf(c advice.Check) checkLine {
	l := checkLine{Level: string(c.Level), Code: c.Code, Field: c.Field, Size: c.Size, Message: c.Message}
	if c.Hint {
		l.Level = "hint"
	}
	return l
}

func (o *auditOutput) print(r auditResult) {
	if r.Error == "" && len(r.Checks) == 0 {
		fmt.Fprintf(o.std.out, "%s: clean\n", r.Story)
		return
	}
	fmt.Fprintln(o.std.out, r.Story)
	w := tabwriter.NewWriter(o.std.out, 0, 4, 2, ' ', 0)
	if r.Error != "" {
		fmt.Fprintf(w, "  error\t\t\t%s\n", r.Error)
	}
	for _, c := range r.Checks {
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", c.Level, c.Code, c.Field, c.Message)
	}
	_ = w.Flush() // as for the other lines: the exit status tells the result
}

// end prints the end. The error says how many stories have warnings.
func (o *auditOutput) end(notChecked int) error {
	o.answer.NotChecked = notChecked
	if o.json {
		if err := printJSON(o.std, o.answer); err != nil {
			return err
		}
	} else if notChecked > 0 {
		fmt.Fprintf(o.std.out, "%s more not checked\n", storiesOf(notChecked))
	}
	if o.warning > 0 {
		return fmt.Errorf("%d of %s not clean", o.warning, storiesOf(o.answer.Checked))
	}
	if !o.json {
		fmt.Fprintf(o.std.out, "%s checked, all clean\n", storiesOf(o.answer.Checked))
	}
	return nil
}

// storiesOf returns a number of stories in words.
func storiesOf(n int) string {
	if n == 1 {
		return "1 story"
	}
	return fmt.Sprintf("%d stories", n)
}
