// Package audience distinguishes readers from crawlers and other programs, and one reader from another, by the headers
// and address of a request. It stores nothing.
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
	Reader  Agent = iota // a browser, possibly inside an app
	Crawler              // a crawler of a network that shows previews, or of a search engine
	Robot                // any other program
)

// agents has parts of User-Agent headers in lower case. The first that matches determines the kind. The order matters:
// in-app browsers contain the names of their networks, and some crawlers contain the names of other networks. Sources:
// the networks' documentation of their crawlers.
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

// AgentOf returns the kind of client that sent the request. The User-Agent of every browser, also inside apps,
// contains Mozilla or Opera; any other client is a program.
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
	if botName.MatchString(strings.ReplaceAll(ua, "cubot", "")) { // Cubot is a brand of phones
		return Robot
	}
	return Reader
}

// botName matches a word that ends in "bot" or "bots".
var botName = regexp.MustCompile(`bots?\b`)

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
