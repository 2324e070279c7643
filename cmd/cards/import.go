package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"newsroom.example/cards/internal/archive"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/intake"
)

type importCommand struct {
	Sources    []string `arg:"" name:"file|url" help:"Feeds (RSS, Atom), sitemaps, files with one URL in each line, exports of WordPress (WXR), JSON lines with articles as in a PUT; also compressed with gzip."`
	Update     bool     `help:"Put stories again that the service has. What editors changed in them is lost."`
	DryRun     bool     `help:"Read everything and let the service check it, but store nothing."`
	Limit      int      `placeholder:"N" help:"Take only the first N stories."`
	Pages      bool     `default:"true" negatable:"" help:"Read the stories' pages, for the photo with its caption and credit and whatever else a feed or a list does not say."`
	Rate       float64  `default:"5" help:"Pages a second that are read of one host."`
	Readers    int      `default:"8" help:"Pages that are read at a time."`
	Robots     bool     `default:"true" negatable:"" help:"Follow the robots.txt of the pages' hosts."`
	PhotoAllow []string `placeholder:"HOST[:PORT]" help:"Private host (HOST, .SUFFIX, IP address or CIDR) from which pages may be read on ports 80 and 443; HOST:PORT allows one more port. Repeatable."`
	PostType   []string `default:"post" help:"Type of posts of WordPress that are stories. Repeatable."`
	JSON       bool     `name:"json" help:"Print a JSON line for each story."`

	serviceSettings
}

// Run registers the stories of all sources.
func (c importCommand) Run(ctx context.Context, std stdio) error {
	switch {
	case c.Limit < 0:
		return usagef("--limit: must not be negative")
	case c.Rate <= 0:
		return usagef("--rate: must be more than 0")
	case c.Readers < 1 || c.Readers > maxReaders:
		return usagef("--readers: must be from 1 to %d", maxReaders)
	}
	service, err := c.client()
	if err != nil {
		return err
	}
	pages, err := c.fetcher()
	if err != nil {
		return err
	}
	all, err := c.stories(ctx, std, pages)
	if err != nil {
		return err
	}
	out := newImportOutput(std, c.JSON, len(all))
	o := intake.Options{Service: service, Readers: c.Readers, Update: c.Update, DryRun: c.DryRun, Report: out.add}
	if c.Pages {
		o.Pages = intake.NewPages(pages, agent, c.Rate, c.Robots)
	}
	return out.end(intake.Run(ctx, all, o))
}

const (
	maxReaders = 64
	maxFeed    = 1000    // pages of one feed that are followed
	agent      = "cards" // by which a robots.txt names us
)

// fetcher returns what fetches sources and pages.
func (c importCommand) fetcher() (*fetch.Client, error) {
	o := fetch.DefaultOptions()
	o.Allow, o.Agent, o.PerHost = splitEnv(c.PhotoAllow), agent+"/"+buildVersion(), c.Readers
	fetcher, err := fetch.New(o)
	if err != nil {
		return nil, usagef("--photo-allow: %v", err)
	}
	return fetcher, nil
}

// stories returns the stories of all sources, up to the limit.
func (c importCommand) stories(ctx context.Context, std stdio, fetcher *fetch.Client) (all []archive.Story, err error) {
	enough := errors.New("enough")
	take := func(s archive.Story) error {
		if all = append(all, s); c.Limit > 0 && len(all) == c.Limit {
			return enough
		}
		return nil
	}
	for _, at := range c.Sources {
		err := c.source(ctx, std, fetcher, at, take)
		if errors.Is(err, enough) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", at, err)
		}
	}
	return all, nil
}

// source reads the stories of a source, with all pages of a feed.
func (c importCommand) source(
	ctx context.Context, std stdio, fetcher *fetch.Client, at string, take func(archive.Story) error,
) error {
	read := map[string]bool{}
	for next := at; next != ""; {
		read[next] = true
		rest, err := archive.Read(opener(ctx, fetcher, next), archive.Options{PostTypes: c.PostType}, take)
		if errors.Is(err, archive.ErrSitemap) {
			return c.sitemap(ctx, std, fetcher, at, take)
		}
		if err != nil {
			return err
		}
		for reason, n := range rest.Left {
			fmt.Fprintf(std.err, "cards: %s: %d left out: %s\n", at, n, reason)
		}
		if next = rest.Next; !isURL(at) || !isURL(next) || read[next] || len(read) == maxFeed {
			return nil
		}
	}
	return nil
}

// sitemap takes the pages that a sitemap lists.
func (c importCommand) sitemap(
	ctx context.Context, std stdio, fetcher *fetch.Client, at string, take func(archive.Story) error,
) error {
	pages, err := readSitemap(ctx, std, at, fetcher)
	if err != nil {
		return err
	}
	for i, page := range pages {
		s := archive.Story{Where: fmt.Sprint("page ", i+1)}
		s.Article.URL = page
		if err := take(s); err != nil {
			return err
		}
	}
	return nil
}

// opener returns what opens a source: a file, or what is behind a URL, which is fetched once.
func opener(ctx context.Context, fetcher *fetch.Client, at string) archive.Opener {
	if !isURL(at) {
		return func() (io.ReadCloser, error) { return os.Open(at) }
	}
	var got *fetch.Page
	return func() (io.ReadCloser, error) {
		if got == nil {
			page, err := fetcher.List(ctx, at)
			if err != nil {
				return nil, err
			}
			got = &page
		}
		return io.NopCloser(bytes.NewReader(got.Data)), nil
	}
}
