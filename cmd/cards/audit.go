package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"newsroom.example/cards/handlers/articles"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/audit"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/sitemap"
	"newsroom.example/cards/render"
)

type auditCommand struct {
	Targets    []string      `arg:"" name:"url|file|id" help:"Public pages; files with an article as in a PUT, with a list of them, or with one URL in each line; IDs of articles that a running service has."`
	Sitemap    bool          `help:"The URLs and files are sitemaps: check the pages that they list."`
	Sample     int           `placeholder:"N" help:"Check only N of the stories, always the same ones of the same list: those whose URLs have the smallest SHA-256 sums."`
	JSON       bool          `name:"json" help:"Print JSON."`
	Hints      bool          `help:"Also print hints, which are no warnings."`
	Timeout    time.Duration `default:"10m" help:"How long the whole audit may take."`
	PhotoAllow []string      `placeholder:"HOST[:PORT]" help:"Private host (HOST, .SUFFIX, IP address or CIDR) from which pages and photos may be fetched on ports 80 and 443; HOST:PORT allows one more port. Repeatable."`

	serviceSettings
	fontSettings
	themeSettings
}

// maxStories is how many stories one audit checks at most.
const maxStories = 1000

// atOnce is how many stories are checked at a time: few, because their pages are often on one host.
const atOnce = 2

// Run checks the stories and prints what was found. The error says how many have warnings.
func (c auditCommand) Run(ctx context.Context, std stdio) error {
	if c.Sample < 0 {
		return usagef("--sample: must not be negative")
	}
	auditor, fetcher, err := c.auditor()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	found, err := c.stories(ctx, std, auditor, fetcher)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return usagef("there is no story in %q", c.Targets)
	}
	checked, distinct := c.chosen(found)
	out := newAuditOutput(std, c.JSON, c.Hints)
	checkAll(ctx, checked, out.add)
	return out.end(distinct - len(checked))
}

// chosen returns the stories that are checked, and how many different ones were found.
func (c auditCommand) chosen(found []auditable) (chosen []auditable, distinct int) {
	most := maxStories
	if c.Sample > 0 {
		most = min(most, c.Sample)
	}
	var names []string
	byName := map[string]auditable{}
	for _, f := range found {
		if _, twice := byName[f.name]; !twice {
			names = append(names, f.name)
			byName[f.name] = f
		}
	}
	distinct = len(names)
	if c.Sample > 0 {
		names = sitemap.Sample(names, most)
	}
	for _, name := range names[:min(len(names), most)] {
		chosen = append(chosen, byName[name])
	}
	return chosen, distinct
}

// auditable is a story that can be checked.
type auditable struct {
	name  string
	check func(ctx context.Context) audit.Report
}

// checkAll checks the stories, atOnce at a time, and gives the reports to use, in order.
func checkAll(ctx context.Context, all []auditable, use func(audit.Report)) {
	reports := make([]chan audit.Report, len(all))
	for i := range reports {
		reports[i] = make(chan audit.Report, 1)
	}
	var workers sync.WaitGroup
	for first := range atOnce {
		workers.Go(func() {
			for i := first; i < len(all); i += atOnce {
				reports[i] <- all[i].check(ctx)
			}
		})
	}
	for _, r := range reports {
		use(<-r)
	}
	workers.Wait()
}

// auditor returns what checks stories, and what fetches them.
func (c auditCommand) auditor() (*audit.Auditor, *fetch.Client, error) {
	o := fetch.DefaultOptions()
	o.Allow, o.Agent = splitEnv(c.PhotoAllow), "cards/"+buildVersion()
	o.Format = photos.Format{}
	fetcher, err := fetch.New(o)
	if err != nil {
		return nil, nil, usagef("--photo-allow: %v", err)
	}
	set, err := c.fontSet()
	if err != nil {
		return nil, nil, err
	}
	designs, err := c.designs(set)
	if err != nil {
		return nil, nil, err
	}
	return &audit.Auditor{
		Fetcher: fetcher, Decoder: photo.NewDecoder(photo.DefaultDecodeBytes), Renderer: render.New(set, designs.Current),
		OfPage: articles.OfPage,
	}, fetcher, nil
}

// stories returns the stories that the arguments name.
func (c auditCommand) stories(
	ctx context.Context, std stdio, auditor *audit.Auditor, fetcher *fetch.Client,
) (all []auditable, err error) {
	for _, target := range c.Targets {
		var in input
		switch {
		case c.Sitemap:
			in.pages, err = readSitemap(ctx, std, target, fetcher)
		case isURL(target):
			in.pages = []string{target}
		case isFile(target):
			in, err = readStories(target)
		case article.CheckID(target) == nil:
			in.ids = []string{target}
		default:
			err = usagef("%q is no URL, no file that can be read, and no ID of an article", target)
		}
		if err != nil {
			return nil, err
		}
		checks, err := c.checks(in, auditor)
		if err != nil {
			return nil, err
		}
		all = append(all, checks...)
	}
	return all, nil
}

// checks returns the checks of the stories that an argument names.
func (c auditCommand) checks(in input, auditor *audit.Auditor) (all []auditable, err error) {
	add := func(name string, check func(context.Context) audit.Report) {
		all = append(all, auditable{name, check})
	}
	for _, page := range in.pages {
		add(page, func(ctx context.Context) audit.Report { return auditor.Page(ctx, page) })
	}
	for _, a := range in.articles {
		add(a.name, func(ctx context.Context) audit.Report { return auditor.Article(ctx, a.name, a.article) })
	}
	for _, id := range in.ids {
		service, err := c.client()
		if err != nil {
			return nil, err
		}
		add(id, func(ctx context.Context) audit.Report { return ofService(ctx, service, id) })
	}
	return all, nil
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}

// readSitemap returns the pages that a sitemap lists: a URL or a file. It prints what could not be read.
func readSitemap(ctx context.Context, std stdio, at string, fetcher *fetch.Client) ([]string, error) {
	site, err := sitemap.Read(ctx, at, func(ctx context.Context, address string) ([]byte, error) {
		if !isURL(address) && address == at { // only the argument can be a file
			return readBounded(address)
		}
		got, err := fetcher.List(ctx, address)
		return got.Data, err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", at, err)
	}
	for _, skipped := range site.Skipped {
		fmt.Fprintf(std.err, "cards: a sitemap is left out: %v\n", skipped)
	}
	if site.More {
		fmt.Fprintf(std.err, "cards: %s lists more pages than are read\n", at)
	}
	return site.Pages, nil
}
