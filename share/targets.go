package share

import (
	"slices"
	"strings"

	"newsroom.example/cards/internal/weburl"
)

// Target is a network or another way to share a story.
type Target struct {
	Name string // in the API
	Icon Icon

	link    func(Config, Post) string // returns the URL that shares a normalized post
	labels  words                     // display name; the English one is the default
	actions words                     // text of the button; the default is "Share on " and the label

	needsImage bool
	off        bool // off by default: included only if it is requested by name
}

// words is a text in several languages, by language.
type words map[string]string

// Icon is one SVG path on a grid of 24 by 24, filled or drawn with a stroke of width 2. The icons were drawn for
// this project; no brand's own file is used.
type Icon struct {
	Path  string // letters, digits, spaces and points
	Solid bool   // filled
}

// bubble is a speech bubble, with which several icons begin.
const bubble = "M12 4c5 0 9 3 9 7s-4 7-9 7l-2-.2L6 21v-4.3C4.2 15.4 3 13.3 3 11c0-4 4-7 9-7z"

// Targets returns all targets, in display order.
func Targets() []Target { return slices.Clone(targets) }

// targets has all targets in display order. The first five are those of Bar. A new target is one row.
var targets = []Target{
	{
		Name: "facebook", link: facebook,
		labels:  words{"en": "Facebook", "ko": "페이스북"},
		actions: words{"ko": "페이스북에 공유하기", "ja": "Facebookで共有", "zh": "分享到 Facebook"},
		Icon:    Icon{Path: "M14 22v-9h3.2l.6-4H14V7c0-1.2.5-2 2.1-2H18V1.4C17.5 1.3 16.6 1.2 15.6 1.2 12.6 1.2 10 3 10 6.6V9H6.7v4H10v9z", Solid: true},
	},
	{
		Name: "twitter", link: twitter,
		labels:  words{"en": "X"},
		actions: words{"ko": "X에 공유하기", "ja": "Xで共有", "zh": "分享到 X"},
		Icon:    Icon{Path: "M4 4l16 16M20 4L4 20"},
	},
	{
		Name: "kakao", link: kakao,
		labels:  words{"en": "KakaoTalk", "ko": "카카오톡", "ja": "カカオトーク"},
		actions: words{"ko": "카카오톡으로 공유하기", "ja": "カカオトークで共有", "zh": "分享到 KakaoTalk"},
		Icon:    Icon{Path: "M12 3.5c5.5 0 10 3.3 10 7.5s-4.5 7.5-10 7.5c-.6 0-1.1 0-1.7-.1L6 21.5l.8-4.2C3.9 16 2 13.7 2 11c0-4.2 4.5-7.5 10-7.5z", Solid: true},
	},
	{
		Name: "mail", link: mail,
		labels:  words{"en": "Mail", "ko": "메일", "ja": "メール", "zh": "邮件"},
		actions: words{"en": "Send by email", "ko": "이메일로 보내기", "ja": "メールで送る", "zh": "通过邮件发送"},
		Icon:    Icon{Path: "M3 6h18v13H3zM3 7l9 7 9-7"},
	},
	{
		Name: "link", link: func(_ Config, p Post) string { return p.URL },
		labels:  words{"en": "Link", "ko": "링크", "ja": "リンク", "zh": "链接"},
		actions: words{"en": "Copy link", "ko": "링크 복사", "ja": "リンクをコピー", "zh": "复制链接"},
		Icon:    Icon{Path: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17"},
	},
	{
		Name: "line", link: line,
		labels:  words{"en": "LINE", "ko": "라인"},
		actions: words{"ko": "라인으로 공유하기", "ja": "LINEで共有", "zh": "分享到 LINE"},
		Icon:    Icon{Path: bubble + "M9 8.5v5h3"},
	},
	{
		Name: "naver", link: naver,
		labels:  words{"en": "Naver", "ko": "네이버"},
		actions: words{"ko": "네이버에 공유하기", "ja": "NAVERで共有", "zh": "分享到 Naver"},
		Icon:    Icon{Path: "M5 4h5l4 7V4h5v16h-5l-4-7v7H5z", Solid: true},
	},
	{
		Name: "band", link: band,
		labels:  words{"en": "BAND", "ko": "밴드"},
		actions: words{"ko": "밴드에 공유하기", "ja": "BANDで共有", "zh": "分享到 BAND"},
		Icon:    Icon{Path: "M8 3v10M16 13a4 4 0 1 1-8 1c0-2.6 1.6-4 4-4s4 1.6 4 4a4 4 0 0 1-4 4"},
	},
	{
		Name: "whatsapp", link: whatsapp,
		labels:  words{"en": "WhatsApp", "ko": "왓츠앱"},
		actions: words{"ko": "왓츠앱으로 공유하기", "ja": "WhatsAppで共有", "zh": "分享到 WhatsApp"},
		Icon:    Icon{Path: "M4 20l1.3-4A8.5 8.5 0 1 1 8.5 19zM9 9c0 3.5 2.5 6 6 6l1-1.8-2-1-1 1c-1.2-.5-1.7-1-2.2-2.2l1-1-1-2z"},
	},
	{
		Name: "telegram", link: telegram,
		labels:  words{"en": "Telegram", "ko": "텔레그램"},
		actions: words{"ko": "텔레그램으로 공유하기", "ja": "Telegramで共有", "zh": "分享到 Telegram"},
		Icon:    Icon{Path: "M21 4L3 11l6 2.5L11 20l3-4 5 3.5zM9 13.5L21 4"},
	},
	{
		Name: "linkedin", link: linkedin,
		labels:  words{"en": "LinkedIn", "ko": "링크드인"},
		actions: words{"ko": "링크드인에 공유하기", "ja": "LinkedInで共有", "zh": "分享到 LinkedIn"},
		Icon:    Icon{Path: "M5 10v10M5 5v.1M10 20V10M10 14c0-2.5 1.5-4 4-4s4 1.5 4 4v6"},
	},
	{
		Name: "threads", link: threads,
		labels:  words{"en": "Threads", "ko": "스레드"},
		actions: words{"ko": "스레드에 공유하기", "ja": "Threadsで共有", "zh": "分享到 Threads"},
		Icon:    Icon{Path: "M19 8c-1-3-3.5-5-7-5-5 0-8 3.5-8 9s3 9 8 9c4 0 7-2.3 7-5.5 0-6-11-6-11-.8 0 3.8 7.5 3.3 7.5-3.2C15.5 9 13.8 8 12 8c-1.3 0-2.5.5-3 1.5"},
	},
	{
		Name: "bluesky", link: bluesky,
		labels:  words{"en": "Bluesky", "ko": "블루스카이"},
		actions: words{"ko": "블루스카이에 공유하기", "ja": "Blueskyで共有", "zh": "分享到 Bluesky"},
		Icon:    Icon{Path: "M12 11C10.5 8 7 4.5 3.5 4c-1 4 0 8.5 4.5 9-3 .8-3 4-.5 6 2.5 0 4-2.5 4.5-5 .5 2.5 2 5 4.5 5 2.5-2 2.5-5.2-.5-6 4.5-.5 5.5-5 4.5-9C17 4.5 13.5 8 12 11z"},
	},
	{
		Name: "reddit", link: reddit,
		labels:  words{"en": "Reddit", "ko": "레딧"},
		actions: words{"ko": "레딧에 공유하기", "ja": "Redditで共有", "zh": "分享到 Reddit"},
		Icon:    Icon{Path: "M12 8c5 0 9 2.5 9 6s-4 6-9 6-9-2.5-9-6 4-6 9-6zM12 8l1-5 4 1M9 13v.1M15 13v.1M9 16.5c2 1.3 4 1.3 6 0"},
	},
	{
		Name: "weibo", link: weibo,
		labels:  words{"en": "Weibo", "ko": "웨이보", "zh": "微博"},
		actions: words{"ko": "웨이보에 공유하기", "ja": "Weiboで共有", "zh": "分享到微博"},
		Icon:    Icon{Path: "M10 9c4.5-2 7.5 0 6.5 2.5 4 1.5 1 8.5-7 8.5-4 0-7-2-7-4.5C2.5 11 8 6 10.5 7.5zM9.5 13.5v.1M16 4c3.5-.3 5.5 2.5 4.7 5.5"},
	},
	{
		Name: "mastodon", link: mastodon,
		labels:  words{"en": "Mastodon", "ko": "마스토돈"},
		actions: words{"ko": "마스토돈에 공유하기", "ja": "Mastodonで共有", "zh": "分享到 Mastodon"},
		Icon:    Icon{Path: "M4 20V5.5C4 4 5 3 6.5 3h11C19 3 20 4 20 5.5V15c0 1.5-1 2.5-2.5 2.5H8M8 13V9.5a2 2 0 0 1 4 0V12M12 9.5a2 2 0 0 1 4 0V13"},
	},
	{
		Name: "pinterest", link: pinterest, needsImage: true,
		labels:  words{"en": "Pinterest", "ko": "핀터레스트"},
		actions: words{"en": "Save to Pinterest", "ko": "핀터레스트에 저장하기", "ja": "Pinterestに保存", "zh": "保存到 Pinterest"},
		Icon:    Icon{Path: "M10 21l2.5-11M8 13c-2.5-3.5 0-8.5 4.5-8.5 4 0 6 3 4.8 6.5-1.2 3.6-5 4.3-5.8 2"},
	},
	{
		Name: "sms", link: sms,
		labels:  words{"en": "SMS", "ko": "문자", "zh": "短信"},
		actions: words{"en": "Send by SMS", "ko": "문자로 보내기", "ja": "SMSで送る", "zh": "通过短信发送"},
		Icon:    Icon{Path: bubble + "M8 11v.1M12 11v.1M16 11v.1"},
	},
	{
		Name: "kakaostory", link: kakaostory, off: true,
		labels:  words{"en": "KakaoStory", "ko": "카카오스토리", "ja": "カカオストーリー"},
		actions: words{"ko": "카카오스토리에 공유하기", "ja": "カカオストーリーで共有", "zh": "分享到 KakaoStory"},
		Icon:    Icon{Path: "M6 3h12v18l-6-4.5L6 21z"},
	},
}

// query appends name-value pairs to a base URL. It omits pairs with an empty value.
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
		b.WriteString(pairs[i] + "=" + weburl.Component(pairs[i+1]))
		sep = '&'
	}
	return b.String()
}

// titled returns the title and the URL as one text of two lines, for targets that have only one parameter. Their apps
// show both lines, and a URL that begins a line is not broken.
func titled(p Post, most int) string {
	if p.Title == "" {
		return p.URL
	}
	return cutGraphemes(p.Title, most) + "\n" + p.URL
}

// maxQueryText is the maximum length of a title in a query, in graphemes. Longer ones break the targets' pages.
const maxQueryText = 300

// facebook uses Meta's share dialog if there is an app ID, else sharer.php, which needs none. Facebook reads
// everything except the URL and a hashtag from the page's tags. (Meta for Developers, Share Dialog)
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

// twitter uses X's web intent. (X Developer Platform, Web intents)
func twitter(_ Config, p Post) string {
	text, tags := fitTweet(p)
	return query("https://twitter.com/intent/tweet",
		"text", text, "url", p.URL, "via", p.Via, "hashtags", strings.Join(tags, ","))
}

// line uses LINE's share page. (LINE Developers, Share buttons)
func line(_ Config, p Post) string {
	return query("https://social-plugins.line.me/lineit/share", "url", p.URL, "text", cutGraphemes(p.Title, maxQueryText))
}

// naver uses Naver's share sheet, in the form that many sites use. The title must not be empty.
func naver(_ Config, p Post) string {
	title := cutGraphemes(p.Title, maxQueryText)
	if title == "" {
		title = p.URL
	}
	return query("https://share.naver.com/web/shareView", "url", p.URL, "title", title)
}

// band uses BAND's share plug-in, in the form that many sites use.
func band(_ Config, p Post) string {
	return query("https://band.us/plugin/share", "body", titled(p, maxQueryText), "route", hostOf(p.URL))
}

// whatsapp uses WhatsApp's click to chat. (WhatsApp Help Center)
func whatsapp(_ Config, p Post) string {
	return query("https://wa.me/", "text", titled(p, maxQueryText))
}

// telegram uses Telegram's share link. (Telegram, Sharing button)
func telegram(_ Config, p Post) string {
	return query("https://t.me/share/url", "url", p.URL, "text", cutGraphemes(p.Title, maxQueryText))
}

// linkedin passes only the URL. LinkedIn reads the page's tags. (LinkedIn, Share plugin)
func linkedin(_ Config, p Post) string {
	return query("https://www.linkedin.com/sharing/share-offsite/", "url", p.URL)
}

// threads uses the web intent of Threads. A post has at most 500 characters. (Meta for Developers, Threads web
// intents, 2026-03)
func threads(_ Config, p Post) string {
	tag := ""
	if len(p.Hashtags) > 0 && len([]rune(p.Hashtags[0])) <= 50 {
		tag = p.Hashtags[0]
	}
	return query("https://www.threads.com/intent/post", "text", cutGraphemes(p.Title, 480), "url", p.URL, "tag", tag)
}

// bluesky passes one text of at most 300 graphemes. Of a URL, Bluesky's composer shows and counts the host and at most
// 16 characters more. (Bluesky docs, Intent links; bluesky-social/social-app, toShortUrl)
func bluesky(_ Config, p Post) string {
	a := split(p.URL)
	counted := graphemes(a.host) + min(16, len(a.path+a.query+a.fragment))
	return query("https://bsky.app/intent/compose", "text", titled(p, max(0, 299-counted)))
}

// reddit uses the parameters of reddit.com/submit.
func reddit(_ Config, p Post) string {
	return query("https://www.reddit.com/submit", "url", p.URL, "title", cutGraphemes(p.Title, maxQueryText))
}

// weibo uses Weibo's share page, in the form that many sites use.
func weibo(_ Config, p Post) string {
	return query("https://service.weibo.com/share/share.php",
		"url", p.URL, "title", cutGraphemes(p.Title, maxQueryText), "pic", p.Image)
}

// mastodon uses a page that asks the reader for their server. The text is in the fragment, so that it does not
// appear in that page's server logs.
func mastodon(_ Config, p Post) string {
	return "https://share.joinmastodon.org/#text=" + weburl.Component(titled(p, maxQueryText))
}

// pinterest saves the image as a pin. (Pinterest Developers, Save button)
func pinterest(_ Config, p Post) string {
	return query("https://www.pinterest.com/pin/create/button/",
		"url", p.URL, "media", p.Image, "description", cutGraphemes(p.Title, maxQueryText))
}

// sms opens the messages app. Both iOS and Android accept "?&" (RFC 5724 has only "?").
func sms(_ Config, p Post) string { return "sms:?&body=" + weburl.Component(titled(p, maxQueryText)) }

// kakaostory uses the form that many sites use. It is not confirmed that it still works.
func kakaostory(_ Config, p Post) string {
	return query("https://story.kakao.com/share", "url", p.URL)
}

func hostOf(u string) string {
	_, rest, _ := strings.Cut(u, "://")
	host, _, _ := strings.Cut(rest, "/")
	return host
}
