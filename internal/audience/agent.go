// Package audience distinguishes readers from crawlers and other programs, navigations from other requests, and one
// reader and network from another, by the headers and address of a request. It stores nothing.
package audience

import (
	"net/http"
	"slices"
	"sync"
)

// Agent is the kind of client that sent a request.
type Agent uint8

// The kinds of client.
const (
	Reader  Agent = iota // a browser, possibly inside an app
	Crawler              // a crawler of a network that shows previews, or of a search engine
	Robot                // any other program
)

// AgentOf returns the kind of client that sent the request. The User-Agent of every browser, also inside apps,
// contains Mozilla or Opera; any other client is a program. Apps that name their browser are trusted before the list of
// crawlers is asked, because the names of phones and carriers in such a User-Agent may contain those of crawlers. Only
// the first 512 bytes of a User-Agent count.
func AgentOf(r *http.Request) Agent { return agentOf(r.UserAgent()) }

func agentOf(userAgent string) Agent {
	switch found := agents().find(shortened(userAgent)); {
	case found&browser != 0 && found&inApp != 0:
		return Reader
	case found&network != 0:
		return Crawler
	case found&program != 0 || found&browser == 0:
		return Robot
	}
	return Reader
}

// Prepare builds what AgentOf needs, which takes some 10 ms. Without it the first request waits.
func Prepare() { agents() }

// maxAgent is the number of bytes of a User-Agent that are read. Those of browsers are shorter.
const maxAgent = 512

func shortened(userAgent string) string { return userAgent[:min(len(userAgent), maxAgent)] }

// agents returns the automaton of all patterns. It is built once.
var agents = sync.OnceValue(func() *automaton {
	return mustAutomaton(slices.Concat(own, listed()))
})
