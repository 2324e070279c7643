// Package audience tells readers from crawlers and other programs, and one reader from another, from what
// a request says of itself. It stores nothing.
package audience

import (
	"net/http"
	"regexp"
	"strings"
)

// Agent is the kind of client that sent a request.
type Agent uint8

// The kinds of client.
const (
	Reader  Agent = iota // a person's browser, inside an app or not
	Crawler              // of a network that shows previews, or of a search engine
	Robot                // any other program
)

// agents are words of the User-Agent in lower case; the first that matches decides. In-app browsers carry
// the names of the networks that they belong to, and some crawlers the names of others. Sources: the
// networks' own pages on their crawlers.
var agents = []struct {
	token string
	agent Agent
}{
	{"kakaotalk-scrap", Crawler}, {"line-poker", Crawler}, {"telegrambot", Crawler},
	{"facebookexternalhit", Crawler}, {"facebot", Crawler}, {"meta-external", Crawler}, {"twitterbot", Crawler},
	{"whatsapp/", Crawler}, {"linkedinbot", Crawler}, {"slackbot", Crawler}, {"slack-imgproxy", Crawler},
	{"discordbot", Crawler},
	{"bluesky", Crawler}, {"cardyb", Crawler}, {"mastodon/", Crawler}, {"http.rb/", Crawler},
	{"pinterestbot", Crawler}, {"pinterest.com/bot", Crawler}, {"redditbot", Crawler},
	{"snap url preview", Crawler}, {"skypeuripreview", Crawler}, {"viber", Crawler}, {"vkshare", Crawler},
	{"embedly", Crawler},
	{"iframely", Crawler}, {"flipboardproxy", Crawler}, {"tumblr/", Crawler}, {"applebot", Crawler},
	{"yeti/", Crawler},
	{"daum/", Crawler}, {"daumoa", Crawler}, {"zumbot", Crawler}, {"linespider", Crawler},
	{"googlebot", Crawler}, {"bingbot", Crawler},
	{"kakaotalk", Reader}, {"line/", Reader}, {"naver(inapp", Reader}, {"daumapps", Reader}, {"fban", Reader},
	{"fbav", Reader},
	{"instagram", Reader}, {"barcelona", Reader}, {"snapchat", Reader}, {"[pinterest/", Reader},
	{"pinterest/", Reader},
	{"crawl", Robot}, {"spider", Robot}, {"slurp", Robot}, {"preview", Robot}, {"headlesschrome", Robot},
	{"lighthouse", Robot},
	{"curl/", Robot}, {"wget/", Robot}, {"python", Robot}, {"go-http-client", Robot}, {"java/", Robot},
	{"okhttp", Robot},
	{"libwww", Robot}, {"httpclient", Robot}, {"axios/", Robot}, {"node-fetch", Robot}, {"scrapy", Robot},
	{"monitor", Robot}, {"uptime", Robot},
	{"validator", Robot}, {"feedfetcher", Robot}, {"feedly", Robot},
}

// AgentOf is the kind of client that sent the request. Every browser, those inside apps too, names itself as
// Mozilla or Opera; a client that does neither is a program.
func AgentOf(r *http.Request) Agent {
	ua := strings.ToLower(r.UserAgent())
	browser := strings.Contains(ua, "mozilla/") || strings.Contains(ua, "opera/")
	for _, a := range agents {
		if strings.Contains(ua, a.token) && (browser || a.agent == Crawler) {
			return a.agent
		}
	}
	if !browser {
		return Robot
	}
	if botName.MatchString(strings.ReplaceAll(ua, "cubot", "")) { // Cubot makes telephones
		return Robot
	}
	return Reader
}

// botName is a word that ends in "bot", as robots call themselves.
var botName = regexp.MustCompile(`bots?\b`)

// prefetchHeaders are those by which browsers say that the reader has not tapped yet.
var prefetchHeaders = []string{"Sec-Purpose", "Purpose", "X-Moz", "X-Purpose"}

// IsPrefetch reports a request that a browser sent before its reader asked for the page.
func IsPrefetch(r *http.Request) bool {
	for _, name := range prefetchHeaders {
		v := strings.ToLower(r.Header.Get(name))
		if strings.Contains(v, "prefetch") || strings.Contains(v, "preview") || strings.Contains(v, "prerender") {
			return true
		}
	}
	return false
}
