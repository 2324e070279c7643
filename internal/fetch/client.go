package fetch

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/weburl"
)

// Client fetches from other machines. It is safe for concurrent use: callers who want the same media at the
// same time share one fetch, which goes on when one of them leaves.
type Client struct {
	opts   Options
	guard  *guard
	http   *http.Client
	flight singleflight.Group
	fresh  freshFetches
	failed *failures
	hosts  *hosts
	held   *semaphore.Weighted // bytes
}

// New returns a client. The error names the rule of Allow that cannot be understood.
func New(o Options) (*Client, error) {
	g, err := newGuard(o)
	if err != nil {
		return nil, err
	}
	c := &Client{
		opts: o, guard: g, failed: newFailures(o.Forget), fresh: freshFetches{next: map[string]*flight{}},
		hosts: newHosts(o.PerHost, max(o.HeldBytes/2, o.MaxBytes)),
		held:  semaphore.NewWeighted(max(o.HeldBytes, o.MaxBytes)),
	}
	c.http = &http.Client{Transport: c.transport(), CheckRedirect: c.checkRedirect}
	return c, nil
}

func (c *Client) transport() *http.Transport {
	return &http.Transport{
		Proxy:                  nil, // it would be dialled in place of the source, and be all that the guard sees
		DialContext:            c.dial,
		DisableCompression:     true,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    c.opts.ConnectTimeout,
		ResponseHeaderTimeout:  c.opts.HeaderTimeout,
		MaxResponseHeaderBytes: 32 << 10,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        30 * time.Second,
		ForceAttemptHTTP2:      true,
	}
}

func (c *Client) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	d, err := c.dialer(addr)
	if err != nil {
		return nil, err
	}
	return d.DialContext(ctx, network, addr)
}

// dialer returns a dialer for a host, which asks the guard about each address of the host before a packet is
// sent to it.
func (c *Client) dialer(addr string) (*net.Dialer, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	return &net.Dialer{
		Timeout: c.opts.ConnectTimeout, Resolver: c.opts.Resolver,
		Control: c.guard.control(c.guard.rulesFor(host)),
	}, nil
}

// Active returns the number of fetches that are under way, or wait for their host.
func (c *Client) Active() int { return c.hosts.users() }

// checkURL checks the form and the host of a URL, the first one or one that a redirect leads to. It returns the URL as
// it is requested.
func (c *Client) checkURL(raw string) (*url.URL, error) {
	u, err := weburl.Parse(weburl.Clean(raw))
	if err != nil {
		return nil, fmt.Errorf("the address %w", err)
	}
	u.Fragment, u.RawQuery = "", weburl.Escape(u.RawQuery) // net/http sends a query as it is
	return u, c.guard.checkHost(u)
}

func (c *Client) checkRedirect(req *http.Request, via []*http.Request) error {
	if len(via) > c.opts.MaxRedirects {
		return fmt.Errorf("%w: more than %d", errRedirect, c.opts.MaxRedirects)
	}
	if via[len(via)-1].URL.Scheme == "https" && req.URL.Scheme != "https" {
		return fmt.Errorf("%w from https to http", errRedirect)
	}
	req.Header.Del("Referer")
	to, err := c.checkURL(req.URL.String())
	if err != nil {
		return err
	}
	req.URL.RawQuery = to.RawQuery
	return nil
}

// slot waits for one of the slots of the URL's host. The error is fault.ErrPhotoOverloaded: the source is not
// at fault.
func (c *Client) slot(ctx context.Context, u *url.URL) (h *host, release func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, c.opts.SlotWait)
	defer cancel()
	h, release, err = c.hosts.acquire(ctx, addressOf(u))
	if err != nil {
		return nil, nil, fmt.Errorf("fetch %s: wait for its host: %w: %w", redacted(u), fault.ErrPhotoOverloaded, err)
	}
	return h, release, nil
}

// failure wraps an error of the network. An error that has a kind of its own keeps it.
func (c *Client) failure(u *url.URL, err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err
	}
	var slow net.Error
	switch {
	case fault.KindOf(err).OfPhoto():
		return fmt.Errorf("fetch %s: %w", redacted(u), err)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		return fmt.Errorf("fetch %s: %w: %w", redacted(u), ErrTimeout, reason{err})
	}
	return fmt.Errorf("fetch %s: %w: %w", redacted(u), ErrUnavailable, reason{err})
}

// name says in a request who sends it, so that the operator of a site can allow it or ask why it comes.
func (c *Client) name(req *http.Request) { req.Header.Set("User-Agent", cmp.Or(c.opts.Agent, "cards")) }

// redacted returns a URL for the log: without its query, which may hold secrets, and at most 300 bytes.
func redacted(u *url.URL) string {
	s := u.Scheme + "://" + u.Host + u.EscapedPath()
	return strings.ToValidUTF8(s[:min(len(s), 300)], "")
}
