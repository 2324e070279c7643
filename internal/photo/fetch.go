package photo

import (
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

// FetchOptions bound what a Fetcher does. Start from DefaultFetchOptions.
type FetchOptions struct {
	MaxBytes       int64         // of a body
	HeldBytes      int64         // of all bodies that are being read or kept; those of one host take half of it
	MaxRedirects   int           // that are followed
	SlotWait       time.Duration // for one of PerHost
	Timeout        time.Duration // of one fetch, from dialling to the last byte
	ConnectTimeout time.Duration // of each connection
	HeaderTimeout  time.Duration // from request to response header
	MinSpeed       int64         // bytes a second, over each SpeedWindow
	SpeedWindow    time.Duration
	PerHost        int           // fetches from one host at a time
	Forget         time.Duration // how long a failure is remembered
	Ports          []uint16      // that a public host may have
	Allow          []string      // host, .suffix or CIDR that may be fetched although private, on any port
	OwnHosts       []string      // host or host:port of this service itself, which is no source
	Resolver       *net.Resolver // nil: the system's
}

// DefaultFetchOptions are the limits of the service.
func DefaultFetchOptions() FetchOptions {
	return FetchOptions{
		MaxBytes: 10 << 20, HeldBytes: 64 << 20, MaxRedirects: 3, SlotWait: 8 * time.Second,
		Timeout: 5 * time.Second, ConnectTimeout: 3 * time.Second, HeaderTimeout: 3 * time.Second, MinSpeed: 8 << 10, SpeedWindow: 2 * time.Second, PerHost: 8,
		Forget: 5 * time.Second, Ports: []uint16{80, 443},
	}
}

// Fetcher fetches photos. It is safe for concurrent use: callers who want one URL at one time
// share one fetch, which goes on when one of them leaves.
type Fetcher struct {
	opts   FetchOptions
	guard  *guard
	client *http.Client
	flight singleflight.Group
	failed *failures
	fresh  freshFetches
	hosts  *hostSlots
	held   *semaphore.Weighted // bytes
	memory buffers             // for bodies
}

// NewFetcher makes a fetcher. The error names the rule of Allow that cannot be understood.
func NewFetcher(o FetchOptions) (*Fetcher, error) {
	g, err := newGuard(o)
	if err != nil {
		return nil, err
	}
	f := &Fetcher{
		opts: o, guard: g, failed: newFailures(o.Forget), fresh: freshFetches{next: map[string]*flight{}},
		hosts: newHostSlots(o.PerHost, max(o.HeldBytes/2, o.MaxBytes)),
		held:  semaphore.NewWeighted(max(o.HeldBytes, o.MaxBytes)),
	}
	f.client = &http.Client{
		Transport: &http.Transport{
			Proxy:       nil, // a proxy would be dialled in place of the source, and the check would see only it
			DialContext: f.dial, DisableCompression: true,
			TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout: o.ConnectTimeout, ResponseHeaderTimeout: o.HeaderTimeout,
			MaxResponseHeaderBytes: 32 << 10, MaxIdleConnsPerHost: 2, IdleConnTimeout: 30 * time.Second,
			ForceAttemptHTTP2: true,
		},
		CheckRedirect: f.checkRedirect,
	}
	return f, nil
}

func (f *Fetcher) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	d, err := f.dialer(addr)
	if err != nil {
		return nil, err
	}
	return d.DialContext(ctx, network, addr)
}

// dialer dials a host; each address that the host turns out to have is checked before a packet
// is sent to it.
func (f *Fetcher) dialer(addr string) (*net.Dialer, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	return &net.Dialer{
		Timeout: f.opts.ConnectTimeout, Resolver: f.opts.Resolver,
		Control: f.guard.control(f.guard.allowsName(host)),
	}, nil
}

// Fetch has the bytes behind the URL, whose header has passed Inspect. Errors are of the
// package's kinds.
func (f *Fetcher) Fetch(ctx context.Context, rawURL string) ([]byte, error) {
	a, err := f.Refetch(ctx, rawURL, Request{})
	if err == nil && a.Incomplete {
		return nil, fmt.Errorf("fetch: %w", ErrIncomplete)
	}
	return a.Data, err
}

// checkURL checks the form of a source's address, first or redirected.
func (f *Fetcher) checkURL(raw string) (*url.URL, error) {
	u, err := weburl.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("the address %w", err)
	}
	u.Fragment = ""
	return u, f.guard.checkHost(u)
}

func (f *Fetcher) checkRedirect(req *http.Request, via []*http.Request) error {
	if len(via) > f.opts.MaxRedirects {
		return fmt.Errorf("more than %d redirects", f.opts.MaxRedirects)
	}
	if via[len(via)-1].URL.Scheme == "https" && req.URL.Scheme != "https" {
		return errors.New("redirect from https to http")
	}
	req.Header.Del("Referer")
	_, err := f.checkURL(req.URL.String())
	return err
}

func (f *Fetcher) get(ctx context.Context, u *url.URL, host *hostSlot, q Request) (Answer, error) {
	resp, err := f.ask(ctx, u, q.Known)
	if err == nil && resp.StatusCode == http.StatusNotModified && q.Known.contradicted(resp.Header) {
		resp.Body.Close()
		q.Known = Validators{}
		resp, err = f.ask(ctx, u, q.Known)
	}
	if err != nil {
		return Answer{}, err
	}
	defer resp.Body.Close()
	a := Answer{Validators: validatorsOf(resp.Header), Fresh: freshOf(resp.Header)}
	switch {
	case resp.StatusCode == http.StatusNotModified && q.Known != (Validators{}):
		a.NotModified, a.Validators = true, q.Known
		return a, nil
	case resp.StatusCode != http.StatusOK:
		return Answer{}, fmt.Errorf("fetch %s: %w", shown(u), refusedWith(resp.StatusCode))
	}
	return f.take(ctx, u, host, resp, a, q.Keep)
}

// ask is the source's answer to who knows a version. Its body is to be closed.
func (f *Fetcher) ask(ctx context.Context, u *url.URL, known Validators) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", shown(u), ErrUnavailable)
	}
	req.Header.Set("User-Agent", "cards/1 (photo fetch)")
	req.Header.Set("Accept", "image/jpeg,image/png,image/webp,image/gif")
	known.ask(req.Header)
	resp, err := f.client.Do(req)
	if err != nil {
		return nil, f.failure(u, err)
	}
	return resp, nil
}

// take has the body, when it is a photo that may be taken in, and hands it to keep. The bytes are
// accounted for until then.
func (f *Fetcher) take(ctx context.Context, u *url.URL, host *hostSlot, resp *http.Response, a Answer, keep Keep) (Answer, error) {
	size := resp.ContentLength
	if size > f.opts.MaxBytes {
		return Answer{}, fmt.Errorf("fetch %s: %d bytes: %w", shown(u), size, ErrTooLarge)
	}
	if size < 0 {
		size = f.opts.MaxBytes
	}
	for _, room := range []*semaphore.Weighted{host.held, f.held} { // who waits for its host holds nothing yet
		if err := room.Acquire(ctx, size); err != nil {
			return Answer{}, fmt.Errorf("fetch %s: wait for memory: %w: %w", shown(u), ErrOverloaded, err)
		}
		defer room.Release(size)
	}
	data, err := f.read(u, resp, &a)
	if err != nil {
		f.memory.put(data)
		return Answer{}, err
	}
	a.Data, a.Held = data, newBytes(data, &f.memory)
	if keep.Do != nil {
		err = keep.Do(ctx, a)
	}
	return a, err
}

// read reads the body, and its header for a. Of a body that broke off, what came is there.
func (f *Fetcher) read(u *url.URL, resp *http.Response, a *Answer) (data []byte, err error) {
	in := newIntake(&f.opts, resp.ContentLength, &f.memory)
	broken := in.readAll(resp.Body)
	if broken != nil {
		if err := f.failure(u, broken); !errors.Is(err, ErrUnavailable) { // too large, too slow, no photo
			return in.data, err
		}
	}
	if a.Info, err = Inspect(in.data); err != nil && broken != nil {
		err = fmt.Errorf("%w: %w", ErrIncomplete, broken)
	}
	if err != nil {
		return in.data, fmt.Errorf("fetch %s: %w", shown(u), err)
	}
	a.Incomplete = broken != nil && a.Info.MayBeCut(in.data) // a stated length may be wrong
	return in.data, nil
}

// failure gives an error of the network its kind. What a URL's query holds is left out.
func (f *Fetcher) failure(u *url.URL, err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	var slow net.Error
	switch {
	case fault.KindOf(err).OfPhoto():
		return fmt.Errorf("fetch %s: %w", shown(u), err)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		return fmt.Errorf("fetch %s: %w: %w", shown(u), ErrTimeout, err)
	}
	return fmt.Errorf("fetch %s: %w: %w", shown(u), ErrUnavailable, err)
}

// shown is an address as the log may have it.
func shown(u *url.URL) string {
	s := u.Scheme + "://" + u.Host + u.EscapedPath()
	return strings.ToValidUTF8(s[:min(len(s), 300)], "")
}
