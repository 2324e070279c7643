package photo

import (
	"context"
	"net/http"
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
	// Fresh asks the source now: no fetch is shared that began before, and no failure of a moment ago
	// stands in for an answer.
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
