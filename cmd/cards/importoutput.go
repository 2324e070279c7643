package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/schollz/progressbar/v3"

	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/intake"
)

// importOutput prints what becomes of stories: what failed when it happens, and the sums at the end.
type importOutput struct {
	std      stdio
	json     bool
	bar      *progressbar.ProgressBar
	outcomes map[intake.Outcome]int
	warnings map[string]int // by code
	err      error          // of writing
}

// importLine is the JSON line of a story.
type importLine struct {
	Where    string    `json:"where"`
	URL      string    `json:"url"`
	ID       string    `json:"id,omitempty"`
	Outcome  string    `json:"outcome"`
	Error    string    `json:"error,omitempty"`
	Warnings []warning `json:"warnings,omitempty"`
}

type warning struct {
	Code    string `json:"code"`
	Field   string `json:"field,omitempty"`
	Message string `json:"message"`
}

func newImportOutput(std stdio, json bool, stories int) *importOutput {
	to := io.Discard
	if f, ok := std.err.(*os.File); ok && isatty.IsTerminal(f.Fd()) {
		to = f
	}
	bar := progressbar.NewOptions(stories, progressbar.OptionSetWriter(to), progressbar.OptionShowCount(),
		progressbar.OptionShowIts(), progressbar.OptionSetItsString("stories"), progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(time.Second/5), progressbar.OptionClearOnFinish(), progressbar.OptionFullWidth())
	return &importOutput{std: std, json: json, bar: bar, outcomes: map[intake.Outcome]int{}, warnings: map[string]int{}}
}

// add takes the result of a story.
func (o *importOutput) add(r intake.Result) {
	o.outcomes[r.Outcome]++
	line := importLine{Where: r.Where, URL: r.URL, ID: r.ID, Outcome: string(r.Outcome)}
	if r.Err != nil {
		line.Error = importReason(r.Err)
	}
	for _, w := range r.Warnings {
		o.warnings[w.Code]++
		line.Warnings = append(line.Warnings, warning{w.Code, w.Field, w.Message})
	}
	switch {
	case o.json:
		o.err = errors.Join(o.err, json.NewEncoder(o.std.out).Encode(line))
	case r.Err != nil:
		_ = o.bar.Clear()
		_, err := fmt.Fprintf(o.std.out, "failed: %s, %s: %s\n", line.Where, line.URL, line.Error)
		o.err = errors.Join(o.err, err)
	}
	_ = o.bar.Add(1) // what cannot be shown is no failure
}

// importReason returns why a story failed, in words for the operator of the site.
func importReason(err error) string {
	var status *fetch.StatusError
	switch {
	case errors.As(err, &status):
		return fmt.Sprintf("the page has the status %d", status.Status)
	case errors.Is(err, fetch.ErrTimeout):
		return "the page did not come in time"
	}
	return oneLine(err)
}

// end prints the sums. stopped is why the import ended before its end. The error says what is not done.
func (o *importOutput) end(stopped error) error {
	_ = o.bar.Exit()
	to := o.std.out
	if o.json {
		to = o.std.err
	}
	sum := 0
	for _, outcome := range slices.Sorted(maps.Keys(o.outcomes)) {
		fmt.Fprintf(to, "%6d %s\n", o.outcomes[outcome], outcome)
		sum += o.outcomes[outcome]
	}
	for _, code := range slices.Sorted(maps.Keys(o.warnings)) {
		fmt.Fprintf(to, "%6d warnings %s\n", o.warnings[code], code)
	}
	switch failed := o.outcomes[intake.Failed]; {
	case stopped != nil:
		return fmt.Errorf("%w: run the same command again to go on", stopped)
	case o.err != nil:
		return o.err
	case failed > 0:
		return fmt.Errorf("%d of %s failed", failed, storiesOf(sum))
	}
	return nil
}
