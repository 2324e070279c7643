package journal

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

var noon = time.Date(2026, 11, 30, 12, 0, 0, 123_456_789, time.FixedZone("", 3600))

// TestContext: a context says who does what, in any order, and the last one counts.
func TestContext(t *testing.T) {
	if e, ok := Of(t.Context(), noon); ok {
		t.Errorf("an empty context: %+v", e)
	}
	if e, ok := Of(By(t.Context(), "Ann"), noon); ok {
		t.Errorf("without an action: %+v", e)
	}
	for name, ctx := range map[string]Entry{
		"who first":    must(t, func() (Entry, bool) { return Of(Doing(By(t.Context(), "Ann"), Patch), noon) }),
		"action first": must(t, func() (Entry, bool) { return Of(By(Doing(t.Context(), Patch), "Ann"), noon) }),
		"twice": must(t, func() (Entry, bool) {
			return Of(Doing(By(Doing(By(t.Context(), "Ben"), Put), "Ann"), Patch), noon)
		}),
	} {
		if ctx != (Entry{At: noon, Who: "Ann", Action: Patch}) {
			t.Errorf("%s: %+v", name, ctx)
		}
	}
}

func must(t *testing.T, of func() (Entry, bool)) Entry {
	t.Helper()
	e, ok := of()
	if !ok {
		t.Error("no entry")
	}
	return e
}

// TestFit: what a store keeps is short, valid text without NUL, and a time in UTC.
func TestFit(t *testing.T) {
	e := Entry{At: noon, Who: "a\x00" + strings.Repeat("é", MaxText), Detail: "\xff!"}.Fit()
	if len(e.Who) > MaxText || len(e.Who) < MaxText-1 || !utf8.ValidString(e.Who) || strings.Contains(e.Who, "\x00") {
		t.Errorf("who has %d bytes: %q", len(e.Who), e.Who)
	}
	if e.Detail != "!" || !e.At.Equal(noon.Truncate(time.Millisecond)) || e.At.Location() != time.UTC {
		t.Errorf("%+v", e)
	}
}
