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

// Query reads the query of a route of the newsroom's own programs, which may hold each of the known
// parameters once and no other: a misspelt name is refused.
func Query(c echo.Context, known ...string) (url.Values, error) {
	q, err := url.ParseQuery(c.Request().URL.RawQuery)
	if err != nil {
		return nil, fault.InField("query", "is malformed: names and values are percent-encoded and joined by &")
	}
	var f fault.List
	for _, name := range slices.Sorted(maps.Keys(q)) {
		if !slices.Contains(known, name) {
			f.Add(strings.ToValidUTF8(name, "\ufffd"), "is not known here")
		} else {
			checkValues(name, q[name], &f)
		}
	}
	return q, f.Err()
}

// OpenQuery reads the query of a route that pages, apps and crawlers call. Others add parameters of their
// own on the way (WordPress dnt=1, Facebook fbclid, jQuery _), so what is not known is ignored, even where
// its escapes are malformed: a reader cannot mend an address that somebody else has lengthened. Of the
// known parameters each may be given once, well formed.
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
		if err != nil || !slices.Contains(known, name) {
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

// checkValues notes what is wrong with the values of a known parameter.
func checkValues(name string, values []string, f *fault.List) {
	switch {
	case len(values) > 1:
		f.Add(name, "is given %d times", len(values))
	case !utf8.ValidString(values[0]) || strings.ContainsRune(values[0], 0):
		f.Add(name, "is not valid UTF-8")
	}
}

// Flag reads a parameter that is 0, 1 or absent.
func Flag(q url.Values, name string) (bool, error) {
	switch q.Get(name) {
	case "1", "true":
		return true, nil
	case "", "0", "false":
		return false, nil
	}
	return false, fault.InField(name, "must be 0 or 1")
}

// Number reads a whole number within bounds.
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

// Window reads the parameter window, a time span: Go's units, and d for days.
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

// List splits a parameter at its commas.
func List(s string) []string {
	var all []string
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}
