// Package fetch is the only way out: it alone opens connections to other machines. It fetches media, which the
// caller's Format recognizes, and HTML pages. [Storage] is a second way, which leads to the operator's object store and
// nowhere else.
//
// # Security considerations
//
// The addresses come from outside. Attacks: addresses that lead into the operator's own network, by name, by
// number, by DNS that changes its answer or by redirect; sources that drip, stall or never end. Layers: a URL's
// form is checked, and local names are refused; every address is checked when it is dialled, after DNS, on
// every redirect; bytes, time and speed are bounded, for each fetch, for each host and in all; the Format
// refuses a body from its first bytes on. What remains: a public host that serves anything legal.
package fetch
