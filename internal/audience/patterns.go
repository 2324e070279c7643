package audience

import (
	_ "embed"
	"slices"
	"strings"
)

// class is a set of what the parts of a User-Agent show about its client.
type class uint8

const (
	browser class = 1 << iota // a browser, or a program that pretends to be one
	inApp                     // the browser inside an app
	network                   // a network's preview fetcher, or a search engine
	program                   // any other program
	phone                     // a model whose name ends like that of a program
)

// pattern is a regular expression that a part of a User-Agent matches. It is reduced to literals, see tokensOf.
type pattern struct {
	text  string
	class class
	exact bool // case matters
}

// own are the patterns that the list of crawlers does not have, or has wrong. Sources: the networks' documentation of
// their crawlers.
var own = []pattern{
	{text: `mozilla/`, class: browser}, {text: `opera/`, class: browser},

	// Browsers inside apps. The names of the networks alone are also in the User-Agents of their crawlers. The list
	// takes Meta's newer one (metaiab) for a preview fetcher.
	{text: `kakaotalk[ /]\d`, class: inApp}, {text: `kakaostory[ /]\d`, class: inApp}, {text: ` line/\d`, class: inApp},
	{text: `naver\(inapp`, class: inApp}, {text: `daumapps/`, class: inApp}, {text: `fban/`, class: inApp},
	{text: `fbav/`, class: inApp}, {text: `fb_iab/`, class: inApp}, {text: ` metaiab `, class: inApp},
	{text: ` instagram \d`, class: inApp}, {text: ` barcelona \d`, class: inApp}, {text: `snapchat/\d`, class: inApp},
	{text: `\[pinterest/`, class: inApp}, {text: ` pinterest/(android|ios)`, class: inApp},
	{text: ` twitter for i(phone|pad)`, class: inApp}, {text: ` twitterandroid`, class: inApp},
	{text: `\[linkedinapp\]`, class: inApp}, {text: ` micromessenger/`, class: inApp}, {text: `__weibo__`, class: inApp},
	{text: ` telegram-android/`, class: inApp},

	// Networks that fetch a link to show its preview.
	{text: `kakaotalk-scrap`, class: network}, {text: `line-poker`, class: network},
	{text: `meta-external`, class: network}, {text: `pinterestbot`, class: network}, {text: `cardyb`, class: network},
	{text: `bluesky`, class: network}, {text: `http\.rb/`, class: network}, {text: `snap url preview`, class: network},

	// Words by which other programs can be recognized.
	{text: `crawl`, class: program}, {text: `spider`, class: program}, {text: `slurp`, class: program},
	{text: `preview`, class: program}, {text: `headlesschrome`, class: program}, {text: `lighthouse`, class: program},
	{text: `curl/`, class: program}, {text: `wget/`, class: program}, {text: `python`, class: program},
	{text: `go-http-client`, class: program}, {text: `java/`, class: program}, {text: `okhttp`, class: program},
	{text: `libwww`, class: program}, {text: `httpclient`, class: program}, {text: `axios/`, class: program},
	{text: `node-fetch`, class: program}, {text: `scrapy`, class: program}, {text: `monitor`, class: program},
	{text: `uptime`, class: program}, {text: `validator`, class: program}, {text: `feedfetcher`, class: program},
	{text: `feedly`, class: program}, {text: `bots?\b`, class: program},

	{text: `cubot\b`, class: phone},
}

// list has the patterns of the npm package crawler-user-agents with their tags; see crawlers/README.md.
//
//go:embed crawlers/patterns.tsv
var list string

// mistaken are the patterns of the list that readers' browsers match.
var mistaken = []string{
	`AP3A\.240617\.008`, // a build of Android on many phones
	`MetaIAB Facebook`,  // Facebook's in-app browser
}

// listed returns the patterns of the list, without the mistaken ones.
func listed() []pattern {
	var all []pattern
	for line := range strings.Lines(list) {
		text, tags, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if slices.Contains(mistaken, text) {
			continue
		}
		p := pattern{text: text, class: program, exact: true}
		for tag := range strings.FieldsSeq(tags) {
			if tag == "social-preview" || tag == "search-engine" {
				p.class = network
			}
		}
		all = append(all, p)
	}
	return all
}
