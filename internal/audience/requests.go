package audience

import (
	"net/http"
	"slices"
	"strings"
)

// prefetchHeaders are the headers with which browsers mark a request that the reader did not make.
var prefetchHeaders = []string{"Sec-Purpose", "Purpose", "X-Moz", "X-Purpose"}

// IsPrefetch reports whether a browser sent the request before the reader asked for the page.
func IsPrefetch(r *http.Request) bool {
	for _, name := range prefetchHeaders {
		v := strings.ToLower(r.Header.Get(name))
		if strings.Contains(v, "prefetch") || strings.Contains(v, "preview") || strings.Contains(v, "prerender") {
			return true
		}
	}
	return false
}

// Headers of Fetch Metadata, with which browsers say what a request is for. Pages cannot change them.
const (
	fetchMode = "Sec-Fetch-Mode"
	fetchDest = "Sec-Fetch-Dest"
)

// IsNavigation reports whether the request can be that of a reader who opens a page in a tab. It is false if the
// browser says that the request is for a part of another page: an image, a frame or data. Browsers before 2023 may
// say nothing.
func IsNavigation(r *http.Request) bool {
	return says(r, fetchMode, "navigate") && says(r, fetchDest, "document")
}

// IsBeacon reports whether the request can be that of a script, such as the embed kit's, that counts a tap: a
// beacon or a fetch. It is false if the browser says that the request is a form's, or is for a part of a page.
func IsBeacon(r *http.Request) bool {
	return says(r, fetchMode, "no-cors", "cors", "same-origin") && says(r, fetchDest, "empty")
}

// says reports whether the header has one of the values, or is missing.
func says(r *http.Request, header string, values ...string) bool {
	v := r.Header.Get(header)
	return v == "" || slices.Contains(values, v)
}
