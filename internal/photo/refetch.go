package photo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
)

// Validators are what a source said of a photo's version (RFC 9110, section 8.8). The zero value
// is of no version.
type Validators struct{ ETag, LastModified string }

// Request is what a caller wants of a source.
type Request struct {
	Known Validators // of the version that the caller has; zero: none
	Keep  Keep
	// Fresh asks the source now: no fetch is shared that has started before, and no failure of a moment ago
	// stands in for an answer. Fresh requests that come while the URL is being fetched for another share the
	// next fetch, after it.
	Fresh bool
}

// Answer is what a fetch had.
type Answer struct {
	Data        []byte // shared: not to be changed; nil where the photo is as it was
	Held        *Bytes // whose memory Data is, with one holder
	Info        Info   // what Inspect says of Data
	NotModified bool   // the version that was known is still the source's
	Incomplete  bool   // the transfer broke off before the file's own end: Data is the beginning of the photo
	Validators  Validators
	Fresh       time.Duration // how long the source need not be asked again: minFresh to maxFresh
}

// Keep is how a photo that was fetched is kept; the zero value, not at all.
type Keep struct {
	Way string // tells Keeps apart: those of one URL and one way are the same
	// Do may become the holder of the bytes. Where it does, whoever is answered later must hold them before
	// he looks at them; where nobody releases them, they are there for all.
	Do func(ctx context.Context, a Answer) error
}

// Refetch is Fetch for who knows a version of the photo: when it is still the source's, the
// answer says so and has no bytes. New bytes are first handed to Keep, once for all who wait to keep
// them in the same way; when it fails, they are answered beside its error. A transfer that breaks off
// after the photo's header is no error: the answer has what came, and says that it is incomplete, unless the
// file that came has its own end.
func (f *Fetcher) Refetch(ctx context.Context, rawURL string, q Request) (Answer, error) {
	u, err := f.checkURL(rawURL)
	if err != nil {
		return Answer{}, fmt.Errorf("fetch: %w: %w", ErrUnavailable, err)
	}
	key := u.String()
	detached := context.WithoutCancel(ctx)
	left := func() (Answer, error) {
		return Answer{}, fmt.Errorf("fetch %s: %w: %w", shown(u), ErrTimeout, ctx.Err())
	}
	if q.Fresh {
		mine := f.fresh.join(fmt.Sprint(key, "\n", q.Keep.Way), q.Known, func(known Validators) (Answer, error) {
			q.Known = known
			return f.fetch(detached, u, q)
		})
		select {
		case <-ctx.Done():
			return left()
		case <-mine.done:
			return mine.answer, mine.err
		}
	}
	if err := f.failed.recent(key); err != nil {
		return Answer{}, err
	}
	result := f.flight.DoChan(fmt.Sprint(key, "\n", q.Known, "\n", q.Keep.Way), func() (any, error) {
		return f.fetch(detached, u, q)
	})
	select {
	case <-ctx.Done():
		return left()
	case r := <-result:
		return r.Val.(Answer), r.Err
	}
}

// fetch asks the source once the host has a slot free, which is not counted as the source's time, and
// remembers a failure of the source.
func (f *Fetcher) fetch(ctx context.Context, u *url.URL, q Request) (a Answer, err error) {
	defer func() { // the goroutine is its own: nobody else could catch it
		if r := recover(); r != nil {
			a, err = Answer{}, fmt.Errorf("fetch %s: %w: panic: %v\n%s", shown(u), ErrUnavailable, r, debug.Stack())
		}
	}()
	host, release, err := f.slot(ctx, u)
	if err != nil {
		return Answer{}, err
	}
	defer release()
	ctx, cancel := context.WithTimeout(ctx, f.opts.Timeout)
	defer cancel()
	a, err = f.get(ctx, u, host, q)
	switch {
	case err == nil:
		f.failed.forget(u.String())
	case a.Data == nil && !errors.Is(err, ErrOverloaded):
		f.failed.remember(u.String(), err)
	}
	return a, err
}

// slot waits for one of the slots of the URL's host. The error is ErrOverloaded: the source is not at fault.
func (f *Fetcher) slot(ctx context.Context, u *url.URL) (host *hostSlot, release func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, f.opts.SlotWait)
	defer cancel()
	host, release, err = f.hosts.take(ctx, placeOf(u))
	if err != nil {
		return nil, nil, fmt.Errorf("fetch %s: wait for its host: %w: %w", shown(u), ErrOverloaded, err)
	}
	return host, release, nil
}

// How long a photo is taken as it is without asking: at least, so that the cards of one moment
// show one photo; where the source says nothing; and at most.
const (
	minFresh     = 30 * time.Second
	defaultFresh = time.Minute
	maxFresh     = 5 * time.Minute
)

// maxValidator bounds what is remembered of a header field.
const maxValidator = 256

func (v Validators) ask(h http.Header) {
	if v.ETag != "" {
		h.Set("If-None-Match", v.ETag)
	}
	if v.LastModified != "" {
		h.Set("If-Modified-Since", v.LastModified)
	}
}

// youngest is how old a photo must be for its date to tell its versions apart: a date has seconds, and
// the clocks of a source may differ (RFC 9110, section 8.8.2.2).
const youngest = time.Minute

func validatorsOf(h http.Header) Validators {
	v := Validators{ETag: h.Get("ETag"), LastModified: h.Get("Last-Modified")}
	if len(v.ETag) > maxValidator {
		v.ETag = ""
	}
	if len(v.LastModified) > maxValidator || age(h) < youngest {
		v.LastModified = ""
	}
	return v
}

// age is how long before its answer the photo was last modified; 0 where that is not told.
func age(h http.Header) time.Duration {
	modified, err := http.ParseTime(h.Get("Last-Modified"))
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	return now.Sub(modified)
}

// contradicted reports a 304 that names another version than the known one: some sources answer so
// for any photo that is older than the date they were asked with.
func (v Validators) contradicted(h http.Header) bool {
	if tag := h.Get("ETag"); tag != "" && v.ETag != "" {
		return strings.TrimPrefix(tag, "W/") != strings.TrimPrefix(v.ETag, "W/")
	}
	date := h.Get("Last-Modified")
	return date != "" && v.LastModified != "" && date != v.LastModified
}

// freshOf reads max-age less Age (RFC 9111, sections 4.2 and 5.2.2).
func freshOf(h http.Header) time.Duration {
	fresh := defaultFresh
	for directive := range strings.SplitSeq(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.ToLower(strings.TrimSpace(directive)), "=")
		switch name {
		case "no-store", "no-cache":
			return minFresh
		case "max-age":
			fresh = seconds(strings.Trim(value, `"`))
		}
	}
	return max(minFresh, min(fresh-seconds(h.Get("Age")), maxFresh))
}

// seconds reads a count of seconds; what is none is 0.
func seconds(text string) time.Duration {
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		return 0
	}
	return time.Duration(n) * time.Second
}
