package web

import "strings"

// words are what the reader's pages say, by language; en stands for the others.
var words = map[string]map[string]string{
	"en": {
		"share": "Share on KakaoTalk", "copy": "Copy link", "copied": "Link copied", "failed": "Could not copy. Select the link and copy it.",
		"link": "Link to the story", "read": "Read the story", "blocked": "KakaoTalk could not be loaded here. Copy the link instead.",
	},
	"ko": {
		"share": "카카오톡으로 공유하기", "copy": "링크 복사", "copied": "링크를 복사했습니다", "failed": "복사하지 못했습니다. 링크를 길게 눌러 복사하세요.",
		"link": "기사 링크", "read": "기사 보기", "blocked": "카카오톡을 불러오지 못했습니다. 링크를 복사해 공유하세요.",
	},
	"ja": {
		"share": "カカオトークで共有", "copy": "リンクをコピー", "copied": "リンクをコピーしました", "failed": "コピーできませんでした。リンクを選択してコピーしてください。",
		"link": "記事のリンク", "read": "記事を読む", "blocked": "カカオトークを読み込めませんでした。リンクをコピーしてください。",
	},
	"zh": {
		"share": "分享到 KakaoTalk", "copy": "复制链接", "copied": "链接已复制", "failed": "复制失败，请手动复制。",
		"link": "文章链接", "read": "阅读全文", "blocked": "无法加载 KakaoTalk，请复制链接。",
	},
}

// say is the word in the language of the tag.
func say(lang, key string) string {
	primary, _, _ := strings.Cut(strings.ToLower(lang), "-")
	if w, ok := words[primary][key]; ok {
		return w
	}
	return words["en"][key]
}
