package share

import "encoding/json"

// The Kakao SDK for JavaScript that the Kakao page loads. Version and hash change together: a
// wrong hash silently stops the script. (Kakao Developers, JavaScript download, 2026-09-03)
const (
	KakaoSDKURL       = "https://t1.kakaocdn.net/kakao_js_sdk/2.8.3/kakao.min.js"
	KakaoSDKIntegrity = "sha384-oroumrnFVE0xtgqyDZJARgERibXg2C28380uaUZz2kHDS5CR7tu20eGiOU6GkTpy"
)

// KakaoCall is a call of Kakao.Share, ready to be made by a page that loads Kakao's SDK.
type KakaoCall struct {
	Method   string    `json:"method"` // "sendDefault"
	Settings KakaoFeed `json:"settings"`
}

// KakaoFeed is the feed template. The SDK checks types strictly: sizes are numbers, and what is
// empty is left out. (Kakao Developers, Message templates)
type KakaoFeed struct {
	ObjectType string        `json:"objectType"` // "feed"
	Content    KakaoContent  `json:"content"`
	Buttons    []KakaoButton `json:"buttons"`
	// ServerCallbackArgs come back in Kakao's callback when the message was sent; without them
	// it sends none. (Kakao Developers, KakaoTalk Share, Webhook)
	ServerCallbackArgs map[string]string `json:"serverCallbackArgs,omitempty"`
}

// KakaoCodeArg is the callback's argument that holds a story's short code.
const KakaoCodeArg = "code"

// KakaoContent is the message's picture and words.
type KakaoContent struct {
	Title       string    `json:"title"`
	Description string    `json:"description,omitempty"`
	ImageURL    string    `json:"imageUrl,omitempty"`
	ImageWidth  int       `json:"imageWidth,omitempty"`
	ImageHeight int       `json:"imageHeight,omitempty"`
	Link        KakaoLink `json:"link"`
}

// KakaoLink is where a tap leads, on a computer and on a phone.
type KakaoLink struct {
	WebURL       string `json:"webUrl"`
	MobileWebURL string `json:"mobileWebUrl"`
}

// KakaoButton is a button under the message.
type KakaoButton struct {
	Title string    `json:"title"`
	Link  KakaoLink `json:"link"`
}

// Limits of the feed: what KakaoTalk shows, with room to spare, and what the SDK takes in all.
const (
	maxKakaoTitle       = 200
	maxKakaoDescription = 400
	maxKakaoJSON        = 10_000
)

// kakao is this service's page that opens Kakao's share sheet; no plain address does.
func kakao(c Config, p Post) string {
	if p.Code != "" {
		return c.BaseURL + "/kakao/" + p.Code
	}
	return query(c.BaseURL+"/kakao", "url", p.URL, "title", cutGraphemes(p.Title, maxKakaoTitle), "text", cutGraphemes(p.Text, maxKakaoDescription), "image", p.Image)
}

func kakaoCall(c Config, p Post) KakaoCall {
	link := KakaoLink{p.URL, p.URL}
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
	raw, _ := json.Marshal(f) // strings and numbers alone: never fails
	return len([]rune(string(raw)))
}
