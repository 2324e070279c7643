package intake

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
	"golang.org/x/time/rate"

	"newsroom.example/cards/internal/fetch"
)

// Fetcher fetches pages and the rules of hosts. *fetch.Client implements it.
type Fetcher interface {
	Page(ctx context.Context, rawURL string) (fetch.Page, error)
	Robots(ctx context.Context, rawURL string) (fetch.Page, error)
}

// ErrRobots says that a host's robots.txt forbids to read a page.
var ErrRobots = errors.New("robots.txt forbids to read the page")

// Pages reads pages no faster than their hosts allow. It is safe for concurrent use.
type Pages struct {
	fetcher Fetcher
	agent   string
	rate    rate.Limit // pages a second, of one host
	robots  bool

	mu    sync.Mutex
	hosts map[string]*host
}

// NewPages returns Pages that read at most perSecond pages a second of each host, and fewer where its robots.txt asks
// for a Crawl-delay. Agent is the name that rules are looked up by. Without robots no rules are read.
func NewPages(f Fetcher, agent string, perSecond float64, robots bool) *Pages {
	return &Pages{fetcher: f, agent: agent, rate: rate.Limit(perSecond), robots: robots, hosts: map[string]*host{}}
}

const (
	maxTries   = 4                // of one page
	firstPause = 5 * time.Second  // of a host that is too busy and does not say for how long; doubled each time
	maxPause   = 2 * time.Minute  // of a host that is too busy
	maxDelay   = 30 * time.Second // between two pages of a host, whatever its Crawl-delay
)

// host is what is known of a host.
type host struct {
	pace *rate.Limiter

	ready chan struct{} // closed when rules is set
	rules *robotstxt.Group
	err   error // why there are no rules

	mu     sync.Mutex
	paused time.Time // until then the host is left alone
}

// Page waits for its turn and fetches a page. A host that is too busy (429, 503) is left alone for a while. Errors:
// ErrRobots, those of the Fetcher, and that of ctx.
func (p *Pages) Page(ctx context.Context, rawURL string) (fetch.Page, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return fetch.Page{}, err
	}
	h, err := p.host(ctx, u)
	if err != nil {
		return fetch.Page{}, err
	}
	if h.rules != nil && !h.rules.Test(u.RequestURI()) {
		return fetch.Page{}, ErrRobots
	}
	for try := 1; ; try++ {
		if err := h.turn(ctx); err != nil {
			return fetch.Page{}, err
		}
		got, err := p.fetcher.Page(ctx, rawURL)
		var status *fetch.StatusError
		if !errors.As(err, &status) || try == maxTries ||
			status.Status != http.StatusTooManyRequests && status.Status != http.StatusServiceUnavailable {
			return got, err
		}
		pause := status.RetryAfter
		if pause == 0 {
			pause = firstPause << (try - 1)
		}
		h.pause(min(pause, maxPause))
	}
}

// host returns the host of a URL, whose rules are read once.
func (p *Pages) host(ctx context.Context, u *url.URL) (*host, error) {
	at := u.Scheme + "://" + u.Host
	p.mu.Lock()
	h, known := p.hosts[at]
	if !known {
		h = &host{pace: rate.NewLimiter(p.rate, 1), ready: make(chan struct{})}
		p.hosts[at] = h
	}
	p.mu.Unlock()
	if !known {
		if p.robots {
			h.rules, h.err = p.rules(ctx, at)
		}
		if h.rules != nil && h.rules.CrawlDelay > 0 {
			h.pace.SetLimit(min(p.rate, rate.Every(min(h.rules.CrawlDelay, maxDelay))))
		}
		close(h.ready)
	}
	select {
	case <-h.ready:
		return h, h.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// rules reads the robots.txt of a host. A host that has none (4xx) allows all (RFC 9309, 2.3.1.3).
func (p *Pages) rules(ctx context.Context, at string) (*robotstxt.Group, error) {
	got, err := p.fetcher.Robots(ctx, at)
	var status *fetch.StatusError
	switch {
	case err == nil:
		all, err := robotstxt.FromBytes(got.Data)
		if err != nil { // lines that nobody understands are no rules
			return nil, nil
		}
		return all.FindGroup(p.agent), nil
	case errors.As(err, &status) && status.Status >= 400 && status.Status < 500:
		return nil, nil
	}
	return nil, fmt.Errorf("robots.txt cannot be read: %w", err)
}

// turn waits until the host may be asked.
func (h *host) turn(ctx context.Context) error {
	for {
		if err := h.pace.Wait(ctx); err != nil {
			return err
		}
		h.mu.Lock()
		left := time.Until(h.paused)
		h.mu.Unlock()
		if left <= 0 {
			return nil
		}
		if err := wait(ctx, left); err != nil {
			return err
		}
	}
}

// pause leaves the host alone for a while.
func (h *host) pause(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if until := time.Now().Add(d); until.After(h.paused) {
		h.paused = until
	}
}

// wait waits, or returns the error of ctx.
func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
