// Package lazyregexp has regular expressions that are compiled when they are first used. The service has some sixty of
// them, and each start would take 10 ms longer if all were compiled in advance, as long as drawing a card.
package lazyregexp

import (
	"regexp"
	"sync"
)

// Regexp returns a regular expression, which the first call compiles. It is safe for concurrent use.
type Regexp func() *regexp.Regexp

// New returns the regular expression. Its first use panics if it is none.
func New(expr string) Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
