package intake

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"newsroom.example/cards/internal/fetch"
)

// site answers for all hosts. Pages have the body of their path.
type site struct {
	robots    string
	robotsErr error
	errs      map[string][]error // by URL: of the first fetches
	asked     []time.Duration    // since start
	start     time.Time
	rules     int // fetches of a robots.txt
}

func (s *site) Robots(context.Context, string) (fetch.Page, error) {
	s.rules++
	return fetch.Page{Data: []byte(s.robots)}, s.robotsErr
}

func (s *site) Page(_ context.Context, at string) (fetch.Page, error) {
	s.asked = append(s.asked, time.Since(s.start))
	if errs := s.errs[at]; len(errs) > 0 {
		s.errs[at] = errs[1:]
		return fetch.Page{}, errs[0]
	}
	return fetch.Page{URL: at, Type: "text/html", Data: []byte("<title>" + at + "</title>")}, nil
}

// TestPace: pages of a host are read no faster than allowed, those of another do not wait for it, and a host that is
// too busy is left alone for as long as it asks.
func TestPace(t *testing.T) {
	busy := &fetch.StatusError{Status: 429, RetryAfter: 7 * time.Second}
	away := &fetch.StatusError{Status: 503}
	for name, tt := range map[string]struct {
		robots string
		errs   map[string][]error
		pages  []string
		want   string // seconds of each fetch
		err    error
	}{
		"two a second":           {pages: []string{"https://a.example/1", "https://a.example/2", "https://a.example/3"}, want: "0s 500ms 1s"},
		"two hosts":              {pages: []string{"https://a.example/1", "https://b.example/1"}, want: "0s 0s"},
		"a slow host":            {robots: "User-agent: cards\nCrawl-delay: 3", pages: []string{"https://a.example/1", "https://a.example/2"}, want: "0s 3s"},
		"a very slow host":       {robots: "User-agent: *\nCrawl-delay: 3600", pages: []string{"https://a.example/1", "https://a.example/2"}, want: "0s 30s"},
		"a busy host":            {errs: map[string][]error{"https://a.example/1": {busy}}, pages: []string{"https://a.example/1", "https://a.example/2"}, want: "0s 7s 7.5s"},
		"a host that is away":    {errs: map[string][]error{"https://a.example/1": {away, away, away, away}}, pages: []string{"https://a.example/1"}, want: "0s 5s 15s 35s", err: away},
		"a page that is missing": {errs: map[string][]error{"https://a.example/1": {&fetch.StatusError{Status: 404}}}, pages: []string{"https://a.example/1"}, want: "0s", err: &fetch.StatusError{Status: 404}},
		"rules for others":       {robots: "User-agent: other\nDisallow: /", pages: []string{"https://a.example/1"}, want: "0s"},
		"a page that is closed":  {robots: "User-agent: *\nDisallow: /p", pages: []string{"https://a.example/p?a=1"}, want: "", err: ErrRobots},
		"words that are no rule": {robots: "<html>\xff", pages: []string{"https://a.example/1"}, want: "0s"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &site{robots: tt.robots, errs: tt.errs, start: time.Now()}
				pages := NewPages(s, "cards", 2, true)
				var last error
				for _, at := range tt.pages {
					_, last = pages.Page(t.Context(), at)
				}
				var got []string
				for _, d := range s.asked {
					got = append(got, d.String())
				}
				if strings.Join(got, " ") != tt.want {
					t.Errorf("asked at %v, want %s", got, tt.want)
				}
				if (last == nil) != (tt.err == nil) || last != nil && last.Error() != tt.err.Error() {
					t.Errorf("error %v, want %v", last, tt.err)
				}
			})
		})
	}
}

// TestRules: a host without rules allows all, one whose rules cannot be read allows nothing, and no rules are read where
// they are not to be followed.
func TestRules(t *testing.T) {
	for _, tt := range []struct {
		err    error
		follow bool
		fails  bool
		read   int
	}{
		{&fetch.StatusError{Status: 404}, true, false, 1}, {&fetch.StatusError{Status: 500}, true, true, 1},
		{fetch.ErrTimeout, true, true, 1}, {fetch.ErrTimeout, false, false, 0},
	} {
		s := &site{robotsErr: tt.err}
		pages := NewPages(s, "cards", 1000, tt.follow)
		for range 2 {
			if _, err := pages.Page(t.Context(), "https://a.example/1"); (err != nil) != tt.fails || tt.fails && !errors.Is(err, tt.err) {
				t.Errorf("%v, %v: %v", tt.err, tt.follow, err)
			}
		}
		if s.rules != tt.read {
			t.Errorf("%v, %v: rules were read %d times", tt.err, tt.follow, s.rules)
		}
	}
}
