package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"newsroom.example/cards/internal/lazyregexp"
	"newsroom.example/cards/share"
)

type linksCommand struct {
	URL      string   `required:"" help:"The story's URL."`
	Title    string   `required:"" help:"The headline."`
	Text     string   `help:"A sentence about the story."`
	Image    string   `help:"The URL of the card."`
	Via      string   `help:"Account that the post on X mentions, without @."`
	Hashtags []string `help:"Hashtags without #, separated by commas."`
	Lang     string   `help:"Language of the labels, such as en or ko; docs/embed.md lists them."`
	Targets  []string `help:"The targets, in order. Default: all."`
	UTM      bool     `name:"utm" help:"Add utm_source and utm_medium to the shared URL, unless it has them."`
	Campaign string   `name:"utm-campaign" placeholder:"NAME" help:"With --utm: add utm_campaign too, unless the URL has it."`
	JSON     bool     `name:"json" help:"Print JSON, like the response of GET /v1/share-links."`

	TextFormat string `placeholder:"html|text" help:"How the texts and URLs are written. Default: decided for each, with a warning if it is decoded."`
	publicSettings
	shareSettings
}

// publicSettings say where the service is seen from outside.
type publicSettings struct {
	PublicURL string `name:"public-url" placeholder:"URL" help:"Prefix of every absolute URL that the service returns. Default: from the listening address."`
}

// shareSettings are the public ids that share links contain.
type shareSettings struct {
	KakaoJSKey    string `name:"kakao-js-key" placeholder:"KEY" help:"JavaScript key of the Kakao app. Without it, the Kakao page offers the link to copy."`
	FacebookAppID string `name:"facebook-app-id" placeholder:"ID" help:"Id of the Facebook app. Without it, links use Facebook's sharer, which needs none."`
	TwitterVia    string `name:"twitter-via" placeholder:"NAME" help:"Account that posts on X mention, without @."`
}

// idForms are the forms of the public ids.
var idForms = []struct {
	flag string
	of   func(shareSettings) string
	form lazyregexp.Regexp
	says string
}{
	{"twitter-via", func(s shareSettings) string { return s.TwitterVia }, lazyregexp.New(`^[A-Za-z0-9_]{1,15}$`),
		"1 to 15 letters, digits and _, without @"},
	{"facebook-app-id", func(s shareSettings) string { return s.FacebookAppID }, lazyregexp.New(`^[0-9]+$`),
		"digits only"},
	{"kakao-js-key", func(s shareSettings) string { return s.KakaoJSKey }, lazyregexp.New(`^[A-Za-z0-9]{8,64}$`),
		"8 to 64 letters and digits"},
}

// check returns an error for ids with a wrong form.
func (s shareSettings) check() error {
	for _, id := range idForms {
		if given := id.of(s); given != "" && !id.form().MatchString(given) {
			return usagef("--%s: %q must be %s", id.flag, given, id.says)
		}
	}
	return nil
}

func (s shareSettings) config() share.Config {
	return share.Config{FacebookAppID: s.FacebookAppID, TwitterVia: s.TwitterVia,
		KakaoJSKey: s.KakaoJSKey}
}

// linksAnswer is the JSON output, in the form of the API.
type linksAnswer struct {
	URL   string       `json:"url"`
	Links []linkAnswer `json:"links"`
}

type linkAnswer struct {
	Target string           `json:"target"`
	Label  string           `json:"label"`
	Action string           `json:"action"`
	URL    string           `json:"url"`
	SDK    *share.KakaoCall `json:"sdk,omitempty"`
	// Refused says that the page at URL refuses the story. Of kakao only: the page opens for registered stories, which
	// this command does not know, and for signed links.
	Refused bool `json:"refused,omitempty"`
}

// defaultBase is the URL of a service with default settings.
const defaultBase = "http://127.0.0.1:8080"

func (c linksCommand) Run(std stdio) error {
	if err := c.check(); err != nil {
		return err
	}
	settings := c.config()
	if settings.BaseURL = c.PublicURL; settings.BaseURL == "" {
		settings.BaseURL = defaultBase
	}
	post := share.Post{
		URL: c.URL, Title: c.Title, Text: c.Text, Image: c.Image, Via: c.Via,
		Hashtags: c.Hashtags, Lang: c.Lang, UTM: c.UTM,
		TextFormat: share.TextFormat(c.TextFormat),
		Campaign:   c.Campaign,
	}
	warnOfHTML(std, post.HTMLFields())
	canonical, links, err := share.Links(settings, post, c.Targets)
	if errors.Is(err, share.ErrInvalidPost) {
		name := strings.NewReplacer("text_format", "text-format", "utm_campaign", "utm-campaign")
		return usagef("--%s", name.Replace(oneLine(err)))
	}
	if err != nil {
		return err
	}
	if c.JSON {
		answer := linksAnswer{URL: canonical}
		for _, l := range links {
			answer.Links = append(answer.Links, linkAnswer{Target: l.Target, Label: l.Label, Action: l.Action, URL: l.URL,
				SDK: l.SDK, Refused: l.Target == "kakao"})
		}
		enc := json.NewEncoder(std.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(answer)
	}
	w := tabwriter.NewWriter(std.out, 0, 4, 2, ' ', 0)
	for _, l := range links {
		fmt.Fprintf(w, "%s\t%s\n", l.Target, l.URL)
	}
	if slices.ContainsFunc(links, func(l share.Link) bool { return l.Target == "kakao" }) {
		fmt.Fprintln(std.err, kakaoHint)
	}
	return w.Flush()
}

// kakaoHint is for people; JSON says it with Refused.
const kakaoHint = "cards: the page of the kakao link opens only for a registered story, or with a signature: " +
	"cards sign '/kakao?url=...&title=...'"
