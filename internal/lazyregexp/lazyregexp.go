// Package lazyregexp has regular expressions that are compiled when they are first used. The service has some sixty of
// them, and each start would take 10 ms longer if all were compiled in advance, as long as drawing a card.
package lazyregexp

import (
	"regexp"
	"sync"
)

// Regexp is a regular expression that is compiled when it is first used. It is safe for concurrent use. The methods are
// those of regexp.Regexp.
type Regexp struct{ compiled func() *regexp.Regexp }

// New returns the regular expression. Its first use panics if it is none.
func New(expr string) *Regexp {
	return &Regexp{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })}
}

func (r *Regexp) MatchString(s string) bool                { return r.compiled().MatchString(s) }
func (r *Regexp) FindString(s string) string               { return r.compiled().FindString(s) }
func (r *Regexp) FindStringIndex(s string) []int           { return r.compiled().FindStringIndex(s) }
func (r *Regexp) FindStringSubmatch(s string) []string     { return r.compiled().FindStringSubmatch(s) }
func (r *Regexp) FindStringSubmatchIndex(s string) []int   { return r.compiled().FindStringSubmatchIndex(s) }
func (r *Regexp) Split(s string, n int) []string           { return r.compiled().Split(s, n) }
func (r *Regexp) ReplaceAllString(src, repl string) string { return r.compiled().ReplaceAllString(src, repl) }

func (r *Regexp) FindAllStringIndex(s string, n int) [][]int {
	return r.compiled().FindAllStringIndex(s, n)
}

func (r *Regexp) ReplaceAllStringFunc(src string, repl func(string) string) string {
	return r.compiled().ReplaceAllStringFunc(src, repl)
}

func (r *Regexp) ExpandString(dst []byte, template, src string, match []int) []byte {
	return r.compiled().ExpandString(dst, template, src, match)
}
