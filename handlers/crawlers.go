package handlers

import (
	"net/http"
	"regexp"
	"strings"
)

// agent is who asks.
type agent uint8

const (
	person  agent = iota
	crawler       // of a network that shows previews: it gets the tags
	robot         // any other program: it gets the redirect, uncounted
)

// agents tells them by words of the User-Agent, in lower case, first match first: people's
// in-app browsers carry the names of the networks they belong to, and some crawlers the names of
// others. Sources: the networks' own pages on their crawlers.
var agents = []struct {
	token string
	agent agent
}{
	{"kakaotalk-scrap", crawler}, {"line-poker", crawler}, {"telegrambot", crawler},
	{"facebookexternalhit", crawler}, {"facebot", crawler}, {"meta-external", crawler}, {"twitterbot", crawler},
	{"whatsapp/", crawler}, {"linkedinbot", crawler}, {"slackbot", crawler}, {"slack-imgproxy", crawler}, {"discordbot", crawler},
	{"bluesky", crawler}, {"cardyb", crawler}, {"mastodon/", crawler}, {"http.rb/", crawler}, {"pinterestbot", crawler}, {"pinterest.com/bot", crawler}, {"redditbot", crawler},
	{"snap url preview", crawler}, {"skypeuripreview", crawler}, {"viber", crawler}, {"vkshare", crawler}, {"embedly", crawler},
	{"iframely", crawler}, {"flipboardproxy", crawler}, {"tumblr/", crawler}, {"applebot", crawler}, {"yeti/", crawler},
	{"daum/", crawler}, {"daumoa", crawler}, {"zumbot", crawler}, {"linespider", crawler}, {"googlebot", crawler}, {"bingbot", crawler},
	{"kakaotalk", person}, {"line/", person}, {"naver(inapp", person}, {"daumapps", person}, {"fban", person}, {"fbav", person},
	{"instagram", person}, {"barcelona", person}, {"snapchat", person}, {"[pinterest/", person}, {"pinterest/", person},
	{"crawl", robot}, {"spider", robot}, {"slurp", robot}, {"preview", robot}, {"headlesschrome", robot}, {"lighthouse", robot},
	{"curl/", robot}, {"wget/", robot}, {"python", robot}, {"go-http-client", robot}, {"java/", robot}, {"okhttp", robot},
	{"libwww", robot}, {"httpclient", robot}, {"axios/", robot}, {"node-fetch", robot}, {"scrapy", robot}, {"monitor", robot}, {"uptime", robot},
	{"validator", robot}, {"feedfetcher", robot}, {"feedly", robot},
}

// agentOf tells who sent the request: a crawler that is known, a robot, or a person. Every browser, those
// inside apps too, names itself as Mozilla or Opera; what does neither is a program.
func agentOf(r *http.Request) agent {
	ua := strings.ToLower(r.UserAgent())
	browser := strings.Contains(ua, "mozilla/") || strings.Contains(ua, "opera/")
	for _, a := range agents {
		if strings.Contains(ua, a.token) && (browser || a.agent == crawler) {
			return a.agent
		}
	}
	if !browser {
		return robot
	}
	if botName.MatchString(strings.ReplaceAll(ua, "cubot", "")) { // Cubot makes telephones
		return robot
	}
	return person
}

// botName is a word that ends in "bot", as robots call themselves.
var botName = regexp.MustCompile(`bots?\b`)

// prefetches are the headers with which browsers say that nobody has tapped yet.
var prefetches = []string{"Sec-Purpose", "Purpose", "X-Moz", "X-Purpose"}

func isPrefetch(r *http.Request) bool {
	for _, name := range prefetches {
		v := strings.ToLower(r.Header.Get(name))
		if strings.Contains(v, "prefetch") || strings.Contains(v, "preview") || strings.Contains(v, "prerender") {
			return true
		}
	}
	return false
}
