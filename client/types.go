package client

import (
	"encoding/json"
	"time"
)

// Article is a story as a CMS registers it. Text is plain text: HTML in it is decoded once by the service,
// with a warning. URL and Headline are required.
type Article struct {
	URL          string    `json:"url"`
	Headline     string    `json:"headline"`
	Kicker       string    `json:"kicker,omitempty"`
	Badge        string    `json:"badge,omitempty"`
	Byline       string    `json:"byline,omitempty"`
	Description  string    `json:"description,omitempty"`
	Caption      string    `json:"caption,omitempty"`
	Credit       string    `json:"credit,omitempty"`
	Site         string    `json:"site,omitempty"`
	Lang         string    `json:"lang,omitempty"` // BCP 47; chooses fonts and line breaks
	Kind         string    `json:"kind,omitempty"` // news, opinion, analysis, live or paid
	Tags         []string  `json:"tags,omitempty"`
	Photo        Photo     `json:"photo,omitzero"`
	Template     string    `json:"template,omitempty"`
	Theme        string    `json:"theme,omitempty"`
	FontStep     int       `json:"font_step,omitempty"` // on the headline's type scale, -2 to 2
	PublishedAt  time.Time `json:"published_at,omitzero"`
	UpdatedAt    time.Time `json:"updated_at,omitzero"`
	EmbargoUntil time.Time `json:"embargo_until,omitzero"` // until then readers see nothing of the story
}

// Photo is an article's photo.
type Photo struct {
	URL   string    `json:"url,omitempty"`   // absolute http or https URL, or the ID of an uploaded photo
	Alt   string    `json:"alt,omitempty"`   // describes the photo to people who cannot see it
	Focal []float64 `json:"focal,omitempty"` // x and y in fractions of the upright photo from the top left
}

// Registered is a registered article: everything that its page needs.
type Registered struct {
	ID       string      `json:"id"`
	Version  string      `json:"version"` // names the content: the same content, the same version
	URL      string      `json:"url"`     // canonical
	ShortURL string      `json:"short_url"`
	Alt      string      `json:"alt"`
	Images   Images      `json:"images"`
	MetaHTML string      `json:"meta_html"` // the tags for the page's head
	Share    []ShareLink `json:"share"`
	Warnings []Warning   `json:"warnings"`
}

// Images are an article's cards in the sizes that networks ask for.
type Images struct {
	OG      Image `json:"og"`
	Twitter Image `json:"twitter"`
	Kakao   Image `json:"kakao"`
	Square  Image `json:"square"`
}

// Image is a card's address, size in pixels, and media type.
type Image struct {
	URL    string `json:"url"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Type   string `json:"type"`
}

// Warning is something that the service stored otherwise than it came.
type Warning struct {
	Code    string `json:"code"`
	Field   string `json:"field"`
	Message string `json:"message"`
}

// ArticleList is a page of registered articles.
type ArticleList struct {
	Articles []Registered `json:"articles"`
	Next     string       `json:"next"` // cursor of the following page; empty at the end
}

// UploadedPhoto is a photo that the service stores; its ID goes into Photo.URL.
type UploadedPhoto struct {
	ID     string `json:"id"`
	Width  int    `json:"width"` // pixels of the upright photo
	Height int    `json:"height"`
	Type   string `json:"type"`
}

// ShareLinks are the links of a story, one for each target.
type ShareLinks struct {
	URL   string      `json:"url"` // canonical
	Links []ShareLink `json:"links"`
}

// ShareLink is where one share button leads.
type ShareLink struct {
	Target   string    `json:"target"`
	Label    string    `json:"label"`
	Action   string    `json:"action"` // what the button says: "Share on Facebook"
	URL      string    `json:"url"`
	ShortURL string    `json:"short_url"` // counts the share, then leads to URL; articles only
	SDK      KakaoCall `json:"sdk"`
}

// KakaoCall is a call of Kakao's JavaScript SDK, as Kakao.Share takes it; KakaoTalk alone has one.
type KakaoCall struct {
	Method   string          `json:"method"`
	Settings json.RawMessage `json:"settings"`
}

// Stats are the sums of an article.
type Stats struct {
	ID        string           `json:"id"`
	Window    string           `json:"window"`
	Clicks    int64            `json:"clicks"`
	Shares    int64            `json:"shares"`
	By        map[string]int64 `json:"by"`        // shares by target
	Confirmed map[string]int64 `json:"confirmed"` // shares that the network itself has reported
}

// Top is the stories most opened and shared.
type Top struct {
	Window  string     `json:"window"`
	Stories []TopStory `json:"stories"`
}

// TopStory is one of them.
type TopStory struct {
	Rank        int       `json:"rank"`
	ID          string    `json:"id"`
	Headline    string    `json:"headline"`
	Site        string    `json:"site"`
	URL         string    `json:"url"`
	ShortURL    string    `json:"short_url"`
	Image       string    `json:"image"`
	PublishedAt time.Time `json:"published_at"`
	Clicks      int64     `json:"clicks"`
	Shares      int64     `json:"shares"`
}
