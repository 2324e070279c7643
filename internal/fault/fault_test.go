package fault

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// TestEveryKindHasAnAnswer: a kind without a row would answer with status 0.
func TestEveryKindHasAnAnswer(t *testing.T) {
	for k := range kinds {
		a := k.Answer()
		if a.Status < 400 || a.Code == "" || a.Message == "" && k != Invalid {
			t.Errorf("kind %d: %+v", k, a)
		}
		if k.OfPhoto() != (a.Code == "overloaded" && k == PhotoOverloaded || strings.Contains(a.Code, "image") || a.Code == "gone" || strings.HasPrefix(a.Code, "source_")) {
			t.Errorf("kind %d, %s: of a photo: %v", k, a.Code, k.OfPhoto())
		}
	}
	if kinds.Answer() != Internal.Answer() {
		t.Error("a kind that is none has an answer of its own")
	}
}

func TestKindOf(t *testing.T) {
	gone := Public(Gone, "withdrawn", "the story was withdrawn")
	for name, tt := range map[string]struct {
		err     error
		kind    Kind
		message string
	}{
		"nil":                  {nil, Internal, Internal.Answer().Message},
		"unknown":              {io.ErrUnexpectedEOF, Internal, Internal.Answer().Message},
		"of a kind":            {gone, Gone, "the story was withdrawn"},
		"wrapped":              {fmt.Errorf("put: %w", gone), Gone, "the story was withdrawn"},
		"the first of two":     {errors.Join(New(Overloaded, "full"), gone), Overloaded, Overloaded.Answer().Message},
		"two in one":           {fmt.Errorf("%w: %w", New(NotFound, "none"), context.Canceled), NotFound, "nothing is here"},
		"after an unknown one": {errors.Join(io.EOF, gone), Gone, "the story was withdrawn"},
		"a field":              {&Field{"url", "is required"}, Invalid, ""},
		"unnamed":              {Unnamed(3), Invalid, ""},
		"canceled":             {fmt.Errorf("read: %w", context.Canceled), Canceled, Canceled.Answer().Message},
		"too slow":             {context.DeadlineExceeded, Overloaded, Overloaded.Answer().Message},
	} {
		if got := KindOf(tt.err); got != tt.kind {
			t.Errorf("%s: kind %d, want %d", name, got, tt.kind)
		}
		if got := MessageOf(tt.err); got != tt.message {
			t.Errorf("%s: %q, want %q", name, got, tt.message)
		}
	}
}

func TestFields(t *testing.T) {
	var l List
	if l.Err() != nil {
		t.Error("an empty list is an error")
	}
	for i := range MaxNamed + 3 {
		l.Add(fmt.Sprint("tags.", i), "is empty")
	}
	l.Check("url", nil)
	l.Check("url", io.EOF)
	err := fmt.Errorf("put: %w", errors.Join(io.EOF, l.Err(), &Field{"site", "is required"}))
	named, unnamed := Fields(err)
	if len(named) != MaxNamed+1 || named[0].Error() != "tags.0 is empty" || named[MaxNamed].Field != "site" || unnamed != 4 {
		t.Errorf("%v and %d", named, unnamed)
	}
	if !errors.Is(err, ErrInvalid) || KindOf(err) != Invalid {
		t.Error("faults of fields are of no kind")
	}
}

// TestEveryCodeIsExplained: the reference explains the codes that are answered, and no others.
func TestEveryCodeIsExplained(t *testing.T) {
	known := map[string]bool{}
	for _, c := range Codes() {
		if known[c.Code] || len(c.Status) == 0 || c.When == "" || c.Do == "" {
			t.Errorf("%+v is explained twice, incomplete or never answered", c)
		}
		known[c.Code] = true
	}
	for _, a := range answers {
		if !known[a.Code] {
			t.Errorf("%s is not explained in codes.go", a.Code)
		}
	}
}
