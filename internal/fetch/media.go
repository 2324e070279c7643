package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/sync/semaphore"

	"newsroom.example/cards/internal/fault"
)

// Request is what a caller wants of Media.
type Request struct {
	Known Validators // of the version that the caller has; zero: none
	Keep  Keep
	// Fresh asks the source now: the request shares no fetch that has started before, and no failure of a
	// moment ago stands in for an answer. Fresh requests that come while the URL is being fetched share the
	// next fetch, after it.
	Fresh bool
}

// Answer is what a source answered.
type Answer struct {
	Data        []byte // shared: must not be changed; nil where the media is not modified
	Info        Info   // of Data, from the Format
	NotModified bool   // the version that the caller knows is still the source's
	Incomplete  bool   // the transfer broke off before the body's own end: Data is its beginning
	Validators  Validators
	Fresh       time.Duration // how long the source need not be asked again: minFresh to maxFresh
}

// Keep is how fetched media is kept; the zero value, not at all.
type Keep struct {
	Way string // tells Keeps apart: those of one URL and one Way are the same
	Do  func(ctx context.Context, a Answer) error
}

// MediaBytes fetches the whole media behind a URL. Errors are those of Media; a transfer that breaks off is
// fault.ErrSourceIncomplete.
func (c *Client) MediaBytes(ctx context.Context, rawURL string) ([]byte, error) {
	a, err := c.Media(ctx, rawURL, Request{})
	if err == nil && a.Incomplete {
		return nil, fmt.Errorf("fetch: %w", fault.ErrSourceIncomplete)
	}
	return a.Data, err
}

// Media fetches the media behind a URL, unless the source says that the version that the caller knows is still
// its own: then the answer has no bytes. New bytes are first given to Keep, once for all callers that keep
// them in the same way; when it fails, the answer has them beside its error. A transfer that breaks off after
// the header of the media is no error: the answer has what came, and is marked incomplete unless that has its
// own end. Other errors wrap ErrUnavailable, ErrTimeout, fault.ErrSourceIncomplete, fault.ErrImageTooLarge or
// fault.ErrPhotoOverloaded, or are those of the Format.
func (c *Client) Media(ctx context.Context, rawURL string, q Request) (Answer, error) {
	began := time.Now()
	u, err := c.checkURL(rawURL)
	if err != nil {
		c.watch(whatMedia, began, Answer{}, err)
		return Answer{}, fmt.Errorf("fetch: %w: %w", ErrUnavailable, err)
	}
	key := u.String()
	detached := context.WithoutCancel(ctx)
	left := func() (Answer, error) {
		return Answer{}, fmt.Errorf("fetch %s: %w: %w", redacted(u), ErrTimeout, ctx.Err())
	}
	if q.Fresh {
		mine := c.fresh.join(fmt.Sprint(key, "\n", q.Keep.Way), q.Known, func(known Validators) (Answer, error) {
			q.Known = known
			return c.fetch(detached, u, q)
		})
		select {
		case <-ctx.Done():
			return left()
		case <-mine.done:
			return mine.answer, mine.err
		}
	}
	if err := c.failed.recent(key); err != nil {
		return Answer{}, err
	}
	result := c.flight.DoChan(fmt.Sprint(key, "\n", q.Known, "\n", q.Keep.Way), func() (any, error) {
		return c.fetch(detached, u, q)
	})
	select {
	case <-ctx.Done():
		return left()
	case r := <-result:
		return r.Val.(Answer), r.Err
	}
}

// fetch asks the source once its host has a slot free, and remembers a failure of the source. The wait for
// the slot is not part of the source's time.
func (c *Client) fetch(ctx context.Context, u *url.URL, q Request) (a Answer, err error) {
	defer func() { // it runs in a goroutine of its own, where a panic would end the process
		if r := recover(); r != nil {
			a, err = Answer{}, fmt.Errorf("fetch %s: %w: %w", redacted(u), ErrUnavailable, fault.Panic(r))
		}
	}()
	began := time.Now()
	defer func() { c.watch(whatMedia, began, a, err) }()
	h, release, err := c.slot(ctx, u)
	if err != nil {
		return Answer{}, err
	}
	defer release()
	began = time.Now()
	ctx, cancel := context.WithTimeout(ctx, c.opts.Timeout)
	defer cancel()
	a, err = c.get(ctx, u, h, q)
	switch {
	case err == nil:
		c.failed.forget(u.String())
	case a.Data == nil && fault.KindOf(err) != fault.PhotoOverloaded:
		c.failed.remember(u.String(), err)
	}
	return a, err
}

func (c *Client) get(ctx context.Context, u *url.URL, h *host, q Request) (Answer, error) {
	resp, err := c.askMedia(ctx, u, q.Known)
	if err == nil && resp.StatusCode == http.StatusNotModified && q.Known.contradictedBy(resp.Header) {
		resp.Body.Close()
		q.Known = Validators{}
		resp, err = c.askMedia(ctx, u, q.Known)
	}
	if err != nil {
		return Answer{}, err
	}
	defer resp.Body.Close()
	a := Answer{Validators: validatorsOf(resp.Header), Fresh: freshness(resp.Header)}
	switch {
	case resp.StatusCode == http.StatusNotModified && q.Known != (Validators{}):
		a.NotModified, a.Validators = true, q.Known
		return a, nil
	case resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusNonAuthoritativeInfo: // from a proxy
		return Answer{}, fmt.Errorf("fetch %s: %w", redacted(u), statusError(resp.StatusCode))
	}
	return c.receive(ctx, u, h, resp, a, q.Keep)
}

// askMedia returns the source's response, whose body is to be closed.
func (c *Client) askMedia(ctx context.Context, u *url.URL, known Validators) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", redacted(u), ErrUnavailable)
	}
	c.name(req)
	req.Header.Set("Accept", "image/jpeg,image/png,image/webp,image/gif")
	known.set(req.Header)
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, c.failure(u, err)
	}
	return resp, nil
}

// receive reads the body within the bounds of its host and of the client, until keep has returned.
func (c *Client) receive(
	ctx context.Context, u *url.URL, h *host, resp *http.Response, a Answer, keep Keep,
) (Answer, error) {
	size := resp.ContentLength
	if size > c.opts.MaxBytes {
		return Answer{}, fmt.Errorf("fetch %s: %w", redacted(u), c.tooLarge(size))
	}
	if size < 0 || encoded(resp) {
		size = c.opts.MaxBytes
	}
	for _, room := range []*semaphore.Weighted{h.held, c.held} { // a fetch that waits for its host holds nothing
		if err := room.Acquire(ctx, size); err != nil {
			return Answer{}, fmt.Errorf("fetch %s: wait for memory: %w: %w", redacted(u), fault.ErrPhotoOverloaded, err)
		}
		defer room.Release(size)
	}
	if err := c.read(u, resp, &a); err != nil {
		return Answer{}, err
	}
	if keep.Do == nil {
		return a, nil
	}
	return a, keep.Do(ctx, a)
}

// read reads the body into a, with what its header says.
func (c *Client) read(u *url.URL, resp *http.Response, a *Answer) (err error) {
	size := resp.ContentLength
	if encoded(resp) {
		size = -1
	}
	b := newBody(&c.opts, size)
	broken := b.readAll(bodyOf(resp, c.opts.MaxBytes))
	if broken != nil {
		if err := c.failure(u, broken); !errors.Is(err, ErrUnavailable) { // too large, too slow, of no format
			return err
		}
	}
	if a.Info, err = c.opts.Format.Inspect(b.data); err != nil && broken != nil {
		err = fmt.Errorf("%w: %w", fault.ErrSourceIncomplete, broken)
	}
	if err != nil {
		return fmt.Errorf("fetch %s: %w", redacted(u), err)
	}
	a.Incomplete = broken != nil && a.Info.MayBeCut(b.data) // a stated length may be wrong
	a.Data = b.data
	return nil
}

// tooLarge returns the error for a body whose stated size is over the limit.
func (c *Client) tooLarge(size int64) error {
	return fmt.Errorf("%w: %w", &fault.Error{Kind: fault.ImageTooLarge, Message: fmt.Sprintf(
		"the photo has %.1f MiB; at most %d are taken", float64(size)/(1<<20), c.opts.MaxBytes>>20)}, fault.ErrImageTooLarge)
}
