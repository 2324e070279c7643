package fetch

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Validators identify a version of media, as its source named it (RFC 9110, section 8.8). The zero value
// is of no version.
type Validators struct{ ETag, LastModified string }

// maxValidator is the length in bytes of the longest header field that is remembered.
const maxValidator = 256

// set makes a request conditional.
func (v Validators) set(h http.Header) {
	if v.ETag != "" {
		h.Set("If-None-Match", v.ETag)
	}
	if v.LastModified != "" {
		h.Set("If-Modified-Since", v.LastModified)
	}
}

// minAge is how old media must be for its date to tell its versions apart: a date has seconds, and the clocks
// of a source may differ (RFC 9110, section 8.8.2.2).
const minAge = time.Minute

func validatorsOf(h http.Header) Validators {
	v := Validators{ETag: h.Get("ETag"), LastModified: h.Get("Last-Modified")}
	if len(v.ETag) > maxValidator {
		v.ETag = ""
	}
	if len(v.LastModified) > maxValidator || age(h) < minAge {
		v.LastModified = ""
	}
	return v
}

// age returns how long before the response the media was last modified; 0 where the header does not say it.
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

// contradictedBy reports a 304 that names another version than v: some sources answer so for any file that is
// older than the date in the request.
func (v Validators) contradictedBy(h http.Header) bool {
	if tag := h.Get("ETag"); tag != "" && v.ETag != "" {
		return strings.TrimPrefix(tag, "W/") != strings.TrimPrefix(v.ETag, "W/")
	}
	date := h.Get("Last-Modified")
	return date != "" && v.LastModified != "" && date != v.LastModified
}

// How long media is fresh: at least, so that the cards of one moment show one photo; where the source does not
// say; and at most.
const (
	minFresh     = 30 * time.Second
	defaultFresh = time.Minute
	maxFresh     = 5 * time.Minute
)

// freshness reads max-age less Age (RFC 9111, sections 4.2 and 5.2.2).
func freshness(h http.Header) time.Duration {
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

// seconds reads a count of seconds; 0 where the text is none.
func seconds(text string) time.Duration {
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		return 0
	}
	return time.Duration(n) * time.Second
}
