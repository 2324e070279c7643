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

// Answer is what a fetch had.
type Answer struct {
	Data        []byte // shared: not to be changed; nil where the photo is as it was
	Held        *Bytes // whose memory Data is, with one holder
	Info        Info   // what Inspect says of Data
	NotModified bool   // the version that was known is still the source's
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

func validatorsOf(h http.Header) Validators {
	v := Validators{ETag: h.Get("ETag"), LastModified: h.Get("Last-Modified")}
	if len(v.ETag) > maxValidator {
		v.ETag = ""
	}
	if len(v.LastModified) > maxValidator {
		v.LastModified = ""
	}
	return v
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
