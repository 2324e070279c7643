package share

import "strings"

// Target is a place to share to.
type Target struct {
	Name          string
	link          func(Config, Post) string
	keepsFragment bool
	needsImage    bool
	off           bool // only when asked for by name
}

// targets is the table, in display order. The first five are the bar's.
var targets = []Target{
	{Name: "facebook", link: facebook},
	{Name: "twitter", link: twitter},
	{Name: "kakao", link: kakao},
	{Name: "mail", link: mail, keepsFragment: true},
	{Name: "link", link: func(_ Config, p Post) string { return p.URL }, keepsFragment: true},
	{Name: "line", link: line},
	{Name: "naver", link: naver},
	{Name: "band", link: band},
	{Name: "whatsapp", link: whatsapp},
	{Name: "telegram", link: telegram},
	{Name: "linkedin", link: linkedin},
	{Name: "threads", link: threads},
	{Name: "bluesky", link: bluesky},
	{Name: "reddit", link: reddit},
	{Name: "weibo", link: weibo},
	{Name: "mastodon", link: mastodon},
	{Name: "pinterest", link: pinterest, needsImage: true},
	{Name: "sms", link: sms},
	{Name: "kakaostory", link: kakaostory, off: true},
}

// query joins a base and name-value pairs; empty values are left out.
func query(base string, pairs ...string) string {
	var b strings.Builder
	b.WriteString(base)
	sep := byte('?')
	if strings.Contains(base, "?") {
		sep = '&'
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			continue
		}
		b.WriteByte(sep)
		b.WriteString(pairs[i] + "=" + escape(pairs[i+1]))
		sep = '&'
	}
	return b.String()
}

// words is the title and the address, as targets want them that take one text.
func words(p Post, most int) string {
	if p.Title == "" {
		return p.URL
	}
	return cutGraphemes(p.Title, most) + " " + p.URL
}

// maxQueryText bounds a title in a query, in graphemes: long ones break the targets' pages.
const maxQueryText = 300

// facebook is Meta's share dialog with an app id, else the sharer that needs none. Only the
// address counts; all else comes from the page's tags. (Meta for Developers, Share Dialog)
func facebook(c Config, p Post) string {
	hashtag := ""
	if len(p.Hashtags) > 0 {
		hashtag = "#" + p.Hashtags[0]
	}
	if c.FacebookAppID != "" {
		return query("https://www.facebook.com/dialog/share",
			"app_id", c.FacebookAppID, "display", "popup", "href", p.URL, "hashtag", hashtag)
	}
	return query("https://www.facebook.com/sharer/sharer.php", "u", p.URL, "hashtag", hashtag)
}

// twitter is X's web intent. (X Developer Platform, Web intents)
func twitter(_ Config, p Post) string {
	text, tags := fitTweet(p)
	return query("https://twitter.com/intent/tweet",
		"text", text, "url", p.URL, "via", p.Via, "hashtags", strings.Join(tags, ","))
}

// line is LINE's share page. (LINE Developers, Share buttons)
func line(_ Config, p Post) string {
	return query("https://social-plugins.line.me/lineit/share", "url", p.URL, "text", cutGraphemes(p.Title, maxQueryText))
}

// naver is Naver's share sheet, by the form that sites use; its title must not be empty.
func naver(_ Config, p Post) string {
	title := cutGraphemes(p.Title, maxQueryText)
	if title == "" {
		title = p.URL
	}
	return query("https://share.naver.com/web/shareView", "url", p.URL, "title", title)
}

// band is BAND's share plug-in, by the form that sites use.
func band(_ Config, p Post) string {
	body := p.URL
	if p.Title != "" {
		body = cutGraphemes(p.Title, maxQueryText) + "\n" + p.URL
	}
	return query("https://band.us/plugin/share", "body", body, "route", hostOf(p.URL))
}

// whatsapp is WhatsApp's click to chat. (WhatsApp Help Center)
func whatsapp(_ Config, p Post) string {
	return query("https://wa.me/", "text", words(p, maxQueryText))
}

// telegram is Telegram's share link. (Telegram, Sharing button)
func telegram(_ Config, p Post) string {
	return query("https://t.me/share/url", "url", p.URL, "text", cutGraphemes(p.Title, maxQueryText))
}

// linkedin takes the address alone and reads the page's tags. (LinkedIn, Share plugin)
func linkedin(_ Config, p Post) string {
	return query("https://www.linkedin.com/sharing/share-offsite/", "url", p.URL)
}

// threads attaches the address to a text of at most 500 characters. (Meta for Developers,
// Threads web intents, 2026-03)
func threads(_ Config, p Post) string {
	tag := ""
	if len(p.Hashtags) > 0 && len([]rune(p.Hashtags[0])) <= 50 {
		tag = p.Hashtags[0]
	}
	return query("https://www.threads.com/intent/post", "text", cutGraphemes(p.Title, 480), "url", p.URL, "tag", tag)
}

// bluesky takes one text of at most 300 graphemes, the address included. (Bluesky docs, Intent links)
func bluesky(_ Config, p Post) string {
	return query("https://bsky.app/intent/compose", "text", words(p, max(0, 299-graphemes(p.URL))))
}

// reddit is the form that reddit.com/submit reads.
func reddit(_ Config, p Post) string {
	return query("https://www.reddit.com/submit", "url", p.URL, "title", cutGraphemes(p.Title, maxQueryText))
}

// weibo is Weibo's share page, by the form that sites use.
func weibo(_ Config, p Post) string {
	return query("https://service.weibo.com/share/share.php",
		"url", p.URL, "title", cutGraphemes(p.Title, maxQueryText), "pic", p.Image)
}

// mastodon asks the reader for their server; the text stays behind the #, out of its logs.
func mastodon(_ Config, p Post) string {
	text := p.URL
	if p.Title != "" {
		text = cutGraphemes(p.Title, maxQueryText) + "\n" + p.URL
	}
	return "https://share.joinmastodon.org/#text=" + escape(text)
}

// pinterest pins an image. (Pinterest Developers, Save button)
func pinterest(_ Config, p Post) string {
	return query("https://www.pinterest.com/pin/create/button/",
		"url", p.URL, "media", p.Image, "description", cutGraphemes(p.Title, maxQueryText))
}

// sms opens the messages app; "?&" is read by iOS and Android alike (RFC 5724 knows only "?").
func sms(_ Config, p Post) string { return "sms:?&body=" + escape(words(p, maxQueryText)) }

// kakaostory is the form that sites use; whether it still answers is not confirmed.
func kakaostory(_ Config, p Post) string {
	return query("https://story.kakao.com/share", "url", p.URL)
}

func hostOf(u string) string {
	_, rest, _ := strings.Cut(u, "://")
	host, _, _ := strings.Cut(rest, "/")
	return host
}
