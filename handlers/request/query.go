package request

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
)

// Query parses the query of a route for the newsroom's own programs. It may contain only the known
// parameters, each at most once, so that misspelt names are reported.
func Query(c echo.Context, known ...string) (url.Values, error) {
	q, err := url.ParseQuery(c.Request().URL.RawQuery)
	if err != nil {
		return nil, fault.InField("query", "is malformed: names and values are percent-encoded and joined by &")
	}
	var f fault.List
	for _, name := range slices.Sorted(maps.Keys(q)) {
		if !IsKnown(known, name) {
			f.Add(strings.ToValidUTF8(name, "\ufffd"), "is not known here")
		} else {
			checkValues(name, q[name], &f)
		}
	}
	return q, f.Err()
}

// IsKnown reports whether a parameter is one of the known ones, of which NAME[] stands for any name in the brackets.
func IsKnown(known []string, name string) bool {
	if list, _, ok := strings.Cut(name, "["); ok && strings.HasSuffix(name, "]") {
		name = list + "[]"
	}
	return slices.Contains(known, name)
}

// OpenQuery parses the query of a route for pages, apps and crawlers. Others add parameters to their URLs
// (WordPress dnt=1, Facebook fbclid, jQuery _), so unknown parameters are ignored, even if their escapes
// are malformed: a reader cannot correct a URL that another site has changed. Each known parameter may be
// given once, and must be well formed.
func OpenQuery(c echo.Context, known ...string) (url.Values, error) {
	q := url.Values{}
	raw := c.Request().URL.RawQuery
	if raw == "" {
		return q, nil
	}
	var f fault.List
	for pair := range strings.SplitSeq(raw, "&") {
		key, value, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(key)
		if err != nil || !IsKnown(known, name) {
			continue
		}
		text, err := url.QueryUnescape(value)
		if err != nil || strings.Contains(value, ";") {
			f.Add(name, "is malformed: values are percent-encoded")
			continue
		}
		q.Add(name, text)
	}
	for _, name := range slices.Sorted(maps.Keys(q)) {
		checkValues(name, q[name], &f)
	}
	return q, f.Err()
}

// checkValues reports errors in the values of a known parameter.
func checkValues(name string, values []string, f *fault.List) {
	switch {
	case len(values) > 1:
		f.Add(name, "is given %d times", len(values))
	case !utf8.ValidString(values[0]) || strings.ContainsRune(values[0], 0):
		f.Add(name, "is not valid UTF-8")
	}
}

// Flag parses a parameter that is 0, 1 or absent.
func Flag(q url.Values, name string) (bool, error) {
	switch q.Get(name) {
	case "1", "true":
		return true, nil
	case "", "0", "false":
		return false, nil
	}
	return false, fault.InField(name, "must be 0 or 1")
}

// Number parses a whole number within bounds.
func Number(q url.Values, name string, fallback, least, most int) (int, error) {
	raw := q.Get(name)
	if raw == "" {
		return fallback, nil
	}
	n, err := strconv.Atoi(raw)
	if err != nil || n < least || n > most {
		return 0, fault.InField(name, fmt.Sprintf("must be a whole number from %d to %d", least, most))
	}
	return n, nil
}

// Window parses the parameter window, a duration with Go's units, and d for days.
func Window(q url.Values) (string, time.Duration, error) {
	raw := q.Get("window")
	if raw == "" {
		raw = "24h"
	}
	text := raw
	if days, ok := strings.CutSuffix(raw, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n >= 0 && n <= 30 {
			text = strconv.Itoa(24*n) + "h"
		}
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < time.Minute || d > store.ClickLife {
		return "", 0, fault.InField("window", "must be from 1m to 30d, such as 24h or 7d")
	}
	return raw, d, nil
}

// List splits a parameter at commas.
func List(s string) []string {
	var all []string
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}
