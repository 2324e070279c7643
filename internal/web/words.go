package web

import (
	"strings"

	"golang.org/x/text/language"
)

// words are the texts of the pages for readers, by language. Other languages use the English texts.
var words = map[string]map[string]string{
	"en": {
		"share": "Share on KakaoTalk", "copy": "Copy link", "copied": "Link copied",
		"failed": "Could not copy. Select the link and copy it.",
		"link":   "Link to the story", "read": "Read the story",
		"blocked": "KakaoTalk could not be loaded here. Copy the link instead.",
		"loading": "Loading KakaoTalk…", "outside": "Open in your browser",
		"hint":  "If nothing opens, open this page in your browser.",
		"nokey": "Copy the link, then paste it into a KakaoTalk chat.", "sent": "Continue in KakaoTalk.",
		"unknown": "This share link does not work",
		"back":    "The story behind it is not known here. Go back to the page with the story and share it from there.",
	},
	"ko": {
		"share": "카카오톡으로 공유하기", "copy": "링크 복사", "copied": "링크를 복사했습니다", "failed": "복사하지 못했습니다. 링크를 선택해 복사하세요.",
		"link": "기사 링크", "read": "기사 보기", "blocked": "카카오톡을 불러오지 못했습니다. 링크를 복사해 공유하세요.",
		"loading": "카카오톡을 불러오는 중…", "outside": "브라우저에서 열기", "hint": "열리지 않으면 이 페이지를 브라우저에서 열어 주세요.",
		"nokey": "링크를 복사해 카카오톡 채팅방에 붙여 넣으세요.", "sent": "카카오톡에서 계속하세요.",
		"unknown": "사용할 수 없는 공유 링크입니다",
		"back":    "이곳에 등록되지 않은 기사입니다. 기사가 있는 페이지로 돌아가 다시 공유해 주세요.",
	},
	"ja": {
		"share": "カカオトークで共有", "copy": "リンクをコピー", "copied": "リンクをコピーしました", "failed": "コピーできませんでした。リンクを選択してコピーしてください。",
		"link": "記事のリンク", "read": "記事を読む", "blocked": "カカオトークを読み込めませんでした。リンクをコピーしてください。",
		"loading": "カカオトークを読み込み中…", "outside": "ブラウザで開く", "hint": "開かないときは、このページをブラウザで開いてください。",
		"nokey": "リンクをコピーして、カカオトークのトークに貼り付けてください。", "sent": "カカオトークで続けてください。",
		"unknown": "この共有リンクは使えません",
		"back":    "この記事はここに登録されていません。記事のページに戻って、もう一度共有してください。",
	},
	"zh": {
		"share": "分享到 KakaoTalk", "copy": "复制链接", "copied": "链接已复制", "failed": "复制失败，请手动复制。",
		"link": "文章链接", "read": "阅读全文", "blocked": "无法加载 KakaoTalk，请复制链接。",
		"loading": "正在加载 KakaoTalk…", "outside": "在浏览器中打开", "hint": "如果没有打开，请用浏览器打开此页面。",
		"nokey": "复制链接，然后粘贴到 KakaoTalk 聊天中。", "sent": "请在 KakaoTalk 中继续。",
		"unknown": "此分享链接无法使用",
		"back":    "这篇文章未在这里登记。请回到文章页面重新分享。",
	},
}

// elements are the texts of the embed kit, apart from the labels of share targets.
var elements = map[string]map[string]string{
	"en": {
		"group": "Share this story", "native": "Share with another app", "window": "opens in a new window", "letter": "A",
		"size": "Text size", "top": "Top stories", "none": "No stories yet", "off": "The list is not available right now",
		"reads": "reads",
	},
	"ko": {
		"group": "기사 공유", "native": "다른 앱으로 공유하기", "window": "새 창 열림", "letter": "가",
		"size": "글자 크기", "top": "많이 본 기사", "none": "아직 기사가 없습니다", "off": "지금은 목록을 볼 수 없습니다", "reads": "회 조회",
	},
	"ja": {
		"group": "この記事を共有", "native": "ほかのアプリで共有", "window": "新しいウィンドウで開きます", "letter": "あ",
		"size": "文字サイズ", "top": "よく読まれている記事", "none": "まだ記事がありません", "off": "現在、一覧を表示できません", "reads": "回閲覧",
	},
	"zh": {
		"group": "分享本文", "native": "用其他应用分享", "window": "在新窗口打开", "letter": "字",
		"size": "文字大小", "top": "热门文章", "none": "暂无文章", "off": "暂时无法显示列表", "reads": "次阅读",
	},
}

// sizes are the names of the five text sizes, smallest first.
var sizes = map[string][]string{
	"en": {"Smallest", "Smaller", "Normal", "Larger", "Largest"},
	"ko": {"가장 작게", "작게", "기본 크기", "크게", "가장 크게"},
	"ja": {"最小", "小さめ", "標準", "大きめ", "最大"},
	"zh": {"最小", "较小", "标准", "较大", "最大"},
}

// say returns the text in the language of the BCP 47 tag lang, or in English.
func say(lang, key string) string {
	primary, _, _ := strings.Cut(strings.ToLower(lang), "-")
	for _, table := range []map[string]map[string]string{words, elements} {
		if w, ok := table[primary][key]; ok {
			return w
		}
	}
	if w, ok := words["en"][key]; ok {
		return w
	}
	return elements["en"][key]
}

// spoken returns the language that say uses for the BCP 47 tag lang.
func spoken(lang string) string {
	primary, _, _ := strings.Cut(strings.ToLower(lang), "-")
	if _, ok := words[primary]; ok {
		return primary
	}
	return "en"
}

// readers are the languages of words. The first is for readers who prefer another language.
var readers = language.NewMatcher([]language.Tag{
	language.English, language.Korean, language.Japanese, language.Chinese,
})

// Preferred returns the language of the pages for readers that suits an Accept-Language header best: en, ko, ja or zh.
func Preferred(acceptLanguage string) string {
	tag, _ := language.MatchStrings(readers, acceptLanguage)
	base, _ := tag.Base()
	return spoken(base.String())
}
