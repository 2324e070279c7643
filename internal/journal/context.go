package journal

import (
	"context"
	"strings"
	"time"
)

type key struct{}

// By returns a context in which who makes the changes.
func By(ctx context.Context, who string) context.Context {
	e := from(ctx)
	e.Who = who
	return context.WithValue(ctx, key{}, e)
}

// Doing returns a context in which changes are entered as the action.
func Doing(ctx context.Context, action Action) context.Context {
	e := from(ctx)
	e.Action = action
	return context.WithValue(ctx, key{}, e)
}

// About returns a context in which the entries of changes have the detail.
func About(ctx context.Context, detail string) context.Context {
	e := from(ctx)
	e.Detail = detail
	return context.WithValue(ctx, key{}, e)
}

// Of returns the entry of a change at a time in the context, for a store to complete. ok is false if the change is not
// to be entered: nothing says what it is.
func Of(ctx context.Context, at time.Time) (e Entry, ok bool) {
	e = from(ctx)
	e.At = at
	return e, e.Action != ""
}

// Enter records what was done in the context, where no change of the store does.
func Enter(ctx context.Context, s Store, action Action, detail string, at time.Time) error {
	e, _ := Of(About(Doing(ctx, action), detail), at)
	return s.AddEntry(ctx, e)
}

func from(ctx context.Context) Entry {
	e, _ := ctx.Value(key{}).(Entry)
	return e
}

// Fit returns the entry as a store keeps it: with its time in whole milliseconds, and with texts of at most MaxText
// bytes, valid and without NUL.
func (e Entry) Fit() Entry {
	e.At = e.At.UTC().Truncate(time.Millisecond)
	e.Who, e.Detail = fit(e.Who), fit(e.Detail)
	return e
}

func fit(s string) string {
	s = strings.ReplaceAll(s, "\x00", "")
	return strings.ToValidUTF8(s[:min(len(s), MaxText)], "")
}
