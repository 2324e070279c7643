package intake

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsroom.example/cards/client"
	"newsroom.example/cards/internal/archive"
	"newsroom.example/cards/internal/fetch"
)

// service is a service that has stories, and answers as it is told.
type service struct {
	live, withdrawn []client.Registered
	fails           []error // of the first calls
	late            map[string]int
	puts            []string // IDs of each batch
	articles        []client.BatchArticle
	dry             bool
}

func (s *service) EachArticle(_ context.Context, o client.ListOptions) iter.Seq2[client.Registered, error] {
	all := s.live
	if o.State == "withdrawn" {
		all = s.withdrawn
	}
	return func(yield func(client.Registered, error) bool) {
		for _, a := range all {
			if !yield(a, nil) {
				return
			}
		}
	}
}

func (s *service) PutArticles(_ context.Context, all []client.BatchArticle, o client.PutOptions) (results []client.BatchResult, err error) {
	if len(s.fails) > 0 {
		err, s.fails = s.fails[0], s.fails[1:]
		return nil, err
	}
	s.dry = o.DryRun
	var ids []string
	for _, a := range all {
		ids = append(ids, a.ID)
		s.articles = append(s.articles, a)
		r := client.BatchResult{ID: a.ID, Status: 201}
		switch {
		case s.late[a.ID] > 0:
			s.late[a.ID]--
			r.Status, r.Err = 503, &client.Error{Status: 503, Message: "no time left"}
		case a.Headline == "bad":
			r.Status, r.Err = 400, &client.Error{Status: 400, Code: "invalid_request", Message: "bad"}
		case slices.ContainsFunc(s.live, func(l client.Registered) bool { return l.ID == a.ID }):
			r.Status = 200
		}
		results = append(results, r)
	}
	s.puts = append(s.puts, strings.Join(ids, " "))
	return results, nil
}

func registered(id, at string) client.Registered {
	return client.Registered{ID: id, Article: client.Article{URL: at}}
}

func whole(id, at, headline string) archive.Story {
	return archive.Story{Where: "article", Whole: true, Article: client.BatchArticle{ID: id, Article: client.Article{URL: at, Headline: headline}}}
}

// run returns the outcomes of the stories, by URL, sorted.
func run(t *testing.T, all []archive.Story, o Options) ([]string, error) {
	t.Helper()
	var got []string
	o.Report = func(r Result) {
		line := r.URL + " " + r.ID + ": " + string(r.Outcome)
		if r.Err != nil {
			line += ": " + r.Err.Error()
		}
		got = append(got, line)
	}
	err := Run(t.Context(), all, o)
	slices.Sort(got)
	return got, err
}

func TestOutcomes(t *testing.T) {
	s := &service{live: []client.Registered{registered("old", "https://news.example/old")}, withdrawn: []client.Registered{registered("gone", "https://news.example/gone")}}
	all := []archive.Story{
		whole("", "https://news.example/old?utm_source=x", "Old"), // by its canonical URL
		whole("gone", "https://news.example/elsewhere", "Gone"),   // by its ID
		whole("", "https://news.example/gone", "Gone"),
		whole("new", "https://news.example/new", "New"),
		whole("newer", "https://news.example/new", "New"),
		whole("bad", "https://news.example/bad", "bad"),
		whole("", "https://news.example/empty", ""),
		{Where: "line 3", Err: errors.New("there is no URL")},
	}
	want := []string{
		" : failed: there is no URL",
		"https://news.example/bad bad: failed: cards: bad (invalid_request, status 400)",
		"https://news.example/elsewhere gone: withdrawn",
		"https://news.example/empty : failed: there is no headline",
		"https://news.example/gone : withdrawn",
		"https://news.example/new new: registered",
		"https://news.example/new newer: listed twice",
		"https://news.example/old?utm_source=x : already there",
	}
	got, err := run(t, all, Options{Service: s})
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
	got, err = run(t, all[:2], Options{Service: s, Update: true, DryRun: true})
	want = []string{"https://news.example/elsewhere gone: withdrawn", "https://news.example/old?utm_source=x old: updated"}
	if diff := cmp.Diff(want, got); diff != "" || err != nil || !s.dry {
		t.Error(err, diff)
	}
}

// TestPages: what a page says is put over what the archive says, and a story that a page names by another URL is known by
// that.
func TestPages(t *testing.T) {
	pages := reading(func(at string) (fetch.Page, error) {
		switch {
		case strings.HasSuffix(at, "/closed"):
			return fetch.Page{}, ErrRobots
		case strings.HasSuffix(at, "/missing"):
			return fetch.Page{}, &fetch.StatusError{Status: 404}
		}
		return fetch.Page{URL: at, Type: "text/html", Data: []byte(`<html lang="en"><link rel="canonical" href="` + strings.TrimSuffix(at, "/amp") + `"><meta property="og:title" content="Storm">` +
			`<meta property="og:image" content="/pier.jpg"><meta property="og:image:alt" content="A pier">`)}, nil
	})
	of := func(at, headline string) archive.Story {
		s := whole("", at, headline)
		s.Whole = false
		s.Article.Caption, s.Article.Kicker, s.Article.Photo.URL = "Of another photo.", "City", "https://cdn.example/other.jpg"
		return s
	}
	s := &service{}
	got, err := run(t, []archive.Story{
		of("https://news.example/storm/amp", "Feed"), of("https://news.example/storm", "Feed"), of("https://news.example/closed", "Feed"),
		of("https://news.example/b/closed", ""), of("https://news.example/missing", "Feed"),
	}, Options{Service: s, Pages: pages})
	id := archive.ID("https://news.example/storm")
	want := []string{
		"https://news.example/b/closed : failed: robots.txt forbids to read the page",
		"https://news.example/closed " + archive.ID("https://news.example/closed") + ": registered",
		"https://news.example/missing : failed: status 404",
		"https://news.example/storm " + id + ": registered",
		"https://news.example/storm : listed twice",
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
	a := s.articles[slices.IndexFunc(s.articles, func(a client.BatchArticle) bool { return a.ID == id })]
	if a.Headline != "Storm" || a.Photo.URL != "https://news.example/pier.jpg" || a.Photo.Alt != "A pier" || a.Caption != "" || a.Kicker != "City" || a.Lang != "en" {
		t.Errorf("%+v", a)
	}
}

type reading func(at string) (fetch.Page, error)

func (r reading) Page(_ context.Context, at string) (fetch.Page, error) { return r(at) }

// TestBatches: stories go in batches, what was not reached is sent again, and a service that is away is waited for.
func TestBatches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var all []archive.Story
		for i := range batchArticles + 3 {
			all = append(all, whole(fmt.Sprint("s", i), fmt.Sprint("https://news.example/", i), "A"))
		}
		s := &service{late: map[string]int{"s1": 2}, fails: []error{errors.New("connection refused"), &client.Error{Status: 503, RetryAfter: 9 * time.Second}}}
		began := time.Now()
		got, err := run(t, all, Options{Service: s})
		if err != nil || len(got) != len(all) || len(slices.Compact(got)) != len(all) || len(s.articles) != len(all)+2 {
			t.Errorf("%d results of %d stories, %v", len(got), len(all), err)
		}
		// 1 s and 9 s for the whole service, then 4 s and 8 s for the story.
		if took := time.Since(began); took != 22*time.Second {
			t.Errorf("took %v", took)
		}
		if n := len(strings.Fields(s.puts[0])); n != batchArticles || s.puts[1] != "s1" || s.puts[2] != "s1" {
			t.Errorf("batches %q", s.puts)
		}
	})
}

// TestLargeBatches: a batch stays within the service's limit.
func TestLargeBatches(t *testing.T) {
	var all []archive.Story
	for i := range 40 {
		story := whole(fmt.Sprint("s", i), fmt.Sprint("https://news.example/", i), "A")
		story.Article.Caption = strings.Repeat("a", 100_000)
		all = append(all, story)
	}
	s := &service{}
	if _, err := run(t, all, Options{Service: s}); err != nil || len(s.puts) != 3 || len(s.articles) != 40 {
		t.Errorf("%d batches, %d articles, %v", len(s.puts), len(s.articles), err)
	}
}

// TestRefused: what waiting does not mend ends the import, and nothing is reported that was not stored.
func TestRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, s := range map[string]*service{
			"status 401":        {fails: []error{&client.Error{Status: 401, Message: "token"}}},
			"cannot be used":    {fails: slices.Repeat([]error{errors.New("connection refused")}, maxRounds)},
			"the service ended": {fails: slices.Repeat([]error{errors.New("the service ended")}, maxRounds)},
		} {
			got, err := run(t, []archive.Story{whole("a", "https://news.example/a", "A")}, Options{Service: s})
			if err == nil || !strings.Contains(err.Error(), name) || len(got) != 0 {
				t.Errorf("%s: %q, %v", name, got, err)
			}
		}
	})
}

// TestInterrupted: an import that is interrupted says so, and reports no story as failed for that.
func TestInterrupted(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	pages := reading(func(string) (fetch.Page, error) { stop(); return fetch.Page{}, ctx.Err() })
	all := []archive.Story{{Article: client.BatchArticle{Article: client.Article{URL: "https://news.example/a"}}}}
	err := Run(ctx, all, Options{Service: &service{}, Pages: pages, Readers: 3, Report: func(r Result) { t.Errorf("%+v", r) }})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
