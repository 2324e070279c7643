package share

import (
	"slices"

	"newsroom.example/cards/internal/words"
)

// Target is a network or another way to share a story.
type Target struct {
	Name string // in the API
	Icon Icon

	label string // display name, where the language has none
	form  form   // of the link
	app   form   // of the link with a Facebook app ID; its zero value: form

	needsImage bool
	off        bool // off by default: included only if it is requested by name
}

// Label returns the target's name in the language of the tag, or in English.
func (t Target) Label(tag string) string { return words.Of(tag).TargetName(t.Name, t.label) }

// Action returns what the target's button says in the language of the tag, or in English: "Share on Facebook".
func (t Target) Action(tag string) string { return words.Of(tag).Action(t.Name, t.label) }

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

// targets has all targets in display order. The first five are those of Bar. A new target is one row. The embed kit
// makes its own links by the same forms (Rules) while the service does not answer.
var targets = []Target{
	{ // Meta's share dialog if there is an app ID, else sharer.php, which needs none. Facebook reads everything except the
		// URL and a hashtag from the page's tags. (Meta for Developers, Share Dialog)
		Name: "facebook", label: "Facebook",
		form: formOf("https://www.facebook.com/sharer/sharer.php?u={url}&hashtag={hashtag}"),
		app:  formOf("https://www.facebook.com/dialog/share?app_id={app}&display=popup&href={url}&hashtag={hashtag}"),
		Icon: Icon{Path: "M14 22v-9h3.2l.6-4H14V7c0-1.2.5-2 2.1-2H18V1.4C17.5 1.3 16.6 1.2 15.6 1.2 12.6 1.2 10 3 10 6.6V9H6.7v4H10v9z", Solid: true},
	},
	{ // X's web intent. (X Developer Platform, Web intents)
		Name: "twitter", label: "X",
		form: formOf("https://twitter.com/intent/tweet?text={tweet}&url={url}&via={via}&hashtags={tags}"),
		Icon: Icon{Path: "M4 4l16 16M20 4L4 20"},
	},
	{ // Kakao has no URL: kakao.go
		Name: "kakao", label: "KakaoTalk",
		Icon: Icon{Path: "M12 3.5c5.5 0 10 3.3 10 7.5s-4.5 7.5-10 7.5c-.6 0-1.1 0-1.7-.1L6 21.5l.8-4.2C3.9 16 2 13.7 2 11c0-4.2 4.5-7.5 10-7.5z", Solid: true},
	},
	{ // mail.go
		Name: "mail", label: "Mail",
		Icon: Icon{Path: "M3 6h18v13H3zM3 7l9 7 9-7"},
	},
	{ // The URL itself.
		Name: "link", label: "Link",
		Icon: Icon{Path: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17"},
	},
	{ // LINE's share page. (LINE Developers, Share buttons)
		Name: "line", label: "LINE",
		form: formOf("https://social-plugins.line.me/lineit/share?url={url}&text={title:300}"),
		Icon: Icon{Path: bubble + "M9 8.5v5h3"},
	},
	{ // Naver's share sheet, in the form that many sites use. The title must not be empty.
		Name: "naver", label: "Naver",
		form: formOf("https://share.naver.com/web/shareView?url={url}&title={named:300}"),
		Icon: Icon{Path: "M5 4h5l4 7V4h5v16h-5l-4-7v7H5z", Solid: true},
	},
	{ // BAND's share plug-in, in the form that many sites use.
		Name: "band", label: "BAND",
		form: formOf("https://band.us/plugin/share?body={lines:300}&route={host}"),
		Icon: Icon{Path: "M8 3v10M16 13a4 4 0 1 1-8 1c0-2.6 1.6-4 4-4s4 1.6 4 4a4 4 0 0 1-4 4"},
	},
	{ // WhatsApp's click to chat. (WhatsApp Help Center)
		Name: "whatsapp", label: "WhatsApp",
		form: formOf("https://wa.me/?text={lines:300}"),
		Icon: Icon{Path: "M4 20l1.3-4A8.5 8.5 0 1 1 8.5 19zM9 9c0 3.5 2.5 6 6 6l1-1.8-2-1-1 1c-1.2-.5-1.7-1-2.2-2.2l1-1-1-2z"},
	},
	{ // Telegram's share link. (Telegram, Sharing button)
		Name: "telegram", label: "Telegram",
		form: formOf("https://t.me/share/url?url={url}&text={title:300}"),
		Icon: Icon{Path: "M21 4L3 11l6 2.5L11 20l3-4 5 3.5zM9 13.5L21 4"},
	},
	{ // LinkedIn reads the page's tags. (LinkedIn, Share plugin)
		Name: "linkedin", label: "LinkedIn",
		form: formOf("https://www.linkedin.com/sharing/share-offsite/?url={url}"),
		Icon: Icon{Path: "M5 10v10M5 5v.1M10 20V10M10 14c0-2.5 1.5-4 4-4s4 1.5 4 4v6"},
	},
	{ // A post has at most 500 characters. (Meta for Developers, Threads web intents, 2026-03)
		Name: "threads", label: "Threads",
		form: formOf("https://www.threads.com/intent/post?text={title:480}&url={url}&tag={tag:50}"),
		Icon: Icon{Path: "M19 8c-1-3-3.5-5-7-5-5 0-8 3.5-8 9s3 9 8 9c4 0 7-2.3 7-5.5 0-6-11-6-11-.8 0 3.8 7.5 3.3 7.5-3.2C15.5 9 13.8 8 12 8c-1.3 0-2.5.5-3 1.5"},
	},
	{ // One text of at most 300 graphemes. (Bluesky docs, Intent links)
		Name: "bluesky", label: "Bluesky",
		form: formOf("https://bsky.app/intent/compose?text={fitted:299}"),
		Icon: Icon{Path: "M12 11C10.5 8 7 4.5 3.5 4c-1 4 0 8.5 4.5 9-3 .8-3 4-.5 6 2.5 0 4-2.5 4.5-5 .5 2.5 2 5 4.5 5 2.5-2 2.5-5.2-.5-6 4.5-.5 5.5-5 4.5-9C17 4.5 13.5 8 12 11z"},
	},
	{ // The parameters of reddit.com/submit.
		Name: "reddit", label: "Reddit",
		form: formOf("https://www.reddit.com/submit?url={url}&title={title:300}"),
		Icon: Icon{Path: "M12 8c5 0 9 2.5 9 6s-4 6-9 6-9-2.5-9-6 4-6 9-6zM12 8l1-5 4 1M9 13v.1M15 13v.1M9 16.5c2 1.3 4 1.3 6 0"},
	},
	{ // Weibo's share page, in the form that many sites use.
		Name: "weibo", label: "Weibo",
		form: formOf("https://service.weibo.com/share/share.php?url={url}&title={title:300}&pic={image}"),
		Icon: Icon{Path: "M10 9c4.5-2 7.5 0 6.5 2.5 4 1.5 1 8.5-7 8.5-4 0-7-2-7-4.5C2.5 11 8 6 10.5 7.5zM9.5 13.5v.1M16 4c3.5-.3 5.5 2.5 4.7 5.5"},
	},
	{ // A page that asks the readers for their server. The text is in the fragment, so that it does not appear in that
		// page's server logs.
		Name: "mastodon", label: "Mastodon",
		form: formOf("https://share.joinmastodon.org/#text={lines:300}"),
		Icon: Icon{Path: "M4 20V5.5C4 4 5 3 6.5 3h11C19 3 20 4 20 5.5V15c0 1.5-1 2.5-2.5 2.5H8M8 13V9.5a2 2 0 0 1 4 0V12M12 9.5a2 2 0 0 1 4 0V13"},
	},
	{ // Saves the image as a pin. (Pinterest Developers, Save button)
		Name: "pinterest", label: "Pinterest", needsImage: true,
		form: formOf("https://www.pinterest.com/pin/create/button/?url={url}&media={image}&description={title:300}"),
		Icon: Icon{Path: "M10 21l2.5-11M8 13c-2.5-3.5 0-8.5 4.5-8.5 4 0 6 3 4.8 6.5-1.2 3.6-5 4.3-5.8 2"},
	},
	{ // Opens the messages app. Both iOS and Android accept "?&" (RFC 5724 has only "?").
		Name: "sms", label: "SMS",
		form: formOf("sms:?&body={lines:300}"),
		Icon: Icon{Path: bubble + "M8 11v.1M12 11v.1M16 11v.1"},
	},
	{ // The form that many sites use. It is not confirmed that it still works.
		Name: "kakaostory", label: "KakaoStory", off: true,
		form: formOf("https://story.kakao.com/share?url={url}"),
		Icon: Icon{Path: "M6 3h12v18l-6-4.5L6 21z"},
	},
}
