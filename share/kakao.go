package share

import (
	"encoding/json"
	"strings"

	"newsroom.example/cards/internal/weburl"
)

// The Kakao SDK for JavaScript that the Kakao page loads. Change version and hash together: with a wrong hash,
// browsers do not run the script. (Kakao Developers, JavaScript download, 2026-09-03)
const (
	KakaoSDKURL       = "https://t1.kakaocdn.net/kakao_js_sdk/2.8.3/kakao.min.js"
	KakaoSDKIntegrity = "sha384-oroumrnFVE0xtgqyDZJARgERibXg2C28380uaUZz2kHDS5CR7tu20eGiOU6GkTpy"
)

// KakaoCall is a call of Kakao.Share for a page that loads Kakao's SDK.
type KakaoCall struct {
	Method   string    `json:"method"` // "sendDefault"
	Settings KakaoFeed `json:"settings"`
}

// KakaoFeed is the feed template. The SDK checks types strictly: sizes are numbers, and empty values are omitted.
// (Kakao Developers, Message templates)
type KakaoFeed struct {
	ObjectType string        `json:"objectType"` // "feed"
	Content    KakaoContent  `json:"content"`
	Buttons    []KakaoButton `json:"buttons"`
	// ServerCallbackArgs are the arguments of Kakao's webhook call after the message was sent. Without them there is
	// no such call. (Kakao Developers, KakaoTalk Share, Webhook)
	ServerCallbackArgs map[string]string `json:"serverCallbackArgs,omitempty"`
}

// KakaoCodeArg is the name of the webhook argument with a story's short code.
const KakaoCodeArg = "code"

// KakaoContent is the picture and text of the message.
type KakaoContent struct {
	Title       string    `json:"title"`
	Description string    `json:"description,omitempty"`
	ImageURL    string    `json:"imageUrl,omitempty"`
	ImageWidth  int       `json:"imageWidth,omitempty"`
	ImageHeight int       `json:"imageHeight,omitempty"`
	Link        KakaoLink `json:"link"`
}

// KakaoLink is the target of a tap, on a computer and on a phone.
type KakaoLink struct {
	WebURL       string `json:"webUrl"`
	MobileWebURL string `json:"mobileWebUrl"`
}

// KakaoButton is a button under the message.
type KakaoButton struct {
	Title string    `json:"title"`
	Link  KakaoLink `json:"link"`
}

// Limits of the feed. KakaoTalk shows less of the title and description.
const (
	maxKakaoTitle       = 200    // graphemes
	maxKakaoDescription = 400    // graphemes
	maxKakaoJSON        = 10_000 // characters, limit of the SDK
)

// kakao returns the URL of this service's page that opens Kakao's share sheet. Kakao has no URL for that.
func kakao(c Config, p Post) string {
	if p.Code != "" {
		return c.BaseURL + "/kakao/" + p.Code
	}
	p.Title, p.Text = cutGraphemes(p.Title, maxKakaoTitle), cutGraphemes(p.Text, maxKakaoDescription)
	p = p.settled() // the page cleans its query again, and a text that was cut may look like HTML
	return query(c.BaseURL+"/kakao", "url", p.URL, "title", p.Title, "text", p.Text, "image", p.Image,
		"text_format", string(p.TextFormat))
}

// kakaoCall returns the call that opens Kakao's share sheet. It shortens the description if the JSON is too long.
func kakaoCall(c Config, p Post) KakaoCall {
	link := KakaoLink{p.URL, p.URL}
	if p.Text == p.Title { // the message would say it twice
		p.Text = ""
	}
	title := cutGraphemes(p.Title, maxKakaoTitle)
	if title == "" {
		title = p.URL
	}
	feed := KakaoFeed{
		ObjectType: "feed",
		Content: KakaoContent{
			Title: title, Description: cutGraphemes(p.Text, maxKakaoDescription),
			ImageURL: p.Image, ImageWidth: p.ImageWidth, ImageHeight: p.ImageHeight, Link: link,
		},
		Buttons: []KakaoButton{{Title: ReadMore(p.Lang), Link: link}},
	}
	if c.KakaoCallback && p.Code != "" {
		feed.ServerCallbackArgs = map[string]string{KakaoCodeArg: p.Code}
	}
	if p.Image == "" {
		feed.Content.ImageWidth, feed.Content.ImageHeight = 0, 0
	}
	for len(feed.Content.Description) > 0 && feed.size() > maxKakaoJSON {
		feed.Content.Description = cutGraphemes(feed.Content.Description, graphemes(feed.Content.Description)/2)
	}
	return KakaoCall{Method: "sendDefault", Settings: feed}
}

func (f KakaoFeed) size() int {
	raw, _ := json.Marshal(f) // cannot fail: there are only strings and numbers
	return len([]rune(string(raw)))
}

// query appends name-value pairs to a base URL. It omits pairs with an empty value.
func query(base string, pairs ...string) string {
	var b strings.Builder
	b.WriteString(base)
	sep := byte('?')
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
