// Package intake registers the stories of an archive with a service: those that the service does not have yet. So a run
// that was interrupted is continued by another, and a run that was not changes nothing.
package intake

import (
	"context"
	"errors"
	"iter"
	"sync"

	"newsroom.example/cards/client"
	"newsroom.example/cards/internal/archive"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/share"
)

// Service is the service that takes the stories. *client.Client implements it.
type Service interface {
	PutArticles(ctx context.Context, all []client.BatchArticle, o client.PutOptions) ([]client.BatchResult, error)
	EachArticle(ctx context.Context, o client.ListOptions) iter.Seq2[client.Registered, error]
}

// PageReader reads pages. *Pages implements it.
type PageReader interface {
	Page(ctx context.Context, rawURL string) (fetch.Page, error)
}

// Options say how stories are registered.
type Options struct {
	Service Service
	Pages   PageReader // nil: pages are not read, and the archive's own words are all there is
	Readers int        // pages that are read at a time
	Update  bool       // stories that the service has are put again
	DryRun  bool       // the service stores nothing
	Report  func(Result)
}

// Outcome is what became of a story.
type Outcome string

// Outcomes.
const (
	Registered Outcome = "registered"
	Updated    Outcome = "updated"       // with Options.Update: put again
	Kept       Outcome = "already there" // the service had it, or it came twice
	Withdrawn  Outcome = "withdrawn"     // the newsroom has withdrawn it, so it is left out
	Failed     Outcome = "failed"
)

// Result is what became of a story.
type Result struct {
	Where    string // in the file
	URL, ID  string // as far as they are known
	Outcome  Outcome
	Err      error // why it failed
	Warnings []client.Warning
}

// Run registers the stories and reports each of them once, in any order, one at a time. The error says why it ended
// before it came to the end: the service cannot be used, or ctx ended. Stories that were not reached are not reported.
func Run(ctx context.Context, all []archive.Story, o Options) error {
	known, err := known(ctx, o.Service)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	in, out := make(chan archive.Story), make(chan story)
	var readers sync.WaitGroup
	for range max(1, o.Readers) {
		readers.Go(func() {
			for s := range in {
				ready := prepare(ctx, s, known, o)
				if ctx.Err() != nil { // what failed for that reason did not fail
					return
				}
				select {
				case out <- ready:
				case <-ctx.Done():
				}
			}
		})
	}
	go func() {
		defer func() { close(in); readers.Wait(); close(out) }()
		for _, s := range all {
			select {
			case in <- s:
			case <-ctx.Done():
				return
			}
		}
	}()
	if err := send(ctx, out, o); err != nil {
		stop(err)
	}
	for range out { // until the readers have ended
	}
	return context.Cause(ctx)
}

// story is a story that is ready to be sent, or the result of one that is not.
type story struct {
	article client.BatchArticle
	stored  Outcome // once the service has taken it
	result  Result
}

// prepare makes an article of a story.
func prepare(ctx context.Context, s archive.Story, known *register, o Options) story {
	a, result := s.Article, Result{Where: s.Where, URL: s.Article.URL, ID: s.Article.ID}
	done := func(outcome Outcome, err error) story {
		result.Outcome, result.Err = outcome, err
		return story{result: result}
	}
	if s.Err != nil {
		return done(Failed, s.Err)
	}
	canonical, err := share.Canonical(a.URL)
	if err != nil {
		return done(Failed, err)
	}
	if outcome := known.is(a.ID, canonical); !o.takes(outcome) {
		return done(outcome, nil)
	}
	if !s.Whole && o.Pages != nil {
		if a.Article, err = read(ctx, o.Pages, a.Article); err != nil {
			return done(Failed, err)
		}
		if canonical, err = share.Canonical(a.URL); err != nil {
			return done(Failed, err)
		}
		result.URL = a.URL
	}
	if a.Headline == "" {
		return done(Failed, errors.New("there is no headline"))
	}
	outcome := known.claim(&a.ID, canonical)
	if result.ID = a.ID; !o.takes(outcome) {
		return done(outcome, nil)
	}
	stored := Registered
	if outcome == Kept {
		stored = Updated
	}
	return story{article: a, stored: stored, result: result}
}

// takes reports whether a story of which that is known is put.
func (o Options) takes(known Outcome) bool { return known == "" || known == Kept && o.Update }
