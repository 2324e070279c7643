package main

import (
	"io"
	"net/http"
	"slices"
	"syscall"
	"testing"
	"time"
)

func TestAnswersAreSummedUp(t *testing.T) {
	began := time.Unix(1000, 0)
	all := []answer{
		{status: http.StatusOK, began: began, took: time.Second},
		{status: http.StatusOK, began: began.Add(time.Second), took: 3 * time.Second},
		{status: http.StatusServiceUnavailable, began: began, took: time.Millisecond},
		{began: began, took: time.Hour},
	}
	served := with(all, http.StatusOK)
	if len(served) != 2 || quantile(served, 0.99) != 3*time.Second || quantile(served, 0) != time.Second || quantile(nil, 0.5) != 0 {
		t.Errorf("%d served, %v", len(served), quantile(served, 0.99))
	}
	if n := within(served, all, 2*time.Second); n != 1 {
		t.Errorf("%d are answered in time", n)
	}
}

// TestVerdicts: each promise is kept by good answers, and broken by bad ones and by none.
func TestVerdicts(t *testing.T) {
	const length, capacity = 2 * time.Second, 5.0
	began := time.Unix(1000, 0)
	answers := func(n int, a answer) []answer {
		a.began = began
		return slices.Repeat([]answer{a}, n)
	}
	drawn, refused := answer{status: 200, took: time.Second}, answer{status: 503, took: time.Millisecond, retryAfter: true}
	storm := func(drawn, refused []answer) func(p *promises) {
		all := append(slices.Clone(drawn), refused...)
		return func(p *promises) {
			p.underLoad(all, answers(9, answer{status: 302, took: time.Millisecond}), capacity, length)
		}
	}
	meanwhile := func(all []answer) func(p *promises) { return func(p *promises) { p.meanwhile(all) } }
	asked := began.Add(500 * time.Millisecond)
	later := answer{status: 200, began: asked.Add(time.Millisecond)}
	ending := func(all []answer, took time.Duration, ready int, exit error) func(p *promises) {
		return func(p *promises) { p.ending(all, asked, took, ready, exit) }
	}
	for _, tt := range []struct {
		why   string
		judge func(p *promises)
		kept  bool
	}{
		{"a good storm", storm(answers(9, drawn), answers(91, refused)), true},
		{"nothing sent", storm(nil, nil), false},
		{"too little sent", storm(answers(9, drawn), answers(50, refused)), false},
		{"too little drawn", storm(answers(7, drawn), answers(93, refused)), false},
		{"drawn without their photos", storm(answers(9, answer{status: 200, took: 1, degraded: true}), answers(91, refused)), false},
		{"drawn too late", storm(append(answers(9, drawn), answers(1, answer{status: 200, took: 3 * time.Second})...), answers(90, refused)), false},
		{"nothing refused", storm(answers(100, drawn), nil), false},
		{"refused too late", storm(answers(9, drawn), answers(91, answer{status: 503, took: 51 * time.Millisecond, retryAfter: true})), false},
		{"refused without a time", storm(answers(9, drawn), answers(91, answer{status: 503})), false},
		{"answered otherwise", storm(answers(9, drawn), append(answers(91, refused), answers(1, answer{status: 500})...)), false},
		{"not answered", storm(answers(9, drawn), append(answers(91, refused), answers(1, answer{err: io.EOF})...)), false},
		{"good readers", meanwhile(answers(9, answer{status: 200})), true},
		{"no readers", meanwhile(nil), false},
		{"readers refused", meanwhile(append(answers(9, answer{status: 200}), refused)), false},
		{"readers not answered", meanwhile(append(answers(9, answer{status: 200}), answer{err: io.EOF})), false},
		{"readers wait", meanwhile(answers(9, answer{status: 200, took: time.Second})), false},
		{"a good end", ending(append(answers(1, drawn), later, answer{began: asked, err: syscall.ECONNREFUSED}), time.Second, 503, nil), true},
		{"nothing in flight", ending([]answer{later}, time.Second, 503, nil), false},
		{"nothing later", ending(answers(1, drawn), time.Second, 503, nil), false},
		{"cut in flight", ending(append(answers(1, answer{took: time.Second, err: io.EOF}), later), time.Second, 503, nil), false},
		{"cut later", ending(append(answers(1, drawn), later, answer{began: asked, err: io.EOF}), time.Second, 503, nil), false},
		{"ready", ending(append(answers(1, drawn), later), time.Second, 200, nil), false},
		{"not reached", ending(append(answers(1, drawn), later), time.Second, 0, nil), false},
		{"too long", ending(append(answers(1, drawn), later), time.Minute, 503, nil), false},
		{"another status", ending(append(answers(1, drawn), later), time.Second, 503, io.EOF), false},
	} {
		p := &promises{out: io.Discard}
		if tt.judge(p); p.broken == tt.kept {
			t.Errorf("%s: kept %t", tt.why, !p.broken)
		}
	}
}
