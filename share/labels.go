package share

import "strings"

// labels name the targets where a language writes them its own way.
var labels = map[string]map[string]string{
	"en": {
		"facebook": "Facebook", "twitter": "X", "kakao": "KakaoTalk", "mail": "Mail", "link": "Link", "line": "LINE",
		"naver": "Naver", "band": "BAND", "whatsapp": "WhatsApp", "telegram": "Telegram", "linkedin": "LinkedIn",
		"threads": "Threads", "bluesky": "Bluesky", "reddit": "Reddit", "weibo": "Weibo", "mastodon": "Mastodon",
		"pinterest": "Pinterest", "sms": "SMS", "kakaostory": "KakaoStory",
	},
	"ko": {
		"facebook": "페이스북", "kakao": "카카오톡", "mail": "메일", "link": "링크", "line": "라인", "naver": "네이버", "band": "밴드",
		"whatsapp": "왓츠앱", "telegram": "텔레그램", "linkedin": "링크드인", "threads": "스레드", "bluesky": "블루스카이",
		"reddit": "레딧", "weibo": "웨이보", "mastodon": "마스토돈", "pinterest": "핀터레스트", "sms": "문자", "kakaostory": "카카오스토리",
	},
	"ja": {"kakao": "カカオトーク", "mail": "メール", "link": "リンク", "kakaostory": "カカオストーリー"},
	"zh": {"mail": "邮件", "link": "链接", "weibo": "微博", "sms": "短信"},
}

// actions are what a control says to a screen reader.
var actions = map[string]map[string]string{
	"en": {"": "Share on ", "mail": "Send by email", "link": "Copy link", "pinterest": "Save to Pinterest",
		"sms": "Send by SMS"},
	"ko": {
		"facebook": "페이스북에 공유하기", "twitter": "X에 공유하기", "kakao": "카카오톡으로 공유하기", "mail": "이메일로 보내기", "link": "링크 복사",
		"line": "라인으로 공유하기", "naver": "네이버에 공유하기", "band": "밴드에 공유하기", "whatsapp": "왓츠앱으로 공유하기",
		"telegram": "텔레그램으로 공유하기", "linkedin": "링크드인에 공유하기", "threads": "스레드에 공유하기", "bluesky": "블루스카이에 공유하기",
		"reddit": "레딧에 공유하기", "weibo": "웨이보에 공유하기", "mastodon": "마스토돈에 공유하기", "pinterest": "핀터레스트에 저장하기",
		"sms": "문자로 보내기", "kakaostory": "카카오스토리에 공유하기",
	},
	"ja": {
		"facebook": "Facebookで共有", "twitter": "Xで共有", "kakao": "カカオトークで共有", "mail": "メールで送る", "link": "リンクをコピー",
		"line": "LINEで共有", "naver": "NAVERで共有", "band": "BANDで共有", "whatsapp": "WhatsAppで共有", "telegram": "Telegramで共有",
		"linkedin": "LinkedInで共有", "threads": "Threadsで共有", "bluesky": "Blueskyで共有", "reddit": "Redditで共有",
		"weibo":    "Weiboで共有",
		"mastodon": "Mastodonで共有", "pinterest": "Pinterestに保存", "sms": "SMSで送る", "kakaostory": "カカオストーリーで共有",
	},
	"zh": {
		"facebook": "分享到 Facebook", "twitter": "分享到 X", "kakao": "分享到 KakaoTalk", "mail": "通过邮件发送", "link": "复制链接",
		"line": "分享到 LINE", "naver": "分享到 Naver", "band": "分享到 BAND", "whatsapp": "分享到 WhatsApp", "telegram": "分享到 Telegram",
		"linkedin": "分享到 LinkedIn", "threads": "分享到 Threads", "bluesky": "分享到 Bluesky", "reddit": "分享到 Reddit",
		"weibo":    "分享到微博",
		"mastodon": "分享到 Mastodon", "pinterest": "保存到 Pinterest", "sms": "通过短信发送", "kakaostory": "分享到 KakaoStory",
	},
}

var readMores = map[string]string{"en": "Read the story", "ko": "기사 보기", "ja": "記事を読む", "zh": "阅读全文"}

func language(tag string) string {
	lang, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return lang
}

// Label is the target's name in the language, English where it has no other.
func (t Target) Label(lang string) string {
	if l, ok := labels[language(lang)][t.Name]; ok {
		return l
	}
	return labels["en"][t.Name]
}

// Action is what the target's control says: "Share on Facebook".
func (t Target) Action(lang string) string {
	if a, ok := actions[language(lang)][t.Name]; ok {
		return a
	}
	if a, ok := actions["en"][t.Name]; ok {
		return a
	}
	return actions["en"][""] + t.Label(lang)
}

// ReadMore is what the button of a message says.
func ReadMore(lang string) string {
	if s, ok := readMores[language(lang)]; ok {
		return s
	}
	return readMores["en"]
}
